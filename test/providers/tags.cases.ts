/** A version that a tag can be made of. */
export interface GoodTag {
  readonly title: string;
  readonly opaqueTag: string | number | bigint;
  readonly strong: string;
}

export const GOOD_TAGS: readonly GoodTag[] = [
  { title: 'a word', opaqueTag: 'v1', strong: '"v1"' },
  { title: 'a counter', opaqueTag: 7, strong: '"7"' },
  { title: 'zero', opaqueTag: 0, strong: '"0"' },
  { title: 'a negative number', opaqueTag: -3, strong: '"-3"' },
  { title: 'a fraction', opaqueTag: 1.5, strong: '"1.5"' },
  { title: 'the largest exact counter', opaqueTag: Number.MAX_SAFE_INTEGER, strong: '"9007199254740991"' },
  { title: 'a bigint', opaqueTag: 12_345_678_901_234_567_890n, strong: '"12345678901234567890"' },
  { title: 'R-8.8.3-c the empty string', opaqueTag: '', strong: '""' },
  { title: 'R-8.8.3-b both ends of visible ASCII', opaqueTag: '!#~', strong: '"!#~"' },
  { title: 'R-8.8.3-g a comma', opaqueTag: 'a,b', strong: '"a,b"' },
  { title: 'R-8.8.3-f a backslash, left as it is', opaqueTag: String.raw`c:\d`, strong: String.raw`"c:\d"` },
  { title: 'R-8.8.3-b both ends of the upper half', opaqueTag: '\u0080\u00ff', strong: '"\u0080\u00ff"' },
  { title: 'an asterisk', opaqueTag: '*', strong: '"*"' },
  { title: 'a weakness mark inside', opaqueTag: 'W/', strong: '"W/"' },
];

/** A value that no tag can be made of, and what the message has to say. */
export interface BadTag {
  readonly title: string;
  readonly opaqueTag: unknown;
  readonly got: string;
  readonly hint: string;
}

const MISSING = 'Is the version column missing from the query?';
const ENCODE = 'Encode it first';
const QUOTES = 'Leave the quotes out';
const INEXACT = 'Read a counter of that size as a bigint or a string.';

export const BAD_TAGS: readonly BadTag[] = [
  { title: 'quotes around it', opaqueTag: '"v1"', got: String.raw`got "\"v1\"" (string)`, hint: QUOTES },
  { title: 'a whole weak tag', opaqueTag: 'W/"v1"', got: String.raw`got "W/\"v1\"" (string)`, hint: QUOTES },
  { title: 'a space', opaqueTag: 'a b', got: 'got "a b" (string)', hint: ENCODE },
  { title: 'a tab', opaqueTag: 'a\tb', got: String.raw`got "a\tb" (string)`, hint: ENCODE },
  { title: 'a line break', opaqueTag: 'a\r\nb', got: String.raw`got "a\r\nb" (string)`, hint: ENCODE },
  { title: 'NUL', opaqueTag: '\0', got: String.raw`got "\u0000" (string)`, hint: ENCODE },
  { title: 'DEL', opaqueTag: 'a\u007f', got: 'got "a\u007f" (string)', hint: ENCODE },
  { title: 'a letter beyond U+00FF', opaqueTag: 'łódź', got: 'got "łódź" (string)', hint: ENCODE },
  {
    title: 'half of a surrogate pair',
    opaqueTag: '\ud800',
    got: String.raw`got "\ud800" (string)`,
    hint: ENCODE,
  },
  {
    title: 'a counter that is not exact',
    opaqueTag: 2 ** 53,
    got: 'got 9007199254740992 (number)',
    hint: INEXACT,
  },
  { title: 'NaN', opaqueTag: Number.NaN, got: 'got NaN (number)', hint: MISSING },
  { title: 'undefined', opaqueTag: undefined, got: 'got undefined.', hint: MISSING },
  { title: 'null', opaqueTag: null, got: 'got null.', hint: MISSING },
  { title: 'a date', opaqueTag: new Date(0), got: 'got [object Date] (object)', hint: 'Use fromTimestamp' },
  { title: 'a boolean', opaqueTag: true, got: 'got true (boolean)', hint: '' },
  { title: 'an object', opaqueTag: { secret: 'x' }, got: 'got [object Object] (object)', hint: '' },
  {
    title: 'a promise',
    opaqueTag: Promise.resolve('v1'),
    got: 'got a promise that was not awaited (object). Await it first.',
    hint: '',
  },
  { title: 'a symbol', opaqueTag: Symbol('v'), got: 'got Symbol(v) (symbol)', hint: '' },
];
