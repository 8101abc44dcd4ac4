import { describe, expect, test } from '@jest/globals';
import type { EntityTag } from '../../lib/core/index.js';
import {
  formatEntityTag,
  isWeak,
  opaqueTag,
  parseEntityTag,
  strongMatch,
  weakMatch,
} from '../../lib/core/index.js';

describe('parseEntityTag', () => {
  test.each([
    { id: 'R-8.8.3-a', text: '"v1"' },
    { id: 'R-8.8.3-a', text: 'W/"v1"' },
    { id: 'R-8.8.3-c', text: '""' },
    { id: 'R-8.8.3-c', text: 'W/""' },
    { id: 'R-8.8.3-f', text: '"a\\"' },
    { id: 'R-8.8.3-g', text: '"a,b"' },
    { id: 'R-8.8.3-b', text: '"!#[]^~"' },
    { id: 'R-8.8.3-h', text: '"\u0080\u00ff"' },
    { id: 'R-13.1.1-j', text: '"*"' },
    { id: 'R-8.8.3-a', text: '"W/"' },
  ])('$id takes $text as it is', ({ text }) => {
    expect(parseEntityTag(text)).toBe(text);
  });

  test.each([
    { id: 'R-8.8.3-i', what: 'the empty string', text: '' },
    { id: 'R-8.8.3-i', what: 'a bare token', text: 'v1' },
    { id: 'R-8.8.3-i', what: 'a weak bare token', text: 'W/v1' },
    { id: 'R-8.8.3-k', what: 'the wildcard', text: '*' },
    { id: 'R-8.8.3-k', what: 'a list', text: '"a", "b"' },
    { id: 'R-8.8.3-k', what: 'a list without space', text: '"a","b"' },
    { id: 'R-8.8.3-a', what: 'a lone quote', text: '"' },
    { id: 'R-8.8.3-a', what: 'a quote that is never closed', text: '"v1' },
    { id: 'R-8.8.3-a', what: 'a quote that is never opened', text: 'v1"' },
    { id: 'R-8.8.3-a', what: 'three quotes', text: '"""' },
    { id: 'R-8.8.3-a', what: 'text before the tag', text: 'x"v1"' },
    { id: 'R-8.8.3-a', what: 'text after the tag', text: '"v1"x' },
    { id: 'R-8.8.3-a', what: 'a weakness mark twice', text: 'W/W/"v1"' },
    { id: 'R-8.8.3-a', what: 'a weakness mark after the tag', text: '"v1"W/' },
    { id: 'R-8.8.3-d', what: 'a weakness mark in lower case', text: 'w/"v1"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark without its slash', text: 'W"v1"' },
    { id: 'R-8.8.3-d', what: 'a weakness mark with another character for its slash', text: 'W-"v1"' },
    { id: 'R-8.8.3-d', what: 'a slash without its weakness mark', text: '/"v1"' },
    { id: 'R-8.8.3-e', what: 'a space after the weakness mark', text: 'W/ "v1"' },
    { id: 'R-8.8.3-e', what: 'a space inside the weakness mark', text: 'W /"v1"' },
    { id: 'R-8.8.3-b', what: 'a space inside', text: '"v 1"' },
    { id: 'R-8.8.3-b', what: 'a tab inside', text: '"v\t1"' },
    { id: 'R-8.8.3-b', what: 'NUL inside', text: '"\u0000"' },
    { id: 'R-8.8.3-b', what: 'the control before the space inside', text: '"\u001f"' },
    { id: 'R-8.8.3-b', what: 'DEL inside', text: '"\u007f"' },
    { id: 'R-8.8.3-b', what: 'a character above U+00FF inside', text: '"\u0100"' },
    { id: 'R-8.8.3-b', what: 'a character of two code units inside', text: '"\u{1f512}"' },
    { id: 'R-5.5-a', what: 'white space before', text: ' "v1"' },
    { id: 'R-5.5-a', what: 'white space after', text: '"v1" ' },
    { id: 'R-5.5-c', what: 'a line break after', text: '"v1"\n' },
    { id: 'R-5.5-c', what: 'a line break before', text: '\n"v1"' },
  ])('$id takes $what for no entity tag', ({ text }) => {
    expect(parseEntityTag(text)).toBeUndefined();
  });
});

