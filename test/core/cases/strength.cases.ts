import type { EntityTag } from '../../../lib/core/index.js';
import type { EvaluateCase } from '../fixtures.js';
import { A_RANGE, failed, notModified, passed, rangeIgnored, tagged } from '../fixtures.js';

/** Section C: strong and weak validators, and what each is good for. */
export const STRENGTH: readonly EvaluateCase[] = [
  {
    id: 'R-8.8.1-e',
    title: 'a weak tag serves If-None-Match',
    method: 'GET',
    ifNoneMatch: 'W/"a"',
    current: tagged('W/"a"'),
    expected: notModified('If-None-Match', 'match'),
  },
  {
    id: 'R-8.8.1-e',
    title: 'a weak tag is useless for If-Match',
    method: 'PUT',
    ifMatch: 'W/"a"',
    current: tagged('W/"a"'),
    expected: failed('If-Match', 'weak-tag'),
  },
  {
    id: 'R-8.8.1-e',
    title: 'a weak tag is useless for If-Range',
    method: 'GET',
    range: A_RANGE,
    ifRange: 'W/"a"',
    current: tagged('W/"a"'),
    expected: rangeIgnored('weak-tag'),
  },
  ...(
    [
      { listed: '"1"', current: '"1"', strong: 'match', weak: 'match' },
      { listed: 'W/"1"', current: '"1"', strong: 'weak-tag', weak: 'match' },
      { listed: '"1"', current: 'W/"1"', strong: 'weak-tag', weak: 'match' },
      { listed: 'W/"1"', current: 'W/"1"', strong: 'weak-tag', weak: 'match' },
      { listed: 'W/"1"', current: 'W/"2"', strong: 'no-match', weak: 'no-match' },
      { listed: '"1"', current: '"2"', strong: 'no-match', weak: 'no-match' },
      { listed: 'W/"1"', current: '"2"', strong: 'no-match', weak: 'no-match' },
    ] as const
  ).flatMap(comparisonRows),
  {
    id: 'R-8.8.3.2-c',
    title: 'tags that differ in case do not match',
    method: 'GET',
    ifNoneMatch: '"abc"',
    current: tagged('"AbC"'),
    expected: passed('If-None-Match', 'version'),
  },
  {
    id: 'R-8.8.3.2-c',
    title: 'a tag with a suffix does not match',
    method: 'GET',
    ifNoneMatch: '"abc-gzip"',
    current: tagged('"abc"'),
    expected: passed('If-None-Match', 'version'),
  },
  {
    id: 'R-8.8.3.2-c',
    title: 'a prefix of the current tag does not match',
    method: 'PUT',
    ifMatch: '"ab"',
    current: tagged('"abc"'),
    expected: failed('If-Match', 'no-match'),
  },
  {
    id: 'R-8.8.3.3-a',
    title: 'the tag of the identity coding does not validate the gzip coding',
    method: 'GET',
    ifNoneMatch: '"123-a"',
    current: tagged('"123-b"'),
    expected: passed('If-None-Match', 'version'),
  },
];

interface Comparison {
  readonly listed: EntityTag;
  readonly current: EntityTag;
  readonly strong: 'match' | 'weak-tag' | 'no-match';
  readonly weak: 'match' | 'no-match';
}

/** One line of the table of section 8.8.3.2, seen through If-Match (strong) and If-None-Match (weak). */
function comparisonRows({ listed, current, strong, weak }: Comparison): EvaluateCase[] {
  return [
    {
      id: 'R-8.8.3.2-a',
      title: `If-Match ${listed} against ${current} says ${strong}`,
      method: 'PUT',
      ifMatch: listed,
      current: tagged(current),
      expected: strong === 'match' ? passed('If-Match', 'version') : failed('If-Match', strong),
    },
    {
      id: 'R-8.8.3.2-b',
      title: `If-None-Match ${listed} against ${current} says ${weak}`,
      method: 'GET',
      ifNoneMatch: listed,
      current: tagged(current),
      expected: weak === 'match' ? notModified('If-None-Match', 'match') : passed('If-None-Match', 'version'),
    },
  ];
}
