import { describe, expect, test } from '@jest/globals';
import type { ConditionalRequest } from '../../lib/core/index.js';
import { evaluate } from '../../lib/core/index.js';
import { ratioOfTimes } from '../helpers/ratio-of-times.js';
import { NOW, T, tagged } from './fixtures.js';

const KIB = 1024;
const CURRENT = tagged('"current"', T);

/** Fields that make a careless parser look at the same characters again and again. */
const HOSTILE = [
  { what: 'commas', unit: ',', ifMatch: 'empty-list' },
  { what: 'spaces', unit: ' ', ifMatch: 'empty-list' },
  { what: 'tabs and commas', unit: '\t,', ifMatch: 'empty-list' },
  { what: 'quotes', unit: '"', ifMatch: 'malformed' },
  { what: 'asterisks', unit: '*', ifMatch: 'malformed' },
  { what: 'tags', unit: '"a",', ifMatch: 'no-match' },
  { what: 'weak tags that match weakly', unit: 'W/"current", ', ifMatch: 'weak-tag' },
  { what: 'weakness marks', unit: 'W/', ifMatch: 'malformed' },
  { what: 'an unterminated tag', unit: 'a', start: '"', ifMatch: 'malformed' },
  { what: 'an unterminated tag of commas', unit: ',', start: '"', ifMatch: 'malformed' },
  { what: 'an unterminated tag after many good ones', unit: '"a",', end: '"', ifMatch: 'malformed' },
  { what: 'quotes and spaces in turn', unit: '" ', ifMatch: 'malformed' },
  { what: 'empty tags without commas', unit: '""', ifMatch: 'malformed' },
  { what: 'spaces between two tags', unit: ' ', start: '"a"', end: '"b"', ifMatch: 'malformed' },
  { what: 'spaces before a wildcard', unit: ' ', end: '*', ifMatch: undefined },
  { what: 'spaces after a wildcard', unit: ' ', start: '*', end: 'x', ifMatch: 'malformed' },
  { what: 'digits', unit: '0', ifMatch: 'malformed' },
  { what: 'dates', unit: `${T}, `, ifMatch: 'malformed' },
  { what: 'spaces around a date', unit: ' ', end: T, ifMatch: 'malformed' },
] as const;

type Hostile = { readonly unit: string; readonly start?: string; readonly end?: string };

describe('R-5.6.1.2-a a hostile field', () => {
  test.each(HOSTILE)('of 16 KiB of $what in If-Match is $ifMatch', ({ ifMatch, ...field }) => {
    const decision = evaluate({ method: 'PUT', now: NOW, ifMatch: hostileText(field, 16 * KIB) }, CURRENT);

    expect(decision.outcome === 'failed' ? decision.reason : undefined).toBe(ifMatch);
  });

  test.each(HOSTILE)('of $what takes time in proportion to its length', (field) => {
    const [small, large] = [
      requestsWith(hostileText(field, 4 * KIB)),
      requestsWith(hostileText(field, 64 * KIB)),
    ];

    const all = (requests: readonly ConditionalRequest[]) => (): void => {
      for (const request of requests) evaluate(request, CURRENT);
    };
    expect(ratioOfTimes(all(large), all(small))).toBeLessThan(64);
  });
});

function hostileText({ unit, start = '', end = '' }: Hostile, length: number): string {
  return start + unit.repeat(Math.ceil(length / unit.length)) + end;
}

/** The text in each of the five fields, alone and as one of many lines, so that each is really evaluated. */
function requestsWith(text: string): ConditionalRequest[] {
  const read = { method: 'GET', now: NOW };
  return [
    { ...read, ifMatch: text },
    { ...read, ifMatch: [text, text] },
    { ...read, ifNoneMatch: text },
    { ...read, ifModifiedSince: text },
    { ...read, ifUnmodifiedSince: text },
    { ...read, ifRange: text, range: 'bytes=0-0' },
  ];
}
