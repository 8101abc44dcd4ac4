import { falseBecause, NONE, TRUE_FOR_VERSION } from './condition.js';
import type { EntityTag } from './entity-tag.js';
import { parseEntityTag, strongMatch, weakMatch } from './entity-tag.js';
import { singletonValue } from './field-value.js';
import { parseHttpDate, wholeSeconds } from './http-date.js';
import type { Condition, FieldValue, Validators } from './types.js';

/**
 * Evaluates If-Range: true when its one entity tag is the current one by strong comparison, or when its one date is
 * exactly the current modification date and that is a strong validator. False means that Range is ignored.
 *
 *     If-Range = entity-tag / HTTP-date
 *
 * That it counts only beside Range, and only for GET, is for the caller to see to.
 *
 * @see RFC 9110, section 13.1.5
 */
export function evaluateIfRange(
  fieldValue: FieldValue | undefined,
  current: Validators | null,
  now: number,
): Condition {
  if (fieldValue === undefined || current === null) return NONE;
  const text = singletonValue(fieldValue);
  if (text === undefined) return falseBecause('malformed');
  return text.slice(0, 3).includes('"') ? evaluateTag(text, current.etag) : evaluateDate(text, current, now);
}

function evaluateTag(text: string, etag: EntityTag | undefined): Condition {
  const tag = parseEntityTag(text);
  if (tag === undefined) return falseBecause('malformed');
  if (etag === undefined) return falseBecause('no-etag');
  if (strongMatch(tag, etag)) return TRUE_FOR_VERSION;
  return falseBecause(weakMatch(tag, etag) ? 'weak-tag' : 'no-match');
}

function evaluateDate(text: string, current: Validators, now: number): Condition {
  const date = parseHttpDate(text, now);
  if (date === undefined) return falseBecause('malformed');
  const { lastModified } = current;
  if (lastModified === undefined || wholeSeconds(lastModified) !== date) return falseBecause('modified');
  return isStrongDate(date, current, now) ? TRUE_FOR_VERSION : falseBecause('weak-date');
}

/** Within its own second a modification date may still come to stand for two representations (section 8.8.2.2). */
function isStrongDate(lastModified: number, current: Validators, now: number): boolean {
  return current.lastModifiedIsWeak !== true && lastModified + 1000 <= now;
}
