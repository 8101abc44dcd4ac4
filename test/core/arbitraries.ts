import * as fc from 'fast-check';
import type { ConditionalRequest, EntityTag, FieldValue, Policy, Validators } from '../../lib/core/index.js';
import { formatHttpDate } from '../../lib/core/index.js';
import { NOW, T, T_ASCTIME, T_DATE, T_MINUS_1, T_PLUS_1, T_RFC850 } from './fixtures.js';

/** How often a property is tried: `FAST_CHECK_RUNS=1000000 npx jest test/core/laws` for a long soak. */
export const RUNS: number = Number(process.env['FAST_CHECK_RUNS'] ?? 300);

/** %x21 / %x23-7E / %x80-FF */
const etagc: fc.Arbitrary<string> = fc
  .oneof(fc.constant(0x21), fc.integer({ min: 0x23, max: 0x7e }), fc.integer({ min: 0x80, max: 0xff }))
  .map((code) => String.fromCharCode(code));

/** Everything else below U+0200. */
export const notEtagc: fc.Arbitrary<string> = fc
  .oneof(
    fc.integer({ min: 0, max: 0x20 }),
    fc.constantFrom(0x22, 0x7f),
    fc.integer({ min: 0x100, max: 0x1ff }),
  )
  .map((code) => String.fromCharCode(code));

export const opaqueTags: fc.Arbitrary<string> = fc.string({ unit: etagc, maxLength: 12 });

/** Tags of every kind, and often enough the same few, so that matches happen. */
export const entityTags: fc.Arbitrary<EntityTag> = fc
  .tuple(fc.boolean(), fc.oneof(opaqueTags, fc.constantFrom('', 'a', 'b', 'a,b', ',', 'W/', '*', '\\')))
  .map(([weak, opaque]): EntityTag => (weak ? `W/"${opaque}"` : `"${opaque}"`));

export const whiteSpaces: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(' ', '\t'),
  maxLength: 3,
});

/** Dates that an HTTP-date can say. */
export const httpDates: fc.Arbitrary<Date> = fc.date({
  min: new Date('0000-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

export const clocks: fc.Arbitrary<number> = httpDates.map((date) => date.getTime());

/** Texts in which every character that means something to a list is frequent. */
export const hostileTexts: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(
    '"',
    ',',
    ' ',
    '\t',
    '*',
    'W/',
    'w/',
    'a',
    '\\',
    '\u007f',
    '\u00ff',
    '\u0100',
    '"a"',
    'W/"a"',
    '"a,b"',
  ),
  maxLength: 10,
});

/** Texts of a date with one character put in place of another. */
export const nearDates: fc.Arbitrary<string> = fc
  .tuple(
    fc.oneof(fc.constantFrom(T, T_RFC850, T_ASCTIME, 'Sun Nov  6 08:49:37 1994'), httpDates.map(fixdateOf)),
    fc.nat(40),
    fc.oneof(fc.constantFrom(...'0123456789 :,-GMT'.split('')), fc.constant(''), fc.string({ maxLength: 2 })),
  )
  .map(([text, position, replacement]) => text.slice(0, position) + replacement + text.slice(position + 1));

export function fixdateOf(date: Date): string {
  return formatHttpDate(date) ?? '';
}

const listTexts: fc.Arbitrary<string> = fc.array(entityTags, { maxLength: 4 }).map((tags) => tags.join(', '));
const tagTexts: fc.Arbitrary<string> = fc.oneof(
  listTexts,
  fc.constantFrom('*', '', 'a', '"a"', 'W/"a"'),
  hostileTexts,
);
const dateTexts: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(T, T_MINUS_1, T_PLUS_1, T_RFC850, T_ASCTIME, ''),
  httpDates.map(fixdateOf),
  nearDates,
);
const anyTexts: fc.Arbitrary<string> = fc.oneof(tagTexts, dateTexts, fc.string({ unit: 'binary' }));

/** The lines of an If-None-Match, mostly well-formed. */
export const tagLines: fc.Arbitrary<string[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.oneof(listTexts, fc.constantFrom('"a"', 'W/"a"')), { minLength: 1, maxLength: 2 }),
  },
  { weight: 1, arbitrary: fc.constant<string[]>(['*']) },
  { weight: 1, arbitrary: fc.array(tagTexts, { minLength: 1, maxLength: 2 }) },
);

/** The lines of an If-Modified-Since, mostly one date. */
export const dateLines: fc.Arbitrary<string[]> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .oneof(fc.constantFrom(T, T_PLUS_1, T_MINUS_1, T_RFC850), httpDates.map(fixdateOf))
      .map((date) => [date]),
  },
  { weight: 2, arbitrary: dateTexts.map((date) => [date]) },
  { weight: 1, arbitrary: fc.tuple(dateTexts, dateTexts) },
);

/** A field that is absent, one line, or several. */
function fieldOf(texts: fc.Arbitrary<string>): fc.Arbitrary<FieldValue | undefined> {
  return fc.oneof(fc.constant(undefined), texts, fc.array(texts, { maxLength: 3 }));
}

export const methods: fc.Arbitrary<string> = fc.constantFrom(
  'GET',
  'HEAD',
  'PUT',
  'POST',
  'DELETE',
  'QUERY',
  'OPTIONS',
);

export const validators: fc.Arbitrary<Validators> = fc.record(
  {
    etag: fc.oneof(fc.constantFrom<EntityTag>('"a"', 'W/"a"', '"b"'), entityTags),
    lastModified: fc.oneof(fc.constant(T_DATE), fc.constant(new Date(NOW)), httpDates),
    lastModifiedIsWeak: fc.boolean(),
  },
  { requiredKeys: [] },
);

export const currents: fc.Arbitrary<Validators | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 4, arbitrary: validators },
);

export const policies: fc.Arbitrary<Policy> = fc.record(
  {
    malformed: fc.constantFrom(400, 412),
    ifMatch: fc.constantFrom('strong', 'weak'),
    onMissing: fc.constantFrom('evaluate', 'perform'),
    query: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Requests that make sense more often than not. */
export const requests: fc.Arbitrary<ConditionalRequest> = fc.record({
  method: methods,
  now: fc.oneof(fc.constant(NOW), clocks),
  ifMatch: fieldOf(tagTexts),
  ifNoneMatch: fieldOf(tagTexts),
  ifModifiedSince: fieldOf(dateTexts),
  ifUnmodifiedSince: fieldOf(dateTexts),
  ifRange: fieldOf(fc.oneof(tagTexts, dateTexts)),
  range: fieldOf(fc.constant('bytes=0-3')),
});

/** Requests that no one would send: any text in any field, any method. */
export const anyRequests: fc.Arbitrary<ConditionalRequest> = fc.record({
  method: fc.oneof(methods, fc.string({ unit: 'binary' })),
  now: fc.oneof(clocks, fc.double()),
  ifMatch: fieldOf(anyTexts),
  ifNoneMatch: fieldOf(anyTexts),
  ifModifiedSince: fieldOf(anyTexts),
  ifUnmodifiedSince: fieldOf(anyTexts),
  ifRange: fieldOf(anyTexts),
  range: fieldOf(anyTexts),
});
