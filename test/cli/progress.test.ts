import { describe, expect, test } from '@jest/globals';
import { progressOn } from '../../lib/cli/progress.js';

describe('Progress', () => {
  test('stays within its line', () => {
    const written: string[] = [];
    const stderr = { isTTY: true, columns: 12, write: (text: string) => written.push(text) };
    progressOn({ stderr, env: {} }, 7).show('a long title');
    expect(written).toEqual(['\r\u001b[2K1/7 a long ']);
  });

  test.each([
    { isTTY: false, env: {} },
    { isTTY: true, env: { TERM: 'dumb' } },
  ])('is not shown with $isTTY, $env', ({ isTTY, env }) => {
    const written: string[] = [];
    const progress = progressOn({ stderr: { isTTY, write: (text) => written.push(text) }, env }, 7);
    progress.show('a title');
    progress.clear();
    expect(written).toEqual([]);
  });
});
