import { METHODS } from 'node:http';
import * as fc from 'fast-check';
import type { EntityTag, Policy, Validators } from '../../../lib/core/index.js';
import { clocks } from '../../core/arbitraries.js';
import { NOW, T_DATE } from '../../core/fixtures.js';
import { dateFields, ifRangeFields, OPAQUE_TAGS, rangeFields, tagFields } from './octets.js';

/** One request as it is going to stand on the wire, and what it meets. */
export interface FuzzCase {
  readonly method: string;
  /** Field lines, white space and odd spellings included; text is latin1: one character, one octet. */
  readonly lines: readonly string[];
  readonly hasContent: boolean;
  readonly current: Validators | null;
  /** An index of `POLICIES`. */
  readonly policy: number;
  readonly now: number;
  /** Whether the provider answers with a promise. */
  readonly later: boolean;
}

/** Every combination of the options that decide. */
export const POLICIES: readonly Policy[] = [412, 400].flatMap((malformed) =>
  ['strong', 'weak'].flatMap((ifMatch) =>
    ['evaluate', 'perform'].flatMap((onMissing) =>
      [false, true].map((query) => ({ malformed, ifMatch, onMissing, query }) as Policy),
    ),
  ),
);

/** CONNECT alone is missing: Node does not hand it to request listeners. */
const methods = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('GET', 'PUT') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...['HEAD', 'PATCH', 'DELETE', 'POST', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY'].filter((method) =>
        METHODS.includes(method),
      ),
    ),
  },
);

const whiteSpaces = fc.constantFrom('', ' ', ' ', '\t', ' \t ');

/** The lines of one field: none, one, or several, each with a spelling and a padding of its own. */
function linesOf(name: string, values: fc.Arbitrary<string>, absent = 5): fc.Arbitrary<string[]> {
  const names = fc.constantFrom(name, name.toLowerCase(), name.toUpperCase());
  const line = fc
    .tuple(names, whiteSpaces, values, whiteSpaces)
    .map(([spelling, before, value, after]) => `${spelling}:${before}${value}${after}`);
  return fc.oneof(
    { weight: absent, arbitrary: fc.constant<string[]>([]) },
    { weight: 4, arbitrary: line.map((one) => [one]) },
    { weight: 1, arbitrary: fc.array(line, { minLength: 2, maxLength: 3 }) },
  );
}

/** Fields that are none of the six, though a careless reader takes them for one. */
const neighbours = fc.oneof(
  { weight: 6, arbitrary: fc.constant<string[]>([]) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ['If-Matches: "b"'],
      ['X-If-None-Match: *'],
      ['If_Match: "b"'],
      ['If: (["b"])'],
      ['Cache-Control: no-cache'],
    ),
  },
);

/** The fields in some order, the lines of each in theirs. */
const fieldLines: fc.Arbitrary<string[]> = fc
  .tuple(
    fc.nat(5),
    linesOf('If-Match', tagFields),
    linesOf('If-None-Match', tagFields),
    linesOf('If-Modified-Since', dateFields),
    linesOf('If-Unmodified-Since', dateFields),
    linesOf('If-Range', ifRangeFields, 9),
    linesOf('Range', rangeFields),
    neighbours,
  )
  .map(([turn, ...fields]) => [...fields.slice(turn), ...fields.slice(0, turn)].flat());

const entityTags: fc.Arbitrary<EntityTag> = fc
  .tuple(fc.constantFrom('', 'W/'), fc.oneof(fc.constant('a'), fc.constantFrom(...OPAQUE_TAGS)))
  .map(([mark, opaque]) => `${mark}"${opaque}"` as EntityTag);

const currents: fc.Arbitrary<Validators | null> = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  {
    weight: 5,
    arbitrary: fc.record(
      {
        etag: entityTags,
        lastModified: fc.constantFrom(T_DATE, new Date(T_DATE.getTime() + 999), new Date(NOW - 400)),
        lastModifiedIsWeak: fc.boolean(),
      },
      { requiredKeys: [] },
    ),
  },
);

export const fuzzCases: fc.Arbitrary<FuzzCase> = fc.record({
  method: methods,
  lines: fieldLines,
  hasContent: fc.boolean(),
  current: currents,
  policy: fc.nat(POLICIES.length - 1),
  now: fc.oneof({ weight: 4, arbitrary: fc.constant(NOW) }, { weight: 1, arbitrary: clocks }),
  later: fc.boolean(),
});
