import { describe, expect, test } from '@jest/globals';
import { CASES } from '../../lib/testing/cases/index.js';
import { conformance } from '../../lib/testing/index.js';
import { Mismatch } from '../../lib/testing/mismatch.js';
import { failureOf } from './cases-of.js';
import { FAULTS } from './planted-faults.cases.js';
import { ReferenceServer } from './reference/server.js';
import { referenceTarget } from './reference/target.js';

/** What a server without faults is to pass: with required conditions what is about them, and the rest without. */
const CORRECT = [false, true].flatMap((required) =>
  conformance(referenceTarget(new ReferenceServer(), required)).filter(
    ({ id, applies }) => applies && isAboutRequired(id) === required,
  ),
);

describe('a server without faults', () => {
  test('has what every case is about', () => {
    expect(new Set(CORRECT.map(({ id }) => id))).toEqual(new Set(CASES.map(({ id }) => id)));
  });

  test.each(CORRECT)('passes $id: $title', ({ run: check }) => check());
});

describe.each(FAULTS)('a server that $title', ({ Server, noticedBy }) => {
  test.each(noticedBy)('fails %s', async (id) => {
    const failure = await failureOf(referenceTarget(new Server(), isAboutRequired(id)), id);
    // Not because it cannot be reached, or crashes.
    expect(failure?.cause).toBeInstanceOf(Mismatch);
    expect(failure?.answer?.status).not.toBe(500);
  });
});

test('every case is failed by a server with a fault', () => {
  const noticing = new Set(FAULTS.flatMap(({ noticedBy }) => noticedBy));
  expect(CORRECT.map(({ id }) => id).filter((id) => !noticing.has(id))).toEqual([]);
});

function isAboutRequired(id: string): boolean {
  return id.includes('.required.');
}
