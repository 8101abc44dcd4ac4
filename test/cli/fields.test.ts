import { describe, expect, test } from '@jest/globals';
import { parseFields } from '../../lib/cli/fields.js';

describe('Fields', () => {
  test.each([
    { lines: ['Accept: text/plain'], fields: { Accept: 'text/plain' } },
    { lines: ['Accept:text/plain \t'], fields: { Accept: 'text/plain' } },
    { lines: ['X-Empty:'], fields: { 'X-Empty': '' } },
    { lines: ['X-Octets: \u00e9:\u00ff'], fields: { 'X-Octets': '\u00e9:\u00ff' } },
    { lines: ['Accept: a', 'accept: b'], fields: { Accept: 'a, b' } },
    { lines: ['Cookie: a=1', 'Cookie: b=2'], fields: { Cookie: 'a=1; b=2' } },
  ])('$lines are read', ({ lines, fields }) => {
    expect(parseFields(lines)).toEqual(fields);
  });
});
