import { describe, expect, test } from '@jest/globals';
import type { ConditionalRequest } from '../../lib/core/index.js';
import { evaluate } from '../../lib/core/index.js';
import { ratioOfTimes } from '../helpers/ratio-of-times.js';
import { LONG_FIELDS, longText } from '../hostile/long-fields.cases.js';
import { NOW, T, tagged } from './fixtures.js';

const KIB = 1024;
const CURRENT = tagged('"current"', T);

describe('R-5.6.1.2-a a hostile field', () => {
  test.each(LONG_FIELDS)('of 16 KiB of $what in If-Match is $ifMatch', ({ ifMatch, ...field }) => {
    const decision = evaluate({ method: 'PUT', now: NOW, ifMatch: longText(field, 16 * KIB) }, CURRENT);

    expect(decision.outcome === 'failed' ? decision.reason : undefined).toBe(ifMatch);
  });

  test('of more tags than an engine can keep track of fails the write, and nothing is thrown', () => {
    const ifMatch = '"a",'.repeat(5e6);

    expect(evaluate({ method: 'PUT', now: NOW, ifMatch }, CURRENT).outcome).toBe('failed');
  });

  test.each(LONG_FIELDS)('of $what takes time in proportion to its length', (field) => {
    const [small, large] = [requestsWith(longText(field, 4 * KIB)), requestsWith(longText(field, 64 * KIB))];

    const all = (requests: readonly ConditionalRequest[]) => (): void => {
      for (const request of requests) evaluate(request, CURRENT);
    };
    expect(ratioOfTimes(all(large), all(small))).toBeLessThan(64);
  });
});

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
