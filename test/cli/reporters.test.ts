import { describe, expect, test } from '@jest/globals';
import { asJson } from '../../lib/cli/reporters/json.js';
import { asJUnit } from '../../lib/cli/reporters/junit.js';
import { asTable } from '../../lib/cli/reporters/table.js';
import type { Failure, Report, Result } from '../../lib/cli/report.js';
import { exitStatus } from '../../lib/cli/report.js';
import { stylesFor } from '../../lib/cli/styles.js';

const PLAIN = stylesFor({ stdout: { write: () => {} }, env: {} }, false);

/** In bold, and red. */
const LOUD =
  '\u001b[1m\u001b[31mThere was hardly anything to check: the resource has neither ETag nor Last-Modified, ' +
  'by which a condition could name its version.\u001b[39m\u001b[22m';

function result(id: string, more: Partial<Result> = {}): Result {
  return {
    id,
    title: `the title of ${id}`,
    group: 'A group',
    requirements: ['R-13.1.1-a'],
    level: 'must',
    outcome: 'passed',
    reason: undefined,
    failure: undefined,
    milliseconds: 20,
    ...more,
  };
}

function failed(id: string, level: Result['level'], failure: Partial<Failure> = {}): Result {
  const said = { expected: '412', status: 200, explanation: 'not so: <it> & "more"\n', ...failure };
  return result(id, { level, outcome: 'failed', failure: said });
}

function notApplicable(id: string, reason: string): Result {
  return result(id, { outcome: 'not-applicable', reason, milliseconds: 0 });
}

function report(results: readonly Result[], more: Partial<Report> = {}): Report {
  return {
    url: 'http://127.0.0.1:3000/notes/1',
    found: {
      etag: 'weak',
      lastModified: false,
      ranges: true,
      absentPath: undefined,
      fields: [],
      writes: undefined,
    },
    features: undefined,
    level: 'should',
    results,
    interrupted: false,
    milliseconds: 1234,
    ...more,
  };
}

describe('The exit status', () => {
  test.each([
    { what: 'nothing has failed', results: [result('a'), notApplicable('b', 'why')], status: 0 },
    { what: 'what must be is not', results: [result('a'), failed('b', 'must')], status: 1 },
    { what: 'only a may is not', results: [failed('a', 'may')], status: 0 },
  ])('is $status when $what', ({ results, status }) => {
    expect(exitStatus(report(results))).toBe(status);
  });

  test('is 130 when it was interrupted, whatever has failed', () => {
    expect(exitStatus(report([failed('a', 'must')], { interrupted: true }))).toBe(130);
  });
});

