import { type CaseRow, NEEDS } from '../case-row.js';
import { expectStatus } from '../expectations.js';
import type { Known } from '../known.js';
import type { Stage } from '../stage.js';
import type { Answer, FieldLines } from '../types.js';

/** A conditional read, as data. */
export interface ReadRow extends Pick<CaseRow, 'id' | 'title' | 'requirements' | 'features' | 'cause'> {
  readonly level?: CaseRow['level'];
  /** Default: that there is an ETag. */
  readonly needs?: CaseRow['needs'];
  readonly method?: 'GET' | 'HEAD';
  /** What is sent, given what the resource is known to have. */
  readonly fields: (known: Known) => FieldLines;
  readonly expect: readonly number[];
}

export function readCases(rows: readonly ReadRow[]): CaseRow[] {
  return rows.map(({ method = 'GET', fields, expect, ...row }) => ({
    level: 'must',
    needs: [NEEDS.etag],
    ...row,
    check: (stage) => checkRead(stage, method, fields, expect),
  }));
}

const MOST_ATTEMPTS = 3;

/** Somebody else may change a live resource between the two reads: then the case is tried again. */
async function checkRead(
  stage: Stage,
  method: string,
  fields: (known: Known) => FieldLines,
  expected: readonly number[],
): Promise<void> {
  const { path } = stage.target;
  let answer: Answer | undefined;
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    const before = await stage.read();
    answer = await stage.send(method, path, fields(before));
    if (expected.includes(answer.status) || hasSameValidators(before, await stage.read())) break;
  }
  if (answer) expectStatus(answer, ...expected);
}

function hasSameValidators({ answer: a }: Known, { answer: b }: Known): boolean {
  return ['ETag', 'Last-Modified'].every((name) => a.field(name) === b.field(name));
}
