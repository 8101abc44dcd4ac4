import type {
  ConditionalRequest,
  Decision,
  EntityTag,
  FieldValue,
  GuardKind,
  Policy,
  Validators,
} from '../../lib/core/index.js';
import { readHttpDate } from './reference-http-date.js';

/**
 * Section 13 of RFC 9110 once more, as literally and as slowly as it can be written: every step evaluates what it needs
 * from the text of the field again. It shares no code with lib/core, and names no reasons.
 */
export type Verdict =
  | { readonly status: 'perform'; readonly range: 'apply' | 'ignore'; readonly guard: GuardKind }
  | { readonly status: 304 | 400 | 412; readonly step: 1 | 2 | 3 | 4 };

/** What of a decision the reference can tell, too. */
export function verdictOf(decision: Decision): Verdict {
  if (decision.outcome === 'perform') {
    return { status: 'perform', range: decision.range, guard: decision.guard };
  }
  return { status: decision.status, step: decision.step };
}

export function referenceVerdict(
  request: ConditionalRequest,
  current: Validators | null,
  policy: Policy = {},
): Verdict {
  const { method, ifMatch, ifNoneMatch, ifModifiedSince, ifUnmodifiedSince, ifRange, range, now } = request;
  const performUnevaluated = { status: 'perform', range: 'apply', guard: 'none' } as const;
  const malformedStatus = policy.malformed ?? 412;
  const isGetOrHead = method === 'GET' || method === 'HEAD' || method === 'QUERY';
  const guards: GuardKind[] = ['none'];

  // "A server MUST ignore the conditional request header fields […] when received with a request method that does not
  // involve the selection or modification of a selected representation, such as CONNECT, OPTIONS, or TRACE." (13.2.1)
  if (['CONNECT', 'OPTIONS', 'TRACE'].includes(method)) return performUnevaluated;
  if (method === 'QUERY' && !policy.query) return performUnevaluated; // Pick 6

  // "A server MUST ignore all received preconditions if its response to the same request without those conditions,
  // prior to processing the request content, would have been a status code other than a 2xx (Successful) or 412." (13.2.1)
  if (isGetOrHead && current === null) {
    // "Ignore the Range header field" where If-Range is false (13.1.5): what may be served all the same is not what it names.
    const isOfOther = method !== 'HEAD' && range !== undefined && ifRange !== undefined;
    return isOfOther ? { ...performUnevaluated, range: 'ignore' } : performUnevaluated;
  }
  if (ifMatch !== undefined && current === null && policy.onMissing === 'perform') {
    return { ...performUnevaluated, guard: 'never' }; // Pick 1
  }

  // 1. When recipient is the origin server and If-Match is present, evaluate the If-Match precondition:
  //    if true, continue to step 3; if false, respond 412.
  if (ifMatch !== undefined) {
    const list = readList(ifMatch);
    if (list === 'malformed') return { status: malformedStatus, step: 1 };
    if (!ifMatchIsTrue(list, current, policy)) return { status: 412, step: 1 };
    guards.push(list === '*' ? 'exists' : 'version');
  }

  // 2. When recipient is the origin server, If-Match is not present, and If-Unmodified-Since is present, evaluate it:
  //    if true, continue to step 3; if false, respond 412.
  if (ifMatch === undefined && ifUnmodifiedSince !== undefined) {
    const date = readDateField(ifUnmodifiedSince, now);
    const lastModified = secondsOf(current?.lastModified);
    if (date !== undefined && lastModified !== undefined) {
      if (lastModified > date) return { status: 412, step: 2 };
      guards.push('version');
    }
  }

  // 3. When If-None-Match is present, evaluate the If-None-Match precondition: if true, continue to step 5; if false for
  //    GET/HEAD, respond 304; if false for other methods, respond 412.
  if (ifNoneMatch !== undefined) {
    const list = readList(ifNoneMatch);
    if (list === 'malformed' && !isGetOrHead) return { status: malformedStatus, step: 3 }; // Pick 5
    if (list !== 'malformed' && !ifNoneMatchIsTrue(list, current)) {
      return { status: isGetOrHead ? 304 : 412, step: 3 };
    }
    guards.push(current === null ? 'absent' : 'version');
  }

  // 4. When the method is GET or HEAD, If-None-Match is not present, and If-Modified-Since is present, evaluate it:
  //    if true, continue to step 5; if false, respond 304.
  if (isGetOrHead && ifNoneMatch === undefined && ifModifiedSince !== undefined) {
    const date = readDateField(ifModifiedSince, now);
    const lastModified = secondsOf(current?.lastModified);
    if (date !== undefined && lastModified !== undefined && lastModified <= date)
      return { status: 304, step: 4 };
  }

  // 5. When the method is GET and both Range and If-Range are present, evaluate the If-Range precondition: if true and
  //    the Range is applicable, respond 206; otherwise, ignore the Range header field and respond 200.
  const guard = narrowest(guards);
  if (isGetOrHead && method !== 'HEAD' && range !== undefined && ifRange !== undefined && current !== null) {
    return { status: 'perform', range: ifRangeIsTrue(ifRange, current, now) ? 'apply' : 'ignore', guard };
  }

  // 6. Otherwise, perform the requested method.
  return { status: 'perform', range: 'apply', guard };
}

