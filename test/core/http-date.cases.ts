/** One text, what moment it is (`undefined`: it is no HTTP-date), and when it is read, where that matters. */
export interface HttpDateCase {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** In the one format that Date reads the same way everywhere. */
  readonly expected: string | undefined;
  readonly now?: string;
}

const READ_AT = '2026-11-22T01:02:03Z';

/** What the parser makes of a row, in the same format. */
export function outcomeOf(
  row: HttpDateCase,
  parse: (text: string, now: number) => number | undefined,
): string | undefined {
  const time = parse(row.text, Date.parse(row.now ?? READ_AT));
  return time === undefined ? undefined : new Date(time).toISOString().replace('.000Z', 'Z');
}

const FORMS: readonly HttpDateCase[] = [
  {
    id: 'R-5.6.7-a',
    title: 'IMF-fixdate',
    text: 'Sun, 06 Nov 1994 08:49:37 GMT',
    expected: '1994-11-06T08:49:37Z',
  },
  {
    id: 'R-5.6.7-a',
    title: 'rfc850',
    text: 'Sunday, 06-Nov-94 08:49:37 GMT',
    expected: '1994-11-06T08:49:37Z',
  },
  { id: 'R-5.6.7-a', title: 'asctime', text: 'Sun Nov  6 08:49:37 1994', expected: '1994-11-06T08:49:37Z' },
  {
    id: 'R-5.6.7-d',
    title: 'asctime with a leading zero',
    text: 'Sun Nov 06 08:49:37 1994',
    expected: '1994-11-06T08:49:37Z',
  },
  {
    id: 'R-5.6.7-d',
    title: 'asctime with a day of two digits',
    text: 'Tue Nov 15 12:45:26 1994',
    expected: '1994-11-15T12:45:26Z',
  },
  {
    id: 'R-5.6.7-h',
    title: 'asctime in an hour that summer time skips in New York',
    text: 'Sun Apr  3 02:30:00 1994',
    expected: '1994-04-03T02:30:00Z',
  },
  {
    id: 'R-5.6.7-h',
    title: 'asctime in an hour that comes twice in New York',
    text: 'Sun Oct 30 01:30:00 1994',
    expected: '1994-10-30T01:30:00Z',
  },
  {
    id: 'R-5.6.7-h',
    title: 'asctime on the day that Apia skipped',
    text: 'Fri Dec 30 12:00:00 2011',
    expected: '2011-12-30T12:00:00Z',
  },
  {
    id: 'R-5.6.7-m',
    title: 'Pick 7: a weekday that contradicts the date',
    text: 'Mon, 06 Nov 1994 08:49:37 GMT',
    expected: '1994-11-06T08:49:37Z',
  },
  {
    id: 'R-5.6.7-m',
    title: 'Pick 7: a long weekday that contradicts the date',
    text: 'Monday, 06-Nov-94 08:49:37 GMT',
    expected: '1994-11-06T08:49:37Z',
  },
  {
    id: 'R-5.6.7-m',
    title: 'Pick 7: an asctime weekday that contradicts the date',
    text: 'Mon Nov  6 08:49:37 1994',
    expected: '1994-11-06T08:49:37Z',
  },
];

