import { describe, expect, test } from '@jest/globals';
import { closest } from '../../lib/cli/closest.js';

describe('The nearest word', () => {
  const words = ['json', 'junit', 'only'];

  test.each([
    { given: 'json', found: 'json' },
    { given: 'jsno', found: 'json' },
    { given: 'jsn', found: 'json' },
    { given: 'onlyy', found: 'only' },
    { given: 'unit', found: 'junit' },
    { given: 'verbose', found: undefined },
  ])('to $given is $found', ({ given, found }) => {
    expect(closest(given, words)).toBe(found);
  });
});
