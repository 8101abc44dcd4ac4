import fresh from 'fresh';
import type { Validators } from '../../lib/core/index.js';
import { evaluate, formatHttpDate } from '../../lib/core/index.js';
import { modified, NOW, T, T_ASCTIME, T_MINUS_1, T_PLUS_1, tagged, UNTAGGED } from './fixtures.js';
import { readList } from './reference-evaluator.js';
import { readHttpDate } from './reference-http-date.js';

/** A conditional GET, as lines of its fields, and the representation that it asks for. */
export interface ConditionalGet {
  readonly ifNoneMatch?: readonly string[] | undefined;
  readonly ifModifiedSince?: readonly string[] | undefined;
  readonly cacheControl?: string | undefined;
  readonly current: Validators | null;
}

/** Whether we answer 304. The evaluator does not know Cache-Control. */
export function weSayNotModified({ ifNoneMatch, ifModifiedSince, current }: ConditionalGet): boolean {
  return (
    evaluate({ method: 'GET', now: NOW, ifNoneMatch, ifModifiedSince }, current).outcome === 'not-modified'
  );
}

/** Whether Express answers 304: `fresh` sees the fields as Node hands them over, and those that the response has. */
export function freshSaysNotModified({
  ifNoneMatch,
  ifModifiedSince,
  cacheControl,
  current,
}: ConditionalGet): boolean {
  const requestFields = {
    'if-none-match': ifNoneMatch?.join(', '),
    'if-modified-since': ifModifiedSince?.[0],
    'cache-control': cacheControl,
  };
  const lastModified = current?.lastModified === undefined ? undefined : formatHttpDate(current.lastModified);
  return fresh(requestFields, { etag: current?.etag, 'last-modified': lastModified });
}

export interface Difference {
  readonly name: string;
  readonly reason: string;
  /** Whether a request is one on which the two may differ for this reason. */
  readonly recognises: (get: ConditionalGet) => boolean;
  /** Requests on which they do, and who alone says 304. */
  readonly examples: ReadonlyArray<ConditionalGet & { readonly says304: 'we' | 'fresh' }>;
}