const LIMITS: readonly HttpDateCase[] = [
  {
    id: 'R-5.6.7-m',
    title: 'the first second of a day',
    text: 'Tue, 15 Nov 1994 00:00:00 GMT',
    expected: '1994-11-15T00:00:00Z',
  },
  {
    id: 'R-5.6.7-m',
    title: 'the last second of a day',
    text: 'Tue, 15 Nov 1994 23:59:59 GMT',
    expected: '1994-11-15T23:59:59Z',
  },
  { id: 'R-5.6.7-m', title: 'hour 24', text: 'Tue, 15 Nov 1994 24:00:00 GMT', expected: undefined },
  { id: 'R-5.6.7-m', title: 'minute 60', text: 'Tue, 15 Nov 1994 23:60:00 GMT', expected: undefined },
  {
    id: 'R-5.6.7-j',
    title: 'second 60 is the last one of its minute',
    text: 'Sat, 31 Dec 2016 23:59:60 GMT',
    expected: '2016-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-j',
    title: 'second 60 in rfc850',
    text: 'Saturday, 31-Dec-16 23:59:60 GMT',
    expected: '2016-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-j',
    title: 'second 60 in asctime',
    text: 'Sat Dec 31 23:59:60 2016',
    expected: '2016-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-j',
    title: 'second 60 at any minute',
    text: 'Tue, 15 Nov 1994 12:45:60 GMT',
    expected: '1994-11-15T12:45:59Z',
  },
  { id: 'R-5.6.7-j', title: 'second 61', text: 'Sat, 31 Dec 2016 23:59:61 GMT', expected: undefined },
  { id: 'R-5.6.7-m', title: 'day 00', text: 'Tue, 00 Nov 1994 12:45:26 GMT', expected: undefined },
  { id: 'R-5.6.7-m', title: 'day 00 in asctime', text: 'Tue Nov  0 12:45:26 1994', expected: undefined },
  { id: 'R-5.6.7-m', title: '31 November', text: 'Thu, 31 Nov 1994 12:45:26 GMT', expected: undefined },
  {
    id: 'R-5.6.7-m',
    title: '31 November in rfc850',
    text: 'Thursday, 31-Nov-94 12:45:26 GMT',
    expected: undefined,
  },
  { id: 'R-5.6.7-m', title: '31 November in asctime', text: 'Thu Nov 31 12:45:26 1994', expected: undefined },
  {
    id: 'R-5.6.7-m',
    title: '29 February in a leap year',
    text: 'Thu, 29 Feb 2024 00:00:00 GMT',
    expected: '2024-02-29T00:00:00Z',
  },
  {
    id: 'R-5.6.7-m',
    title: '29 February in a common year',
    text: 'Wed, 29 Feb 2023 00:00:00 GMT',
    expected: undefined,
  },
  {
    id: 'R-5.6.7-m',
    title: '29 February 1900, a common year',
    text: 'Thu, 29 Feb 1900 00:00:00 GMT',
    expected: undefined,
  },
  {
    id: 'R-5.6.7-m',
    title: '29 February 2000, a leap year',
    text: 'Tue, 29 Feb 2000 00:00:00 GMT',
    expected: '2000-02-29T00:00:00Z',
  },
  {
    id: 'R-5.6.7-m',
    title: '28 February in a common year',
    text: 'Tue, 28 Feb 2023 00:00:00 GMT',
    expected: '2023-02-28T00:00:00Z',
  },
  { id: 'R-5.6.7-m', title: '30 February', text: 'Fri, 30 Feb 2024 00:00:00 GMT', expected: undefined },
  {
    id: 'R-5.6.7-m',
    title: '29 January in a common year',
    text: 'Sun, 29 Jan 2023 00:00:00 GMT',
    expected: '2023-01-29T00:00:00Z',
  },
  {
    id: 'R-5.6.7-b',
    title: 'year 0000',
    text: 'Sat, 01 Jan 0000 00:00:00 GMT',
    expected: '0000-01-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-b',
    title: '29 February 0000, a leap year',
    text: 'Tue, 29 Feb 0000 00:00:00 GMT',
    expected: '0000-02-29T00:00:00Z',
  },
  {
    id: 'R-5.6.7-b',
    title: 'year 0049, which is not 2049',
    text: 'Fri, 01 Jan 0049 00:00:00 GMT',
    expected: '0049-01-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-b',
    title: 'year 0099, which is not 1999',
    text: 'Thu, 31 Dec 0099 23:59:59 GMT',
    expected: '0099-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-d',
    title: 'year 0050 in asctime',
    text: 'Sat Jan  1 00:00:00 0050',
    expected: '0050-01-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-b',
    title: 'year 0100, a common year',
    text: 'Mon, 29 Feb 0100 00:00:00 GMT',
    expected: undefined,
  },
  {
    id: 'R-5.6.7-b',
    title: 'year 9999',
    text: 'Fri, 31 Dec 9999 23:59:59 GMT',
    expected: '9999-12-31T23:59:59Z',
  },
];

