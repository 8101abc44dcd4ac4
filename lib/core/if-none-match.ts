import { falseBecause, NONE, TRUE_FOR_VERSION, TRUE_WHILE_ABSENT } from './condition.js';
import { findInEntityTagList, matchEntityTagList } from './entity-tag-list.js';
import type { Condition, FieldValue, Validators } from './types.js';

const MATCH = falseBecause('match');

/**
 * Evaluates If-None-Match: false when the current representation has one of the listed entity tags by weak comparison,
 * or when the field is `*` and a current representation exists; true otherwise.
 *
 * A field that cannot be parsed is ignored on a read, which costs one transfer. On a write it is false: it is the lock
 * of a create-only request, and a lock that cannot be read must not be opened. (The literal text makes it true.)
 *
 * @see RFC 9110, section 13.1.2
 */
export function evaluateIfNoneMatch(
  fieldValue: FieldValue | undefined,
  current: Validators | null,
  request: 'read' | 'write',
): Condition {
  if (fieldValue === undefined) return NONE;
  const compare = request === 'read' ? findInEntityTagList : matchEntityTagList;
  const match = compare(fieldValue, current?.etag);
  if (match === 'malformed' && request === 'write') return falseBecause('malformed');
  if (current === null) return TRUE_WHILE_ABSENT;
  if (match === '*') return falseBecause('exists');
  return match === 'strong' || match === 'weak' ? MATCH : TRUE_FOR_VERSION;
}
