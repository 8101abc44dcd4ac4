import { falseBecause, NONE, TRUE_FOR_VERSION, TRUE_WHILE_EXISTING } from './condition.js';
import { matchEntityTagList } from './entity-tag-list.js';
import type { Condition, FalseReason, FieldValue, Validators } from './types.js';

/**
 * Evaluates If-Match: true when the current representation has one of the listed entity tags by strong comparison, or
 * when the field is `*` and a current representation exists, whether or not that has a tag.
 *
 * A field that cannot be parsed is false, not absent: the client asked for protection, so the request stops.
 *
 * @param comparison `'weak'` is the documented deviation for clients behind a proxy that weakens tags
 * @see RFC 9110, section 13.1.1
 */
export function evaluateIfMatch(
  fieldValue: FieldValue | undefined,
  current: Validators | null,
  comparison: 'strong' | 'weak' = 'strong',
): Condition {
  if (fieldValue === undefined) return NONE;
  const match = matchEntityTagList(fieldValue, current?.etag);
  if (match === 'malformed') return falseBecause('malformed');
  if (current === null) return falseBecause('absent');
  if (match === '*') return TRUE_WHILE_EXISTING;
  if (match === 'strong' || (match === 'weak' && comparison === 'weak')) return TRUE_FOR_VERSION;
  return falseBecause(reasonOf(match, current));
}

function reasonOf(match: 'empty-list' | 'no-match' | 'weak', current: Validators): FalseReason {
  if (match === 'weak') return 'weak-tag';
  return match === 'no-match' && current.etag === undefined ? 'no-etag' : match;
}