/** R-5.6.7-i: two digits mean the current century, unless that is more than fifty years ahead. */
const TWO_DIGIT_YEARS: readonly HttpDateCase[] = [
  {
    id: 'R-5.6.7-i',
    title: '60 in 2026',
    text: 'Sunday, 01-Aug-60 00:00:00 GMT',
    expected: '2060-08-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '94 in 2026',
    text: 'Tuesday, 15-Nov-94 12:45:26 GMT',
    expected: '1994-11-15T12:45:26Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '00 in 2026',
    text: 'Saturday, 01-Jan-00 00:00:00 GMT',
    expected: '2000-01-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '99 in 2026',
    text: 'Friday, 31-Dec-99 23:59:59 GMT',
    expected: '1999-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '26 in 2026, later that year',
    text: 'Thursday, 31-Dec-26 23:59:59 GMT',
    expected: '2026-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-i',
    title: 'exactly fifty years ahead',
    text: 'Sunday, 22-Nov-76 01:02:03 GMT',
    expected: '2076-11-22T01:02:03Z',
  },
  {
    id: 'R-5.6.7-i',
    title: 'a second more than fifty years ahead',
    text: 'Monday, 22-Nov-76 01:02:04 GMT',
    expected: '1976-11-22T01:02:04Z',
  },
  {
    id: 'R-5.6.7-i',
    title: 'half an hour more than fifty years ahead, though summer time has begun only in one of the years',
    text: 'Saturday, 09-Mar-75 12:30:00 GMT',
    now: '2025-03-09T12:00:00Z',
    expected: '1975-03-09T12:30:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '60 in 2005',
    text: 'Monday, 01-Aug-60 00:00:00 GMT',
    now: '2005-01-01T00:00:00Z',
    expected: '1960-08-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '94 in 1994',
    text: 'Tuesday, 15-Nov-94 12:45:26 GMT',
    now: '1994-11-15T12:45:26Z',
    expected: '1994-11-15T12:45:26Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '94 in 2044, fifty years ahead',
    text: 'Monday, 15-Nov-94 12:45:26 GMT',
    now: '2044-11-15T12:45:26Z',
    expected: '2094-11-15T12:45:26Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '94 in 2044, a second earlier',
    text: 'Tuesday, 15-Nov-94 12:45:26 GMT',
    now: '2044-11-15T12:45:25Z',
    expected: '1994-11-15T12:45:26Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '00 in 2100',
    text: 'Friday, 01-Jan-00 00:00:00 GMT',
    now: '2100-01-01T00:00:00Z',
    expected: '2100-01-01T00:00:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '99 in 2100',
    text: 'Thursday, 31-Dec-99 23:59:59 GMT',
    now: '2100-01-01T00:00:00Z',
    expected: '2099-12-31T23:59:59Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '29 February 76 when 2076 is too far ahead',
    text: 'Sunday, 29-Feb-76 00:00:00 GMT',
    now: '2026-01-01T00:00:00Z',
    expected: '1976-02-29T00:00:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '29 February 00 when only 2000 had it',
    text: 'Tuesday, 29-Feb-00 00:00:00 GMT',
    now: '2126-01-01T00:00:00Z',
    expected: '2000-02-29T00:00:00Z',
  },
  {
    id: 'R-5.6.7-i',
    title: '29 February 23, which no century has',
    text: 'Wednesday, 29-Feb-23 00:00:00 GMT',
    expected: undefined,
  },
];