/** "If the field value is "*" […]. If the field value is a list of entity tags […]. Otherwise, the condition is false." */
function ifMatchIsTrue(
  list: readonly EntityTag[] | '*',
  current: Validators | null,
  policy: Policy,
): boolean {
  if (list === '*') return current !== null;
  const etag = current?.etag;
  if (etag === undefined) return false;
  return list.some(
    (tag) => opaque(tag) === opaque(etag) && (policy.ifMatch === 'weak' || (!weak(tag) && !weak(etag))),
  );
}

/** "If the field value is "*", the condition is false if the origin server has a current representation." */
function ifNoneMatchIsTrue(list: readonly EntityTag[] | '*', current: Validators | null): boolean {
  if (list === '*') return current === null;
  const etag = current?.etag;
  return etag === undefined || !list.some((tag) => opaque(tag) === opaque(etag));
}

/** Section 13.1.5: the exact tag, strongly, or the exact date, when that is a strong validator (Picks 10 and 11). */
function ifRangeIsTrue(fieldValue: FieldValue, current: Validators, now: number): boolean {
  const list = readList(fieldValue);
  const isOneLine = typeof fieldValue === 'string' || fieldValue.length === 1;
  if (isOneLine && list !== '*' && list !== 'malformed' && list.length === 1) {
    // An If-Range is no list, so that it must not have the commas of one.
    const isTagAlone = trimmed(fieldValue) === list[0];
    return isTagAlone && !weak(list[0]) && list[0] === current.etag;
  }
  const date = readDateField(fieldValue, now);
  if (date === undefined || date !== secondsOf(current.lastModified)) return false;
  return !current.lastModifiedIsWeak && Math.floor(now / 1000) > date / 1000;
}

/** A write is safe when it asserts all that was true, and the narrowest assertion holds the others. */
function narrowest(guards: readonly GuardKind[]): GuardKind {
  return (['absent', 'version', 'exists', 'none'] as const).find((kind) => guards.includes(kind)) ?? 'never';
}

const TAG = String.raw`(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"`;

/** #entity-tag => [ entity-tag ] *( OWS "," OWS [ entity-tag ] )       (5.6.1.2) */
const LIST = new RegExp(`^(?:${TAG})?(?:[ \t]*,[ \t]*(?:${TAG})?)*$`);

/** If-Match = "*" / #entity-tag. Its time grows exponentially with the length: for short fields only. */
export function readList(fieldValue: FieldValue): readonly EntityTag[] | '*' | 'malformed' {
  const value = trimmed(fieldValue);
  if (value === '*') return '*';
  if (!LIST.test(value)) return 'malformed';
  return [...value.matchAll(new RegExp(TAG, 'g'))].map(([tag]) => tag as EntityTag);
}

/** The lines as one, without the optional white space around it (5.2 and 5.5). */
function trimmed(fieldValue: FieldValue): string {
  const lines = typeof fieldValue === 'string' ? [fieldValue] : fieldValue;
  return lines
    .join(', ')
    .replace(/^[ \t]+/, '')
    .replace(/[ \t]+$/, '');
}

function weak(tag: string | undefined): boolean {
  return tag?.startsWith('W') ?? false;
}

function opaque(tag: string): string {
  return tag.replace(/^W\//, '');
}

function readDateField(fieldValue: FieldValue, now: number): number | undefined {
  const isOneLine = typeof fieldValue === 'string' || fieldValue.length === 1;
  return isOneLine ? readHttpDate(trimmed(fieldValue), now) : undefined;
}

function secondsOf(date: Date | undefined): number | undefined {
  if (date === undefined) return undefined;
  const copy = new Date(date);
  return copy.setUTCMilliseconds(0);
}
