import { falseBecause, NONE, TRUE_FOR_VERSION, TRUE_WHILE_EXISTING } from './condition.js';
import type { EntityTag } from './entity-tag.js';
import { strongMatch, weakMatch } from './entity-tag.js';
import { parseEntityTagList } from './entity-tag-list.js';
import type { Condition, FieldValue, Validators } from './types.js';

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
  const listed = parseEntityTagList(fieldValue);
  if (listed === undefined) return falseBecause('malformed');
  if (current === null) return falseBecause('absent');
  if (listed === '*') return TRUE_WHILE_EXISTING;
  return evaluateTags(listed, current.etag, comparison);
}

function evaluateTags(
  listed: readonly EntityTag[],
  etag: EntityTag | undefined,
  comparison: 'strong' | 'weak',
): Condition {
  if (listed.length === 0) return falseBecause('empty-list');
  if (etag === undefined) return falseBecause('no-etag');
  const matches = comparison === 'strong' ? strongMatch : weakMatch;
  if (listed.some((tag) => matches(tag, etag))) return TRUE_FOR_VERSION;
  return falseBecause(listed.some((tag) => weakMatch(tag, etag)) ? 'weak-tag' : 'no-match');
}
