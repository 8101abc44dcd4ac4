import { describe, expect, test } from '@jest/globals';
import type { ConditionalRequest, FieldValue, Policy, Validators } from '../../lib/core/index.js';
import { evaluate } from '../../lib/core/index.js';
import { A_RANGE, ABSENT, modified, NOW, T, T_MINUS_1, tagged, UNTAGGED } from './fixtures.js';
import { referenceVerdict, verdictOf } from './reference-evaluator.js';

const METHODS = ['GET', 'HEAD', 'PUT', 'OPTIONS', 'QUERY'];

const CURRENT: ReadonlyArray<Validators | null> = [
  ABSENT,
  UNTAGGED,
  modified(T),
  tagged('"a"'),
  tagged('"a"', T),
  tagged('W/"a"', T),
  { ...tagged('"a"', T), lastModifiedIsWeak: true },
];

const TAG_FIELDS: ReadonlyArray<FieldValue | undefined> = [
  undefined,
  '',
  '*',
  'a',
  'W/"a"',
  ['"b"', '"a"'],
  '"b"',
];
const DATE_FIELDS: ReadonlyArray<FieldValue | undefined> = [undefined, T, T_MINUS_1];
const RANGE_FIELDS: ReadonlyArray<Pick<ConditionalRequest, 'range' | 'ifRange'>> = [
  {},
  { ifRange: '"b"' },
  ...['"a"', '"b"', T, 'a'].map((ifRange) => ({ range: A_RANGE, ifRange })),
];

const POLICIES: readonly Policy[] = [
  {},
  { malformed: 400, onMissing: 'perform' },
  { ifMatch: 'weak', query: true },
  { malformed: 400, ifMatch: 'weak', onMissing: 'perform', query: true },
];

/** Every combination of the domains above: some 370,000 decisions over all representations and policies. */
const REQUESTS: readonly ConditionalRequest[] = METHODS.flatMap((method) =>
  TAG_FIELDS.flatMap((ifMatch) =>
    TAG_FIELDS.flatMap((ifNoneMatch) =>
      DATE_FIELDS.flatMap((ifUnmodifiedSince) =>
        DATE_FIELDS.flatMap((ifModifiedSince) =>
          RANGE_FIELDS.map((rangeFields) => ({
            method,
            now: NOW,
            ifMatch,
            ifNoneMatch,
            ifUnmodifiedSince,
            ifModifiedSince,
            ...rangeFields,
          })),
        ),
      ),
    ),
  ),
);

describe('R-13.2.2-a every combination of fields, methods and representations', () => {
  test.each(POLICIES)('is decided as the text of section 13.2.2 decides it, with the policy %j', (policy) => {
    const disagreements: unknown[] = [];
    for (const request of REQUESTS) {
      for (const current of CURRENT) {
        const ours = JSON.stringify(verdictOf(evaluate(request, current, policy)));
        const reference = JSON.stringify(referenceVerdict(request, current, policy));
        if (ours !== reference) disagreements.push({ request, current, ours, reference });
      }
    }

    expect(disagreements.slice(0, 3)).toStrictEqual([]);
  });
});
