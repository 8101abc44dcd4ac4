import { falseBecause, NONE, TRUE_FOR_VERSION } from './condition.js';
import { wholeSeconds } from './http-date.js';
import { dateValue } from './field-value.js';
import type { Condition, FieldValue, Validators } from './types.js';

/**
 * Evaluates If-Modified-Since: false when the representation was last modified at or before the date. A date in the
 * future is a date like any other. Ignored when it is not one HTTP-date or no modification date is known.
 *
 * That it counts only for GET and HEAD, and only without If-None-Match, is for the caller to see to.
 *
 * @see RFC 9110, section 13.1.3
 */
export function evaluateIfModifiedSince(
  fieldValue: FieldValue | undefined,
  current: Validators | null,
  now: number,
): Condition {
  if (fieldValue === undefined || current?.lastModified === undefined) return NONE;
  const since = dateValue(fieldValue, now);
  if (since === undefined) return NONE;
  return wholeSeconds(current.lastModified) <= since ? falseBecause('not-modified') : TRUE_FOR_VERSION;
}
