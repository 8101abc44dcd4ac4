import { describe, expect, test } from '@jest/globals';
import { printable } from '../../lib/cli/printable.js';

describe('Text from elsewhere', () => {
  test.each([
    { text: 'one\r\ntwo\n\tthree', shown: 'one\ntwo\n\tthree' },
    { text: '\u001b[2J\u0007', shown: '\\x1b[2J\\x07' },
    { text: 'a\rb', shown: 'a\\x0db' },
    { text: '\u009b31m\u007f', shown: '\\x9b31m\\x7f' },
    { text: 'user\u202etxt.exe', shown: 'user\\u202etxt.exe' },
    { text: 'é 日本 \u{1F600}', shown: 'é 日本 \u{1F600}' },
  ])('is shown without what would move the cursor: $shown', ({ text, shown }) => {
    expect(printable(text)).toBe(shown);
  });
});
