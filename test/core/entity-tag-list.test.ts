import { describe, expect, test } from '@jest/globals';
import { parseEntityTagList } from '../../lib/core/index.js';

describe('parseEntityTagList', () => {
  test.each([
    { id: 'R-13.1.1-c', what: 'one tag', field: '"a"', tags: ['"a"'] },
    { id: 'R-13.1.1-c', what: 'a weak tag', field: 'W/"a"', tags: ['W/"a"'] },
    {
      id: 'R-13.1.1-c',
      what: 'several tags in order',
      field: '"b", W/"a", "b"',
      tags: ['"b"', 'W/"a"', '"b"'],
    },
    { id: 'R-8.8.3-c', what: 'empty opaque tags', field: '"", W/""', tags: ['""', 'W/""'] },
    { id: 'R-8.8.3-g', what: 'commas between quotes', field: '",","a,b"', tags: ['","', '"a,b"'] },
    { id: 'R-13.1.1-j', what: 'a quoted asterisk', field: '"*"', tags: ['"*"'] },
    {
      id: 'R-8.8.3-b',
      what: 'the limits of what a tag may contain',
      field: '"!#~\u0080\u00ff"',
      tags: ['"!#~\u0080\u00ff"'],
    },
    { id: 'R-5.6.1.2-b', what: 'no white space', field: '"a","b"', tags: ['"a"', '"b"'] },
    { id: 'R-5.6.1.2-b', what: 'much white space', field: ' \t"a"\t ,\t \t"b" \t', tags: ['"a"', '"b"'] },
    { id: 'R-5.6.1.2-a', what: 'empty members everywhere', field: ',,"a", ,\t,"b", ,', tags: ['"a"', '"b"'] },
    { id: 'R-5.6.1.2-c', what: 'nothing', field: '', tags: [] },
    { id: 'R-5.6.1.2-c', what: 'white space alone', field: ' \t', tags: [] },
    { id: 'R-5.6.1.2-c', what: 'commas alone', field: ',', tags: [] },
    { id: 'R-5.2-a', what: 'several lines', field: ['"a", "b"', '', '"c"'], tags: ['"a"', '"b"', '"c"'] },
    {
      id: 'R-5.2-a',
      what: 'lines that end and begin with commas',
      field: ['"a",', ',"b"'],
      tags: ['"a"', '"b"'],
    },
    { id: 'R-5.2-a', what: 'one empty line', field: [''], tags: [] },
  ])('$id reads a list of $what', ({ field, tags }) => {
    expect(parseEntityTagList(field)).toStrictEqual(tags);
  });

  test.each([
    { id: 'R-13.1.1-b', what: 'alone', field: '*' },
    { id: 'R-5.5-a', what: 'between white space', field: '\t * \t' },
    { id: 'R-5.2-a', what: 'on one line of an array', field: ['*'] },
  ])('$id reads the wildcard $what', ({ field }) => {
    expect(parseEntityTagList(field)).toBe('*');
  });

  test.each([
    { id: 'R-13.1.1-i', what: 'the wildcard twice', field: '*, *' },
    { id: 'R-13.1.1-i', what: 'the wildcard twice without comma', field: '**' },
    { id: 'R-13.1.1-i', what: 'the wildcard on two lines', field: ['*', '*'] },
    { id: 'R-13.1.1-i', what: 'the wildcard and an empty line', field: ['*', ''] },
    { id: 'R-13.1.1-i', what: 'the wildcard and an empty member', field: '*,' },
    { id: 'R-13.1.1-i', what: 'an empty member and the wildcard', field: ', *' },
    { id: 'R-13.1.1-i', what: 'the wildcard before a tag', field: '* "a"' },
    { id: 'R-13.1.1-i', what: 'the wildcard after a tag', field: '"a", *' },
    { id: 'R-13.1.1-i', what: 'a weak wildcard', field: 'W/*' },
    { id: 'R-8.8.3-i', what: 'a bare token', field: 'a' },
    { id: 'R-8.8.3-i', what: 'a bare token after a tag', field: '"a", b' },
    { id: 'R-8.8.3-a', what: 'a lone quote', field: '"' },
    { id: 'R-8.8.3-a', what: 'a quote that is never closed', field: '"a' },
    { id: 'R-8.8.3-a', what: 'a quote that is never opened', field: 'a"' },
    { id: 'R-8.8.3-a', what: 'a weak quote that is never opened', field: 'W/a"' },
    { id: 'R-8.8.3-a', what: 'a quote that is never opened after a tag', field: '"a", b"' },
    { id: 'R-8.8.3-a', what: 'a quote that is never closed after a tag', field: '"a", "b' },
    { id: 'R-8.8.3-a', what: 'text after a tag', field: '"a"b' },
    { id: 'R-8.8.3-a', what: 'a parameter after a tag', field: '"a";q=1' },
    { id: 'R-8.8.3-a', what: 'two tags side by side', field: '"a""b"' },
    { id: 'R-5.6.1.2-b', what: 'two tags with a space between them', field: '"a" "b"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark in lower case', field: 'w/"a"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark alone', field: 'W/' },
    { id: 'R-8.8.3-d', what: 'a weakness mark without its slash', field: 'W"a"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark with another character for its slash', field: 'W-"a"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark with a quote for its slash', field: 'W""a"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark with another letter for its W', field: 'V/"a"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark twice', field: 'W/W/"a"' },
    { id: 'R-8.8.3-e', what: 'a space after the weakness mark', field: 'W/ "a"' },
    { id: 'R-8.8.3-b', what: 'a space inside a tag', field: '"a b"' },
    { id: 'R-8.8.3-b', what: 'DEL inside a tag', field: '"\u007f"' },
    { id: 'R-8.8.3-b', what: 'a control inside a tag', field: '"\u001f"' },
    { id: 'R-8.8.3-b', what: 'a character above U+00FF inside a tag', field: '"\u0100"' },
    { id: 'R-5.5-a', what: 'a no-break space around a tag', field: '"a"\u00a0' },
    { id: 'R-5.5-c', what: 'a line break after a tag', field: '"a"\n' },
    { id: 'R-5.2-a', what: 'a tag that is closed on the next line', field: ['"a', 'b"'] },
    { id: 'R-5.2-a', what: 'a malformed line after a good one', field: ['"a"', 'b'] },
  ])('$id takes $what for malformed', ({ field }) => {
    expect(parseEntityTagList(field)).toBeUndefined();
  });
});
