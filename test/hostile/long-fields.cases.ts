import type { FalseReason } from '../../lib/core/index.js';
import { T } from '../core/fixtures.js';

/** A field that makes a careless parser look at the same characters again and again. */
export interface LongField {
  readonly what: string;
  /** Repeated until the field is long enough. */
  readonly unit: string;
  readonly start?: string;
  readonly end?: string;
  /** What If-Match makes of it where the current tag is `"current"`; `undefined` when it is true. */
  readonly ifMatch: Extract<FalseReason, 'malformed' | 'empty-list' | 'no-match' | 'weak-tag'> | undefined;
  /** Whether it is a date once the white space around it is gone. */
  readonly isDate?: boolean;
}

export const LONG_FIELDS: readonly LongField[] = [
  { what: 'commas', unit: ',', ifMatch: 'empty-list' },
  { what: 'spaces', unit: ' ', ifMatch: 'empty-list' },
  { what: 'tabs', unit: '\t', ifMatch: 'empty-list' },
  { what: 'commas and spaces', unit: ', ', ifMatch: 'empty-list' },
  { what: 'tabs and commas', unit: '\t,', ifMatch: 'empty-list' },
  { what: 'quotes', unit: '"', ifMatch: 'malformed' },
  { what: 'backslashes', unit: '\\', ifMatch: 'malformed' },
  { what: 'quoted backslashes', unit: '\\', start: '"', end: '"', ifMatch: 'no-match' },
  { what: 'octets FF', unit: '\xff', ifMatch: 'malformed' },
  { what: 'quoted octets FF', unit: '\xff', start: '"', end: '"', ifMatch: 'no-match' },
  { what: 'asterisks', unit: '*', ifMatch: 'malformed' },
  { what: 'asterisks and commas', unit: '*,', ifMatch: 'malformed' },
  { what: 'tags', unit: '"a",', ifMatch: 'no-match' },
  { what: 'more than 5000 empty tags', unit: '"",', ifMatch: 'no-match' },
  { what: 'weak tags', unit: 'W/"a",', ifMatch: 'no-match' },
  { what: 'weak tags that match weakly', unit: 'W/"current", ', ifMatch: 'weak-tag' },
  { what: 'tags that begin like the current one', unit: '"curren",', ifMatch: 'no-match' },
  { what: 'weakness marks', unit: 'W/', ifMatch: 'malformed' },
  { what: 'weakness marks and quotes', unit: 'W/"', ifMatch: 'malformed' },
  { what: 'an unterminated tag', unit: 'a', start: '"', ifMatch: 'malformed' },
  { what: 'an unterminated tag of commas', unit: ',', start: '"', ifMatch: 'malformed' },
  { what: 'an unterminated tag after many good ones', unit: '"a",', end: '"', ifMatch: 'malformed' },
  { what: 'quotes and commas in turn', unit: '",', ifMatch: 'no-match' },
  { what: 'quotes and spaces in turn', unit: '" ', ifMatch: 'malformed' },
  { what: 'empty tags without commas', unit: '""', ifMatch: 'malformed' },
  { what: 'spaces between two tags', unit: ' ', start: '"a"', end: '"b"', ifMatch: 'malformed' },
  { what: 'spaces between a tag and a comma', unit: ' ', start: '"a"', end: ',', ifMatch: 'no-match' },
  { what: 'spaces before a wildcard', unit: ' ', end: '*', ifMatch: undefined },
  { what: 'spaces after a wildcard', unit: ' ', start: '*', end: 'x', ifMatch: 'malformed' },
  { what: 'digits', unit: '0', ifMatch: 'malformed' },
  { what: 'days', unit: 'Mon, ', ifMatch: 'malformed' },
  { what: 'beginnings of a date', unit: T.slice(0, 12), ifMatch: 'malformed' },
  { what: 'dates', unit: `${T}, `, ifMatch: 'malformed' },
  { what: 'spaces before a date', unit: ' ', end: T, ifMatch: 'malformed', isDate: true },
  { what: 'spaces after a date', unit: ' ', start: T, ifMatch: 'malformed', isDate: true },
  { what: 'spaces within a date', unit: ' ', start: T.slice(0, 4), end: T.slice(4), ifMatch: 'malformed' },
];

/** A field of about this many octets. */
export function longText(
  { unit, start = '', end = '' }: Pick<LongField, 'unit' | 'start' | 'end'>,
  length: number,
): string {
  return start + unit.repeat(Math.ceil(length / unit.length)) + end;
}
