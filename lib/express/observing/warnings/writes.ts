import { isWeak } from '../../../core/entity-tag.js';
import { parseEntityTagList } from '../../../core/entity-tag-list.js';
import type { EntityTagList } from '../../../core/entity-tag-list.js';
import { hasLoan } from '../../lock/loan.js';
import { isSuccess } from './notice.js';
import type { Answered, Considered, Notice } from './notice.js';

/** If-Match that is false for ever, because one of the tags that it compares is weak by construction. */
export function weakTag(considered: Considered): string | undefined {
  const { kind, version, decision, settings, name } = considered;
  const listed = listedTags(considered);
  if (kind !== 'write' || listed.length === 0 || !version || settings.policy.ifMatch === 'weak')
    return undefined;
  if (version.etag !== undefined && isWeak(version.etag)) {
    return (
      `${name} came with If-Match, and its version provider returns weak tags (W/"..."). If-Match needs strong ones (RFC 9110, ` +
      'section 13.1.1), so that every such write is answered 412. Return strong(version), or the option `strong` of fromTimestamp ' +
      'and fromBody if what it promises is true.'
    );
  }
  if (decision.reason !== 'no-match' || !listed.every(isOfExpress)) return undefined;
  return (
    `${name} came with If-Match and a tag that Express has made of a reply or a file. Such tags are weak and are not those of ` +
    'the version provider, so that every such write is answered 412. Mount the middleware on the reads of the resource, too: ' +
    'it sends the tags that If-Match needs.'
  );
}

/** Size and hash of a body, or size and time of a file, as the packages `etag` and `send` write them. */
function isOfExpress(tag: string): boolean {
  return /^W\/"[\da-f]+-(?:[\da-f]+|[A-Za-z\d+/]{27})"$/.test(tag);
}

function listedTags({ request: { ifMatch } }: Considered): Exclude<EntityTagList, '*'> {
  const list = (ifMatch !== undefined && parseEntityTagList(ifMatch)) || '*';
  return list === '*' ? [] : list;
}

/** A conditional write that succeeded, of whose condition nobody has made use. */
export function guardUnused(answered: Answered): string | undefined {
  const { kind, exchange, decision, precondition, settings, name } = answered;
  if (kind !== 'write' || !isSuccess(answered) || decision.outcome !== 'perform') return undefined;
  if (decision.guard === 'none' || precondition.guardIsUsed) return undefined;
  if (settings.lock !== undefined || hasLoan(exchange.req)) return undefined;
  return (
    `${name} was answered ${exchange.res.statusCode}, and its handler has not looked at req.precondition.guard, nor is there a lock. ` +
    'Somebody else may have written between the check and this write. Let the write assert the guard in the store, or use the ' +
    'option `lock`.'
  );
}

/** So many must have said nothing of the new version before it is called a habit. */
const WRITES = 3;

/**
 * Nothing ever tells the clients of PATCH the new version. Of PUT it is not said: where the content is not stored as it came, no
 * validator may be sent (RFC 9110, section 9.3.4), and nobody can see that from here.
 */
export function updatedUnused(): Notice<Answered> {
  let isUsed = false;
  let silent = 0;
  return (answered) => {
    const { kind, exchange, version, name } = answered;
    if (kind !== 'write' || !isSuccess(answered)) return undefined;
    isUsed ||= exchange.res.hasHeader('ETag') || exchange.res.hasHeader('Last-Modified');
    if (isUsed || exchange.req.method !== 'PATCH' || listedTags(answered).length === 0) return undefined;
    if (version?.etag === undefined || isWeak(version.etag)) return undefined;
    silent += 1;
    if (silent < WRITES) return undefined;
    return (
      `${name} came with If-Match ${silent} times and was never answered with the new ETag. Its clients must get the resource again ` +
      'before they can write again. Call req.precondition.updated({ etag }) with the version that was written.'
    );
  };
}