/** Texts that some parser or other takes for a date. */
const NO_HTTP_DATES: readonly HttpDateCase[] = [
  { id: 'R-5.6.7-l', title: 'nothing', text: '' },
  { id: 'R-5.6.7-l', title: 'ISO 8601', text: '1994-11-15T12:45:26Z' },
  { id: 'R-5.6.7-l', title: 'a date alone', text: '1994-11-15' },
  { id: 'R-5.6.7-l', title: 'a number', text: '0' },
  { id: 'R-5.6.7-b', title: 'fixdate without weekday', text: '15 Nov 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a long weekday', text: 'Tuesday, 15 Nov 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with an unknown weekday', text: 'Tux, 15 Nov 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with an unknown month', text: 'Tue, 15 Nox 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a long month', text: 'Tue, 15 November 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a day of one digit', text: 'Tue, 6 Nov 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a day of space and digit', text: 'Sun,  6 Nov 1994 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a year of two digits', text: 'Tue, 15 Nov 94 12:45:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a year of five digits', text: 'Tue, 15 Nov 11994 12:45:26 GMT' },
  {
    id: 'R-5.6.7-b',
    title: 'fixdate with a year of six digits and a sign',
    text: 'Tue, 15 Nov -00001 12:45:26 GMT',
  },
  { id: 'R-5.6.7-b', title: 'fixdate without seconds', text: 'Tue, 15 Nov 1994 12:45 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a fraction', text: 'Tue, 15 Nov 1994 12:45:26.5 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with a minute of one digit', text: 'Tue, 15 Nov 1994 12:5:26 GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate without the space before GMT', text: 'Tue, 15 Nov 1994 12:45:26GMT' },
  { id: 'R-5.6.7-b', title: 'fixdate with hyphens', text: 'Tue, 15-Nov-1994 12:45:26 GMT' },
  { id: 'R-5.6.7-c', title: 'rfc850 with a short weekday', text: 'Tue, 15-Nov-94 12:45:26 GMT' },
  { id: 'R-5.6.7-c', title: 'rfc850 with spaces', text: 'Tuesday, 15 Nov 94 12:45:26 GMT' },
  { id: 'R-5.6.7-c', title: 'rfc850 without comma', text: 'Tuesday 15-Nov-94 12:45:26 GMT' },
  { id: 'R-5.6.7-d', title: 'asctime with one character for the day', text: 'Sun Nov 6 08:49:37 1994' },
  { id: 'R-5.6.7-d', title: 'asctime with a zone', text: 'Tue Nov 15 12:45:26 1994 GMT' },
  { id: 'R-5.6.7-d', title: 'asctime with a comma', text: 'Tue, Nov 15 12:45:26 1994' },
  { id: 'R-5.6.7-d', title: 'asctime with a year of two digits', text: 'Tue Nov 15 12:45:26 94' },
  { id: 'R-5.6.7-f', title: 'lower case', text: 'tue, 15 nov 1994 12:45:26 gmt' },
  { id: 'R-5.6.7-f', title: 'GMT in lower case', text: 'Tue, 15 Nov 1994 12:45:26 gmt' },
  { id: 'R-5.6.7-f', title: 'asctime in upper case', text: 'TUE NOV 15 12:45:26 1994' },
  { id: 'R-5.6.7-g', title: 'another zone', text: 'Tue, 15 Nov 1994 12:45:26 EST' },
  { id: 'R-5.6.7-g', title: 'UTC', text: 'Tue, 15 Nov 1994 12:45:26 UTC' },
  { id: 'R-5.6.7-g', title: 'a numeric zone', text: 'Tue, 15 Nov 1994 12:45:26 +0000' },
  { id: 'R-5.6.7-g', title: 'a numeric zone after GMT', text: 'Tue, 15 Nov 1994 12:45:26 GMT+1' },
  { id: 'R-5.6.7-g', title: 'no zone', text: 'Tue, 15 Nov 1994 12:45:26' },
  {
    id: 'R-13.1.4-b',
    title: 'two dates',
    text: 'Tue, 15 Nov 1994 12:45:26 GMT, Tue, 15 Nov 1994 12:45:26 GMT',
  },
  ...['Tue, 15 Nov 1994 12:45:26 GMT', 'Tuesday, 15-Nov-94 12:45:26 GMT', 'Tue Nov 15 12:45:26 1994'].flatMap(
    (text) => [
      { id: 'R-5.6.7-k', title: `a space before ${text}`, text: ` ${text}` },
      { id: 'R-5.6.7-k', title: `a space after ${text}`, text: `${text} ` },
      { id: 'R-5.6.7-k', title: `a line break after ${text}`, text: `${text}\n` },
      { id: 'R-5.6.7-k', title: `a letter before ${text}`, text: `x${text}` },
    ],
  ),
].map((row) => ({ ...row, expected: undefined }));

export const HTTP_DATE_CASES: readonly HttpDateCase[] = [
  ...FORMS,
  ...LIMITS,
  ...TWO_DIGIT_YEARS,
  ...NO_HTTP_DATES,
];
