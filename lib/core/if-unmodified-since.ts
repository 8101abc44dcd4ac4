import { dateValue } from './field-value.js';
import { falseBecause, NONE, TRUE_FOR_VERSION } from './condition.js';
import { wholeSeconds } from './http-date.js';
import type { Condition, FieldValue, Validators } from './types.js';

/**
 * Evaluates If-Unmodified-Since: true when the representation was last modified at or before the date. Ignored, as the
 * text demands, when it is not one HTTP-date or no modification date is known: only `required` closes that hole.
 *
 * That it counts only without If-Match is for the caller to see to.
 *
 * @see RFC 9110, section 13.1.4
 */
export function evaluateIfUnmodifiedSince(
  fieldValue: FieldValue | undefined,
  current: Validators | null,
  now: number,
): Condition {
  if (fieldValue === undefined || current?.lastModified === undefined) return NONE;
  const since = dateValue(fieldValue, now);
  if (since === undefined) return NONE;
  return wholeSeconds(current.lastModified) <= since ? TRUE_FOR_VERSION : falseBecause('modified');
}