describe('formatEntityTag', () => {
  test.each([
    { id: 'R-8.8.3-a', opaque: 'v1', weakness: 'strong', expected: '"v1"' },
    { id: 'R-8.8.3-j', opaque: 'v1', weakness: 'weak', expected: 'W/"v1"' },
    { id: 'R-8.8.3-c', opaque: '', weakness: 'strong', expected: '""' },
    { id: 'R-8.8.3-f', opaque: 'c:\\d', weakness: 'weak', expected: 'W/"c:\\d"' },
    { id: 'R-8.8.3-b', opaque: 'a b', weakness: 'strong', expected: undefined },
    { id: 'R-8.8.3-b', opaque: '"v1"', weakness: 'strong', expected: undefined },
    { id: 'R-8.8.3-b', opaque: 'a", "b', weakness: 'strong', expected: undefined },
    { id: 'R-8.8.3-b', opaque: '\u0100', weakness: 'weak', expected: undefined },
  ] as const)('$id makes $expected of $opaque ($weakness)', ({ opaque, weakness, expected }) => {
    expect(formatEntityTag(opaque, weakness)).toBe(expected);
  });

  test('R-8.8.3-j makes a strong tag unless told otherwise', () => {
    expect(formatEntityTag('v1')).toBe('"v1"');
  });
});

describe('isWeak and opaqueTag', () => {
  test.each<{ tag: EntityTag; weak: boolean; opaque: string }>([
    { tag: '"v1"', weak: false, opaque: 'v1' },
    { tag: 'W/"v1"', weak: true, opaque: 'v1' },
    { tag: '""', weak: false, opaque: '' },
    { tag: 'W/""', weak: true, opaque: '' },
    { tag: '"W/"', weak: false, opaque: 'W/' },
    { tag: 'W/"W/"', weak: true, opaque: 'W/' },
    { tag: '"a\\"', weak: false, opaque: 'a\\' },
  ])('R-8.8.3-d tell the mark from the opaque tag of $tag', ({ tag, weak, opaque }) => {
    expect(isWeak(tag)).toBe(weak);
    expect(opaqueTag(tag)).toBe(opaque);
  });
});

describe('strongMatch and weakMatch', () => {
  test.each<{ id: string; a: EntityTag; b: EntityTag; strong: boolean; weak: boolean }>([
    { id: 'R-8.8.3.2-a', a: 'W/"1"', b: 'W/"1"', strong: false, weak: true },
    { id: 'R-8.8.3.2-b', a: 'W/"1"', b: 'W/"2"', strong: false, weak: false },
    { id: 'R-8.8.3.2-b', a: 'W/"1"', b: '"1"', strong: false, weak: true },
    { id: 'R-8.8.3.2-b', a: '"1"', b: 'W/"1"', strong: false, weak: true },
    { id: 'R-8.8.3.2-a', a: '"1"', b: '"1"', strong: true, weak: true },
    { id: 'R-8.8.3.2-a', a: '"1"', b: '"2"', strong: false, weak: false },
    { id: 'R-8.8.3.2-c', a: '"A"', b: '"a"', strong: false, weak: false },
    { id: 'R-8.8.3.2-c', a: '"a"', b: '"a-gzip"', strong: false, weak: false },
    { id: 'R-8.8.3.2-c', a: '""', b: 'W/""', strong: false, weak: true },
    { id: 'R-8.8.3.2-c', a: '"W/"', b: 'W/""', strong: false, weak: false },
  ])('$id compare $a with $b: strong $strong, weak $weak', ({ a, b, strong, weak }) => {
    expect(strongMatch(a, b)).toBe(strong);
    expect(weakMatch(a, b)).toBe(weak);
  });
});
