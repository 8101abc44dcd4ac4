import { type CaseRow, hasMethod, NEEDS } from '../case-row.js';
import { isSuccess } from '../expectations.js';
import { Mismatch } from '../mismatch.js';
import type { Stage } from '../stage.js';
import type { Answer, FieldLines } from '../types.js';
import { contentFor, withAbsent, withResource } from './written.js';

const WRITERS = 10;
const ADVISORY =
  'the check and the write are two steps, and the others get in between: the write itself has to assert the version in the store';

function atOnce(stage: Stage, method: string, path: string, fields: FieldLines): Promise<Answer[]> {
  const contents = Array.from({ length: WRITERS }, () => contentFor(stage, method));
  return stage.sendAtOnce(contents, method, path, fields);
}

/** One success, and nothing but refusals beside it. */
function expectOneWinner(answers: readonly Answer[]): void {
  const winners = answers.filter(isSuccess);
  const others = answers.find(
    (answer) => !isSuccess(answer) && ![412, 409, 404, 410].includes(answer.status),
  );
  if (others) throw new Mismatch(others, '412 for those who lose the race');
  if (winners.length === 1) return;
  const found = `${winners.length} of ${WRITERS} concurrent writers with one tag succeeded`;
  throw new Mismatch(winners[0] ?? answers[0], 'one winner', found);
}

function race(method: string): CaseRow {
  return {
    id: `${method.toLowerCase()}.race`,
    title: `of ten requests ${method} at once with one tag, one succeeds`,
    requirements: ['R-13.2.1-m', 'R-13.1.1-e'],
    level: 'must',
    features: ['If-Match', 'atomic writes'],
    needs: [NEEDS.writes, hasMethod(method), NEEDS.strongEtag],
    cause: ADVISORY,
    check: (stage: Stage) =>
      withResource(stage, async (path) => {
        const { etag } = await stage.read(path);
        expectOneWinner(await atOnce(stage, method, path, [['If-Match', etag]]));
      }),
  };
}

export const RACES: readonly CaseRow[] = [
  ...['PUT', 'PATCH', 'DELETE'].map(race),
  {
    id: 'put.absent.race',
    title: 'of ten requests PUT at once with If-None-Match: *, one creates',
    requirements: ['R-13.1.2-g', 'R-13.2.1-m'],
    level: 'must',
    features: ['If-None-Match', 'atomic writes'],
    needs: [NEEDS.writes, hasMethod('PUT'), NEEDS.absent, NEEDS.putCreates],
    cause: ADVISORY,
    check: (stage) =>
      withAbsent(stage, async (path) => {
        expectOneWinner(await atOnce(stage, 'PUT', path, [['If-None-Match', '*']]));
      }),
  },
];
