import * as fc from 'fast-check';
import { T, T_ASCTIME, T_MINUS_1, T_PLUS_1, T_RFC850 } from '../../core/fixtures.js';
import { fixdateOf, httpDates } from '../../core/arbitraries.js';

/** What a field line can carry past Node's parser: a tab, printable ASCII, 0x80 to 0xFF. */
const fieldOctets: fc.Arbitrary<string> = fc
  .oneof(
    fc.constant(0x09),
    fc.integer({ min: 0x20, max: 0x7e }),
    fc.integer({ min: 0x80, max: 0xff }),
    // Where the interesting borders are: of etagc, of white space (U+00A0 is none), of what JSON and HTML quote.
    fc.constantFrom(0x20, 0x21, 0x22, 0x2a, 0x2c, 0x2f, 0x57, 0x5c, 0x7e, 0x80, 0x85, 0xa0, 0xff),
  )
  .map((code) => String.fromCharCode(code));

const noise: fc.Arbitrary<string> = fc.string({ unit: fieldOctets, maxLength: 8 });

/** Few opaque tags, so that a list and the current representation often have one in common. */
export const OPAQUE_TAGS: readonly string[] = [
  'a',
  '',
  'a,b',
  ',',
  '\\',
  'a\\',
  '*',
  'W/',
  '\x80',
  'a\xa0',
  '\xff\xfe',
  "'a",
];

const tags: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '', 'W/'), fc.oneof(fc.constantFrom('a'), fc.constantFrom(...OPAQUE_TAGS)))
  .map(([mark, opaque]) => `${mark}"${opaque}"`);

const whiteSpaces = fc.constantFrom('', '', ' ', '\t', ' \t');
const separators = fc
  .tuple(whiteSpaces, fc.constantFrom(',', ',', ',', ',,', ', ,'), whiteSpaces)
  .map((parts) => parts.join(''));

const lists: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', ',', ' ,'),
    fc.array(fc.tuple(tags, separators), { maxLength: 3 }),
    fc.constantFrom('', ','),
  )
  .map(([start, members, end]) => {
    const text = members.map(([tag, separator], index) => (index === 0 ? tag : separator + tag)).join('');
    return start + text + end;
  });

/** What makes a list of tags something else, often by one octet. */
const nearLists: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      '"a"',
      'W/"a"',
      '"',
      ',',
      ' ',
      '\t',
      '*',
      'W/',
      'w/',
      'W /"a"',
      'a',
      '\\"',
      "'a'",
      '\xa0',
    ),
    { maxLength: 6 },
  )
  .map((parts) => parts.join(''));

const dates: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(T, T_MINUS_1, T_PLUS_1, T_RFC850, T_ASCTIME, 'Sun Nov  6 08:49:37 1994'),
  fc.constantFrom('Friday, 31-Dec-76 23:59:60 GMT', 'Tue, 29 Feb 2000 00:00:00 GMT'),
  httpDates.map(fixdateOf),
);

/** What is no date, though it is meant as one. */
const nearDates: fc.Arbitrary<string> = fc.constantFrom(
  '0',
  '-1',
  '784903526',
  '1994-11-15T12:45:26Z',
  'Tue, 15 Nov 1994 12:45:26 UTC',
  'Tue, 15 Nov 1994 12:45:26 +0000',
  'tue, 15 nov 1994 12:45:26 gmt',
  'Tue, 15 Nov 94 12:45:26 GMT',
  'Tue, 5 Nov 1994 12:45:26 GMT',
  'Wed, 30 Feb 1994 12:45:26 GMT',
  'Mon, 29 Feb 1900 00:00:00 GMT',
  'Tue, 15 Nov 1994 24:00:00 GMT',
  'Tuesday, 15-Nov-1994 12:45:26 GMT',
  `${T}, ${T}`,
  `"${T}"`,
  `${T};`,
);

/** A text with one octet put in, taken out, or put in place of another. */
function mutated(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const replacements = fc.oneof(fieldOctets, fc.constant(''));
  return fc
    .tuple(texts, fc.nat(40), fc.constantFrom(0, 1), replacements)
    .map(([text, at, taken, octet]) => text.slice(0, at) + octet + text.slice(at + taken));
}

/** The values of If-Match and If-None-Match: mostly lists, and all that looks like one. */
export const tagFields: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: lists },
  { weight: 2, arbitrary: fc.constant('*') },
  { weight: 3, arbitrary: nearLists },
  { weight: 3, arbitrary: mutated(lists) },
  { weight: 1, arbitrary: noise },
  { weight: 1, arbitrary: dates },
);

/** The values of the two dates. */
export const dateFields: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: dates },
  { weight: 2, arbitrary: nearDates },
  { weight: 3, arbitrary: mutated(dates) },
  { weight: 1, arbitrary: noise },
  { weight: 1, arbitrary: lists },
);

export const ifRangeFields: fc.Arbitrary<string> = fc.oneof(tags, mutated(tags), tagFields, dateFields);

export const rangeFields: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constant('bytes=0-3') },
  { weight: 1, arbitrary: noise },
);