describe('The table', () => {
  test('has a line for each case that was run, and one for all that were not for one reason', () => {
    const text = asTable(
      report([
        result('a'),
        notApplicable('b', 'it has no b'),
        failed('c', 'must'),
        notApplicable('d', 'it has no d'),
        notApplicable('e', 'it has no b'),
        result('f', { outcome: 'skipped', reason: 'left out by --skip' }),
        result('g', { group: 'Another', outcome: 'not-run', reason: 'not run' }),
      ]),
      PLAIN,
    );
    expect(text).toBe(`\
http://127.0.0.1:3000/notes/1
  ETag           weak
  Last-Modified  none
  Ranges         served
  Not found      no path that is answered 404; --absent names one
  Writes         not checked; --write says how to

A group
  ✓ the title of a
  ✗ the title of c (c, must)
  – 2 cases (do not apply: it has no b)
  – the title of d (does not apply: it has no d)
  – the title of f (left out by --skip)

Another
  – the title of g (not run)

✗ c (must)
  not so: <it> & "more"

1 passed, 1 failed, 3 not applicable, 1 skipped, 1 not run (1.2 s)
To run one again: --only c. To leave out what is known and meant: --skip with its id.
`);
  });

  test('says how many failures do not count', () => {
    const results = [failed('a', 'should'), failed('b', 'must'), failed('c', 'may')];
    expect(asTable(report(results, { level: 'must' }), PLAIN)).toContain(
      '\n2 failures do not count: --level must.\n',
    );
    expect(asTable(report(results, { level: 'may' }), PLAIN)).not.toContain('not count');
  });

  test.each([
    { has: 'neither ETag nor Last-Modified', says: 'says' },
    { has: 'an ETag', etag: 'weak' as const, says: 'does not say' },
    { has: 'Last-Modified', lastModified: true, says: 'does not say' },
    { has: 'neither, and was claimed to have more', features: ['304' as const], says: 'does not say' },
  ])('$says of a resource that has $has that there was hardly anything to check', (row) => {
    const { etag, lastModified = false, features, says } = row;
    const text = asTable(
      report([result('a')], { found: { ...report([]).found, etag, lastModified }, features }),
      stylesFor({ stdout: { write: () => {}, isTTY: true }, env: {} }, undefined),
    );
    const isSaid = says === 'says';
    expect(text.split('\n').includes(LOUD)).toBe(isSaid);
    expect(text.includes('hardly anything')).toBe(isSaid);
    expect(text.includes('\u001b[32m1 passed')).toBe(!isSaid);
  });

  test('means the same without its colours', () => {
    const results = [result('a'), failed('b', 'must'), notApplicable('c', 'why')];
    const colored = stylesFor({ stdout: { write: () => {}, isTTY: true }, env: {} }, undefined);
    const text = asTable(report(results), colored);
    expect(text).toContain('\u001b[31m✗\u001b[39m');
    // oxlint-disable-next-line no-control-regex -- that is the point
    expect(text.replace(/\u001b\[\d+m/g, '')).toBe(asTable(report(results), PLAIN));
  });
});

describe('JUnit XML', () => {
  test('has a suite for each group, and counts as CI services do', () => {
    const results = [
      result('a'),
      failed('b', 'must'),
      failed('c', 'may', { status: undefined }),
      notApplicable('d', 'it has no "d"'),
      result('e', { group: 'Another' }),
    ];
    expect(asJUnit(report(results))).toBe(`\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="http-preconditions http://127.0.0.1:3000/notes/1" tests="5" failures="1" errors="0" skipped="2" time="0.080">
  <testsuite name="A group" tests="4" failures="1" errors="0" skipped="2" time="0.060">
    <testcase classname="A group" name="a: the title of a" time="0.020"/>
    <testcase classname="A group" name="b: the title of b" time="0.020"><failure message="expected 412, got 200" type="must">not so: &lt;it&gt; &amp; &quot;more&quot;
</failure></testcase>
    <testcase classname="A group" name="c: the title of c" time="0.020"><skipped message="failed, and does not count: may"/><system-out>not so: &lt;it&gt; &amp; &quot;more&quot;
</system-out></testcase>
    <testcase classname="A group" name="d: the title of d" time="0.000"><skipped message="it has no &quot;d&quot;"/></testcase>
  </testsuite>
  <testsuite name="Another" tests="1" failures="0" errors="0" skipped="0" time="0.020">
    <testcase classname="Another" name="e: the title of e" time="0.020"/>
  </testsuite>
</testsuites>
`);
  });

  test('has no character that XML does not allow', () => {
    const half = '\u{1F600}'.slice(0, 1);
    const text = asJUnit(report([failed('a', 'must', { explanation: `${half}|\uffff|\u{1F600}` })]));
    expect(text).toContain('>\ufffd|\ufffd|\u{1F600}</failure>');
  });
});

describe('JSON', () => {
  test('has every member, with null for what is not there', () => {
    const content = JSON.parse(asJson(report([result('a'), failed('b', 'must')]))) as Record<string, unknown>;
    expect(content).toMatchObject({
      url: 'http://127.0.0.1:3000/notes/1',
      found: { etag: 'weak', lastModified: false, ranges: true, absentPath: null, fields: [], writes: null },
      level: 'should',
      interrupted: false,
      exitStatus: 1,
      milliseconds: 1234,
      summary: { passed: 1, failed: 1, notApplicable: 0, skipped: 0, notRun: 0 },
      cases: [
        {
          id: 'a',
          title: 'the title of a',
          group: 'A group',
          requirements: ['R-13.1.1-a'],
          level: 'must',
          outcome: 'passed',
          reason: null,
          failure: null,
          milliseconds: 20,
        },
        { id: 'b', failure: { expected: '412', status: 200, explanation: 'not so: <it> & "more"\n' } },
      ],
    });
  });
});
