import type { ConditionalRequest, Failed, FieldValue } from '../core/types.js';
import type { Refusal } from './types.js';

/** Describes a 412, or a 400 where the policy asks for it. */
export function refusalOf({ status, field, reason }: Failed, request: ConditionalRequest): Refusal {
  const malformed = reason === 'malformed';
  return {
    status,
    code: malformed ? 'ERR_PRECONDITION_MALFORMED' : 'ERR_PRECONDITION_FAILED',
    title: status === 400 ? 'Bad Request' : 'Precondition Failed',
    detail: malformed ? malformedDetail(field, request) : `${field} is false: ${EXPLANATIONS[reason]}`,
    field,
    reason,
  };
}

const READ_AGAIN = 'Get the resource again, apply your change to what you got, and retry with its ETag.';

const EXPLANATIONS: Record<Exclude<Failed['reason'], 'malformed'>, string> = {
  'empty-list': 'it lists no entity tag. Send the ETag of the version that you have seen.',
  absent: 'the resource has no current representation.',
  'no-etag': 'the resource has no entity tag to compare with. The server has to give it one first.',
  'weak-tag':
    'it needs a strong entity tag, and a weak one (W/"...") never matches, whatever version it stands for.',
  'no-match': `the resource was changed since the version that you have seen. ${READ_AGAIN}`,
  match: 'the resource has a version that it lists.',
  exists: 'the resource exists already.',
  modified: `the resource was modified after that date. ${READ_AGAIN}`,
  'not-modified': 'the resource was not modified after that date.',
  'weak-date': 'the date is not a strong validator.',
};

function malformedDetail(field: Failed['field'], request: ConditionalRequest): string {
  const value = field === 'If-Match' ? request.ifMatch : request.ifNoneMatch;
  return (
    `${field} is malformed. Expected "*" alone or a list of entity tags, each in double quotes, such as "v1"; ` +
    `received ${received(value)}. Send the ETag of the resource unchanged.`
  );
}

function received(value: FieldValue | undefined): string {
  const text = typeof value === 'string' ? value : (value ?? []).join(', ');
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Describes a 428: which condition to send depends on whether the resource exists. */
export function requiredRefusal(exists: boolean, method: string): Refusal {
  return {
    status: 428,
    code: 'ERR_PRECONDITION_REQUIRED',
    title: 'Precondition Required',
    detail: `This request changes state and must be conditional. ${howToRequire(exists, method)}`,
    field: undefined,
    reason: 'required',
  };
}

function howToRequire(exists: boolean, method: string): string {
  if (!exists && method === 'DELETE')
    return 'The resource has no current representation that could be deleted.';
  return exists
    ? 'Get the resource and repeat the request with If-Match and the ETag you got, so that no change of others is lost.'
    : 'To create the resource, repeat the request with If-None-Match: *, so that it cannot replace one of others.';
}
