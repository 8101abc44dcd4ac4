import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { currents, dateLines, RUNS, tagLines } from './arbitraries.js';
import type { ConditionalGet } from './fresh-oracle.differences.js';
import { DIFFERENCES, freshSaysNotModified, weSayNotModified } from './fresh-oracle.differences.js';

const cacheControls = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(undefined, 'max-age=0', 'no-store', 'no-cachet') },
  { weight: 1, arbitrary: fc.constantFrom('no-cache', 'max-age=0,no-cache ') },
);

const conditionalGets: fc.Arbitrary<ConditionalGet> = fc.record({
  ifNoneMatch: fc.option(tagLines, { nil: undefined }),
  ifModifiedSince: fc.option(dateLines, { nil: undefined }),
  cacheControl: cacheControls,
  current: currents,
});

describe('a conditional GET', () => {
  test('is answered as by fresh 2.0.0, but for the listed differences', () => {
    const answers = { listed: 0, notModified: 0, performed: 0 };
    const law = fc.property(conditionalGets, (get) => {
      const ours = weSayNotModified(get);
      if (DIFFERENCES.some(({ recognises }) => recognises(get))) {
        answers.listed++;
        return;
      }
      answers[ours ? 'notModified' : 'performed']++;
      expect(ours).toBe(freshSaysNotModified(get));
    });
    fc.assert(law, { numRuns: 10 * RUNS });

    // The law is worth something only if the two are really compared, and on both answers.
    expect(answers.notModified).toBeGreaterThan(RUNS / 2);
    expect(answers.performed).toBeGreaterThan(RUNS / 2);
  });

  test.each([
    { what: 'the wildcard', ifNoneMatch: ['*'], current: {} },
    { what: 'the current tag', ifNoneMatch: ['"a"'], current: { etag: '"a"' } },
    { what: 'the weak twin of the current tag', ifNoneMatch: ['W/"a"'], current: { etag: '"a"' } },
    { what: 'the strong twin of the weak current tag', ifNoneMatch: ['"a"'], current: { etag: 'W/"a"' } },
    { what: 'a member of a list', ifNoneMatch: ['"b" , "a"'], current: { etag: '"a"' } },
  ] as const)('for $what is 304 for both', ({ ifNoneMatch, current }) => {
    expect(freshSaysNotModified({ ifNoneMatch, current })).toBe(true);
    expect(weSayNotModified({ ifNoneMatch, current })).toBe(true);
  });
});

describe.each(DIFFERENCES)('the difference of $name', ({ name, recognises, examples }) => {
  test.each(examples)('shows in %j', (example) => {
    expect(weSayNotModified(example)).toBe(example.says304 === 'we');
    expect(freshSaysNotModified(example)).toBe(example.says304 === 'fresh');
  });

  test.each(examples)('is the only one that recognises %j', (example) => {
    expect(recognises(example)).toBe(true);
    expect(
      DIFFERENCES.filter((difference) => difference.recognises(example)).map((it) => it.name),
    ).toStrictEqual([name]);
  });
});
