import type { GuardKind, Perform, Validators } from '../../../lib/core/index.js';
import type { EvaluateCase } from '../fixtures.js';
import { ABSENT, NOTHING_COUNTS, passed, T, tagged, unevaluated, UNTAGGED } from '../fixtures.js';

const EXISTING = tagged('"a"', T);

type Fields = Pick<EvaluateCase, 'ifMatch' | 'ifUnmodifiedSince' | 'ifNoneMatch' | 'ifModifiedSince'>;

/** What a write has to assert, for every combination of true conditions (the last field evaluated is the one named). */
export const GUARDS: readonly EvaluateCase[] = [
  write({}, EXISTING, unevaluated('no-condition')),
  write({}, ABSENT, unevaluated('no-condition')),
  write({ ifModifiedSince: T }, EXISTING, NOTHING_COUNTS),
  write({ ifUnmodifiedSince: T }, UNTAGGED, NOTHING_COUNTS),
  write({ ifUnmodifiedSince: T }, ABSENT, NOTHING_COUNTS),

  write({ ifMatch: '*' }, EXISTING, passed('If-Match', 'exists')),
  write({ ifMatch: '*' }, UNTAGGED, passed('If-Match', 'exists')),
  write({ ifMatch: '"a"' }, EXISTING, passed('If-Match', 'version')),
  write({ ifMatch: '*', ifUnmodifiedSince: T }, EXISTING, passed('If-Match', 'exists')),
  write({ ifMatch: '"a"', ifUnmodifiedSince: T }, EXISTING, passed('If-Match', 'version')),
  write({ ifUnmodifiedSince: T }, EXISTING, passed('If-Unmodified-Since', 'version')),

  write({ ifNoneMatch: '"z"' }, EXISTING, passed('If-None-Match', 'version')),
  write({ ifNoneMatch: '' }, EXISTING, passed('If-None-Match', 'version')),
  write({ ifNoneMatch: '"z"' }, UNTAGGED, passed('If-None-Match', 'version')),
  write({ ifMatch: '*', ifNoneMatch: '"z"' }, EXISTING, passed('If-None-Match', 'version')),
  write({ ifMatch: '"a"', ifNoneMatch: '"z"' }, EXISTING, passed('If-None-Match', 'version')),
  write({ ifUnmodifiedSince: T, ifNoneMatch: '"z"' }, EXISTING, passed('If-None-Match', 'version')),

  write({ ifNoneMatch: '*' }, ABSENT, passed('If-None-Match', 'absent')),
  write({ ifNoneMatch: '"z"' }, ABSENT, passed('If-None-Match', 'absent')),
  write({ ifUnmodifiedSince: T, ifNoneMatch: '*' }, ABSENT, passed('If-None-Match', 'absent')),

  missing({ ifMatch: '*' }, unevaluated('absent', 'never')),
  missing({ ifMatch: '"a"' }, unevaluated('absent', 'never')),
  missing({ ifMatch: '"a"', ifUnmodifiedSince: T }, unevaluated('absent', 'never')),
  missing({ ifMatch: '"a"', ifNoneMatch: '*' }, unevaluated('absent', 'never')),
  missing({ ifNoneMatch: '*' }, passed('If-None-Match', 'absent')),
  missing({ ifUnmodifiedSince: T }, NOTHING_COUNTS),
  missing({}, unevaluated('no-condition')),
];

function write(fields: Fields, current: Validators | null, expected: Perform): EvaluateCase {
  const title = `the guard is ${named(expected.guard)} for ${described(fields)} on ${stateOf(current)}`;
  return { id: 'R-13.2.1-m', title, method: 'PUT', ...fields, current, expected };
}

/** A write that the policy hands on though the resource is missing. */
function missing(fields: Fields, expected: Perform): EvaluateCase {
  const title = `the guard is ${named(expected.guard)} for ${described(fields)} on nothing, with onMissing: perform`;
  return {
    id: 'R-13.2.1-m',
    title,
    method: 'PUT',
    ...fields,
    current: ABSENT,
    policy: { onMissing: 'perform' },
    expected,
  };
}

function named(guard: GuardKind): string {
  return JSON.stringify(guard);
}

function described(fields: Fields): string {
  return Object.keys(fields).length === 0 ? 'no condition' : JSON.stringify(fields);
}

function stateOf(current: Validators | null): string {
  if (current === null) return 'nothing';
  return current.etag === undefined
    ? 'a representation without validators'
    : 'a representation with tag and date';
}