/** In what `fresh` 2.0.0 differs, and why we do not follow it. */
export const DIFFERENCES: readonly Difference[] = [
  {
    name: 'Cache-Control: no-cache',
    reason:
      'R-13.1.2-h, R-9111-5.2.1-a: it asks caches to validate, and a 304 of the origin is that validation',
    recognises: ({ cacheControl }) =>
      cacheControl?.split(',').some((it) => it.trim() === 'no-cache') ?? false,
    examples: [
      { ifNoneMatch: ['"a"'], cacheControl: 'no-cache', current: tagged('"a"'), says304: 'we' },
      { ifModifiedSince: [T], cacheControl: 'max-age=0, no-cache', current: modified(T), says304: 'we' },
    ],
  },
  {
    name: 'an empty If-None-Match',
    reason:
      'R-5.6.1.2-c: it is present, true, and hides If-Modified-Since; an empty string only looks absent',
    recognises: ({ ifNoneMatch, ifModifiedSince }) =>
      ifNoneMatch?.join(', ') === '' && ifModifiedSince !== undefined,
    examples: [{ ifNoneMatch: [''], ifModifiedSince: [T], current: modified(T), says304: 'fresh' }],
  },
  {
    name: 'the wildcard where nothing exists',
    reason: 'R-13.2.1-c: without a current representation there is nothing that could be unmodified',
    recognises: ({ ifNoneMatch, current }) => current === null && ifNoneMatch?.join(', ') === '*',
    examples: [{ ifNoneMatch: ['*'], current: null, says304: 'fresh' }],
  },
  {
    name: 'the wildcard between white space',
    reason: 'R-5.5-a: white space around a field value is no part of it',
    recognises: ({ ifNoneMatch }) =>
      /^[ \t]*\*[ \t]*$/.test(fieldOf(ifNoneMatch)) && fieldOf(ifNoneMatch) !== '*',
    examples: [{ ifNoneMatch: [' * '], current: UNTAGGED, says304: 'we' }],
  },
  {
    name: 'a tab beside a tag',
    reason: 'R-5.6.1.2-b: a tab is white space like a space',
    recognises: ({ ifNoneMatch }) => fieldOf(ifNoneMatch).includes('\t'),
    examples: [{ ifNoneMatch: ['"a"\t, "b"'], current: tagged('"a"'), says304: 'we' }],
  },
  {
    name: 'a comma inside the tag',
    reason: 'R-8.8.3-g: a comma between quotes belongs to its tag',
    recognises: ({ ifNoneMatch, current }) =>
      ifNoneMatch !== undefined && (current?.etag?.includes(',') ?? false),
    examples: [
      { ifNoneMatch: ['"a,b"'], current: tagged('"a,b"'), says304: 'we' },
      { ifNoneMatch: ['W/"a,b"'], current: tagged('"a,b"'), says304: 'we' },
    ],
  },
  {
    name: 'a malformed member beside the matching tag',
    reason:
      'R-13.1.2-i, Pick 4: what cannot be read as a whole is not used in part, and a read costs one transfer',
    recognises: ({ ifNoneMatch }) => ifNoneMatch !== undefined && readList(ifNoneMatch) === 'malformed',
    examples: [
      { ifNoneMatch: ['"a", b'], current: tagged('"a"'), says304: 'fresh' },
      { ifNoneMatch: ['*, "a"'], current: tagged('"a"'), says304: 'fresh' },
      { ifNoneMatch: ['"a", "b c"'], current: tagged('"a"'), says304: 'fresh' },
      { ifNoneMatch: ['w/"b", W/"a"'], current: tagged('"a"'), says304: 'fresh' },
    ],
  },
  {
    name: 'If-Modified-Since on two lines',
    reason: 'R-13.1.3-c: a field that is repeated is ignored; Node shows only the first line',
    recognises: ({ ifNoneMatch, ifModifiedSince }) =>
      ifNoneMatch === undefined && (ifModifiedSince?.length ?? 0) > 1,
    examples: [{ ifModifiedSince: [T, T], current: modified(T), says304: 'fresh' }],
  },
  {
    name: 'a date that is no HTTP-date',
    reason:
      'R-13.1.3-b, R-5.6.7-l, Pick 8: what is not an HTTP-date is ignored; Date.parse reads almost anything',
    recognises: (get) => !Number.isNaN(Date.parse(dateOf(get))) && httpDateOf(get) === undefined,
    examples: [
      '1994-11-15T12:45:26Z',
      '2020-01-01',
      '2020',
      'tue, 15 nov 1994 12:45:26 gmt',
      'Tue, 15 Nov 1994 12:45:26 EST',
      'Tue, 15 Nov 1994 12:45:26 UTC',
      'Tue, 15 Nov 1994 12:45:26 +0000',
      '15 Nov 1994 12:45:26 GMT',
      'Thu, 31 Nov 1994 12:45:26 GMT',
      'Tue, 15 Nov 1994 24:00:00 GMT',
      'Tue, 15-Nov-94 12:45:26 GMT',
    ].map((date) => ({ ifModifiedSince: [date], current: modified(T), says304: 'fresh' as const })),
  },
  {
    name: 'a leap second',
    reason: 'R-5.6.7-j, Pick 9: second 60 is valid and late in its minute; Date.parse drops the seconds',
    recognises: (get) => dateOf(get).includes(':60') && httpDateOf(get) !== undefined,
    examples: [
      {
        ifModifiedSince: ['Sat, 31 Dec 2016 23:59:60 GMT'],
        current: modified('Sat, 31 Dec 2016 23:59:59 GMT'),
        says304: 'we',
      },
    ],
  },
  {
    name: 'a year of two digits between 1950 and now plus fifty years',
    reason:
      'R-5.6.7-i: it is in the past only if it would be more than fifty years ahead; Date.parse turns at 1950',
    recognises: (get) => {
      const date = httpDateOf(get);
      return /^[a-zA-Z]+day,/.test(dateOf(get)) && date !== undefined && date !== Date.parse(dateOf(get));
    },
    examples: [
      { ifModifiedSince: ['Sunday, 01-Aug-60 00:00:00 GMT'], current: modified(T_MINUS_1), says304: 'we' },
    ],
  },
  {
    name: 'a year of four digits below 100',
    reason:
      'R-5.6.7-b: four digits say which year is meant; Date.parse takes 0050 for 1950 and 0010 for 2010',
    recognises: (get) => {
      const date = httpDateOf(get);
      return (
        date !== undefined &&
        [new Date(date), get.current?.lastModified].some((it) => it && it.getUTCFullYear() < 100)
      );
    },
    examples: [
      { ifModifiedSince: ['Tue, 15 Nov 0010 12:45:26 GMT'], current: modified(T), says304: 'fresh' },
      { ifModifiedSince: [T], current: { lastModified: new Date('0010-11-15T12:45:26Z') }, says304: 'we' },
    ],
  },
  ...asctimeDifference(),
];

/** The difference of an asctime date shows wherever local time is not UTC, in the direction that its sign decides. */
function asctimeDifference(): Difference[] {
  const minutesBehindUtc = new Date(T).getTimezoneOffset();
  if (minutesBehindUtc === 0) return [];
  return [
    {
      name: 'an asctime date',
      reason: 'R-5.6.7-h: it means UTC; Date.parse takes it for local time',
      recognises: (get) => /\d{4}$/.test(dateOf(get)) && httpDateOf(get) !== undefined,
      examples: [
        minutesBehindUtc > 0
          ? { ifModifiedSince: [T_ASCTIME], current: modified(T_PLUS_1), says304: 'fresh' }
          : { ifModifiedSince: [T_ASCTIME], current: modified(T), says304: 'we' },
      ],
    },
  ];
}

function fieldOf(lines: readonly string[] | undefined): string {
  return lines?.join(', ') ?? '';
}

/** If-Modified-Since where it counts: on one line, without If-None-Match, for a representation that has a date. */
function dateOf({ ifNoneMatch, ifModifiedSince, current }: ConditionalGet): string {
  const counts =
    ifNoneMatch === undefined && ifModifiedSince?.length === 1 && current?.lastModified !== undefined;
  return counts
    ? fieldOf(ifModifiedSince)
        .replace(/^[ \t]+/, '')
        .replace(/[ \t]+$/, '')
    : '';
}

/** The same date as the grammar reads it. */
function httpDateOf(get: ConditionalGet): number | undefined {
  return readHttpDate(dateOf(get), NOW);
}
