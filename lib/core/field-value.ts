import { parseHttpDate } from './http-date.js';
import type { FieldValue } from './types.js';
import { trimWhitespace } from './whitespace.js';

/**
 * The value of a field whose grammar allows no list, without surrounding white space; `undefined` when the field was
 * repeated, even with equal lines (RFC 9110, sections 5.3 and 5.5).
 */
export function singletonValue(fieldValue: FieldValue): string | undefined {
  const line =
    typeof fieldValue === 'string' ? fieldValue : fieldValue.length === 1 ? fieldValue[0] : undefined;
  return line === undefined ? undefined : trimWhitespace(line);
}

/** The date of a field that holds one HTTP-date, in milliseconds since the epoch; `undefined` when it holds none. */
export function dateValue(fieldValue: FieldValue, now: number): number | undefined {
  const text = singletonValue(fieldValue);
  return text === undefined ? undefined : parseHttpDate(text, now);
}
