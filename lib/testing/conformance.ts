import { type CaseRow, missingIn } from './case-row.js';
import { CASES } from './cases/index.js';
import { ConformanceError } from './conformance-error.js';
import { withOrigin } from './http/origin.js';
import { Stage } from './stage.js';
import type { ConformanceCase, Target } from './types.js';

/**
 * What RFC 9110 asks of an API about preconditions, as cases to be looped over in jest, vitest, node:test or anything else:
 *
 *     for (const { title, applies, run } of conformance({ server: app, path: '/notes/1', etag: 'strong' }))
 *       (applies ? test : test.skip)(title, run);
 *
 * What the target does not have does not apply; it is never passed. Reads alone are made unless the target says how to write.
 */
export function conformance(target: Target): ConformanceCase[] {
  return CASES.map((row) => caseOf(row, target));
}

function caseOf(row: CaseRow, target: Target): ConformanceCase {
  const { id, title, requirements, level } = row;
  const [reason] = missingIn(row, target);
  return {
    id,
    title,
    requirements,
    level,
    applies: reason === undefined,
    reason,
    run: () => run(row, target, reason),
  };
}

async function run(row: CaseRow, target: Target, reason: string | undefined): Promise<void> {
  if (reason !== undefined) throw new Error(`"${row.title}" does not apply: ${reason}.`);
  try {
    await withOrigin(target.server, (origin) => row.check(new Stage(target, origin)));
  } catch (failure) {
    throw new ConformanceError(row, failure);
  }
}
