import { describe, expect, test } from '@jest/globals';
import { stylesFor } from '../../lib/cli/styles.js';

describe('Colours', () => {
  test.each([
    { isTTY: true, env: {}, color: undefined, colored: true },
    { isTTY: false, env: {}, color: undefined, colored: false },
    { isTTY: true, env: { TERM: 'dumb' }, color: undefined, colored: false },
    { isTTY: true, env: { NO_COLOR: '1' }, color: undefined, colored: false },
    { isTTY: true, env: { NO_COLOR: '' }, color: undefined, colored: true },
    { isTTY: false, env: { FORCE_COLOR: '1' }, color: undefined, colored: true },
    { isTTY: false, env: { FORCE_COLOR: '' }, color: undefined, colored: true },
    { isTTY: true, env: { FORCE_COLOR: '0' }, color: undefined, colored: false },
    { isTTY: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, color: undefined, colored: true },
    { isTTY: true, env: { FORCE_COLOR: '1' }, color: false as const, colored: false },
  ])('$colored: terminal $isTTY, $env, --no-color gives $color', ({ isTTY, env, color, colored }) => {
    const { bad } = stylesFor({ stdout: { isTTY, write: () => {} }, env }, color);
    expect(bad('x')).toBe(colored ? '\u001b[31mx\u001b[39m' : 'x');
  });
});
