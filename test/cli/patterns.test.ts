import { describe, expect, test } from '@jest/globals';
import { matcher } from '../../lib/cli/patterns.js';

describe('A pattern', () => {
  test.each([
    { pattern: 'if-match', id: 'put.if-match.weak', matches: true },
    { pattern: 'If-Match', id: 'put.if-match.weak', matches: true },
    { pattern: 'if-match*', id: 'put.if-match.weak', matches: false },
    { pattern: '*.if-match.*', id: 'put.if-match.weak', matches: true },
    { pattern: 'put.*weak', id: 'put.if-match.weak', matches: true },
    { pattern: 'p?t.if-match.weak', id: 'put.if-match.weak', matches: true },
    { pattern: 'p?.if-match.weak', id: 'put.if-match.weak', matches: false },
    { pattern: 'put?if-match*', id: 'put.if-match.weak', matches: true },
    { pattern: 'putxif-match*', id: 'put.if-match.weak', matches: false },
    { pattern: '304.*', id: '3040', matches: false },
    { pattern: '(*', id: '304.fields', matches: false },
  ])('$pattern selects $id: $matches', ({ pattern, id, matches }) => {
    expect(matcher(pattern)(id)).toBe(matches);
  });
});
