import { type CaseRow, hasMethod, NEEDS } from '../case-row.js';
import { expectStatus, expectSuccess } from '../expectations.js';
import type { Known } from '../known.js';
import { Mismatch } from '../mismatch.js';
import type { Stage } from '../stage.js';
import type { Answer, FieldLines } from '../types.js';
import { contentFor, expectUnchanged, withResource } from './written.js';

/** A conditional write to a resource that exists, as data: it is run for each method of the target. */
export interface WriteRow extends Pick<CaseRow, 'id' | 'title' | 'requirements' | 'features' | 'cause'> {
  readonly level?: CaseRow['level'];
  readonly needs?: CaseRow['needs'];
  readonly fields: (known: Known) => FieldLines;
  /** `'performed'`: success, and the resource is another. Statuses: one of them, and nothing was changed. */
  readonly expect: 'performed' | readonly number[];
}

const METHODS = ['PUT', 'PATCH', 'DELETE', 'POST'];

export function writeCases(rows: readonly WriteRow[]): CaseRow[] {
  return METHODS.flatMap((method) =>
    rows.map(({ fields, expect, needs = [NEEDS.etag], level = 'must', ...row }) => ({
      ...row,
      id: `${method.toLowerCase()}.${row.id}`,
      title: `${method} ${row.title}`,
      level,
      needs: [NEEDS.writes, hasMethod(method), ...needs],
      check: (stage) =>
        withResource(stage, async (path) => {
          const before = await stage.read(path);
          const answer = await stage.send(method, path, fields(before), contentFor(stage, method));
          if (expect === 'performed') await expectPerformed(stage, path, before, answer);
          else await expectRefused(stage, path, before, answer, expect);
        }),
    })),
  );
}

async function expectPerformed(stage: Stage, path: string, before: Known, answer: Answer): Promise<void> {
  expectSuccess(answer);
  const after = await stage.send('GET', path);
  const isSame = after.status === 200 && after.body.equals(before.answer.body);
  if (isSame) throw new Mismatch(answer, 'success only if the resource was changed', 'it is as it was');
}

async function expectRefused(
  stage: Stage,
  path: string,
  before: Known,
  answer: Answer,
  statuses: readonly number[],
): Promise<void> {
  expectStatus(answer, ...statuses);
  await expectUnchanged(stage, path, before, answer);
}
