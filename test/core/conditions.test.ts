import { describe, expect, test } from '@jest/globals';
import { evaluateIfMatch } from '../../lib/core/if-match.js';
import { evaluateIfModifiedSince } from '../../lib/core/if-modified-since.js';
import { evaluateIfNoneMatch } from '../../lib/core/if-none-match.js';
import { evaluateIfRange } from '../../lib/core/if-range.js';
import { evaluateIfUnmodifiedSince } from '../../lib/core/if-unmodified-since.js';
import { ABSENT, NOW, T, tagged } from './fixtures.js';

const CURRENT = tagged('"a"', T);

/** The fields one by one, as evaluate.ts asks them; the rows of evaluate.cases.ts show what comes of it together. */
describe('a condition on its own', () => {
  test.each([
    { field: 'If-Match', condition: () => evaluateIfMatch(undefined, CURRENT) },
    { field: 'If-None-Match', condition: () => evaluateIfNoneMatch(undefined, CURRENT, 'write') },
    { field: 'If-Modified-Since', condition: () => evaluateIfModifiedSince(undefined, CURRENT, NOW) },
    { field: 'If-Unmodified-Since', condition: () => evaluateIfUnmodifiedSince(undefined, CURRENT, NOW) },
    { field: 'If-Range', condition: () => evaluateIfRange(undefined, CURRENT, NOW) },
  ])('is none when there is no $field', ({ condition }) => {
    expect(condition()).toEqual({ result: 'none' });
  });

  test.each([
    { field: 'If-Modified-Since', condition: () => evaluateIfModifiedSince(T, ABSENT, NOW) },
    { field: 'If-Unmodified-Since', condition: () => evaluateIfUnmodifiedSince(T, ABSENT, NOW) },
    { field: 'If-Range', condition: () => evaluateIfRange('"a"', ABSENT, NOW) },
  ])('is none when there is nothing to compare $field with', ({ condition }) => {
    expect(condition()).toEqual({ result: 'none' });
  });

  test.each([
    { field: 'If-Match', condition: () => evaluateIfMatch('"a"', CURRENT), guard: 'version' },
    { field: 'If-Match', condition: () => evaluateIfMatch('*', CURRENT), guard: 'exists' },
    {
      field: 'If-None-Match',
      condition: () => evaluateIfNoneMatch('"b"', CURRENT, 'write'),
      guard: 'version',
    },
    { field: 'If-None-Match', condition: () => evaluateIfNoneMatch('*', ABSENT, 'write'), guard: 'absent' },
    {
      field: 'If-Unmodified-Since',
      condition: () => evaluateIfUnmodifiedSince(T, CURRENT, NOW),
      guard: 'version',
    },
  ])('says how long it stays true: $field as long as $guard', ({ condition, guard }) => {
    expect(condition()).toEqual({ result: 'true', guard });
  });

  test('compares If-Match strongly unless told otherwise', () => {
    expect(evaluateIfMatch('W/"a"', CURRENT)).toEqual({ result: 'false', reason: 'weak-tag' });
    expect(evaluateIfMatch('W/"a"', CURRENT, 'weak')).toEqual({ result: 'true', guard: 'version' });
  });
});
