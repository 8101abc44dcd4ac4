import { type CaseRow, hasMethod, NEEDS } from '../case-row.js';
import { expectStatus } from '../expectations.js';
import { Mismatch } from '../mismatch.js';
import type { FieldLines } from '../types.js';
import { contentFor, expectUnchanged, withResource } from './written.js';

/** Each of them has to be ignored, so that the request is not conditional. */
const NO_CONDITIONS: readonly { readonly id: string; readonly what: string; readonly fields: FieldLines }[] =
  [
    { id: 'none', what: 'without a condition', fields: [] },
    {
      id: 'invalid-date',
      what: 'with an If-Unmodified-Since that is no date',
      fields: [['If-Unmodified-Since', 'today']],
    },
    {
      id: 'modified-since',
      what: 'with If-Modified-Since alone',
      fields: [['If-Modified-Since', 'Thu, 01 Jan 1970 00:00:00 GMT']],
    },
  ];

export const REQUIRED: readonly CaseRow[] = ['PUT', 'PATCH', 'DELETE'].flatMap((method) =>
  NO_CONDITIONS.map(({ id, what, fields }) => ({
    id: `${method.toLowerCase()}.required.${id}`,
    title: `${method} ${what} is 428, says what to send, and changes nothing`,
    requirements: id === 'none' ? ['R-6585-3-a', 'R-6585-3-b'] : ['R-6585-3-a', 'R-6585-3-f'],
    level: 'should',
    features: ['428'],
    needs: [NEEDS.writes, hasMethod(method), NEEDS.required],
    cause: 'the presence of a field is taken for a condition, or the method was forgotten',
    check: (stage) =>
      withResource(stage, async (path) => {
        const before = await stage.read(path);
        const answer = await stage.send(method, path, fields, contentFor(stage, method));
        expectStatus(answer, 428);
        await expectUnchanged(stage, path, before, answer);
        if (!/if-match/i.test(answer.body.toString()))
          throw new Mismatch(answer, 'content that says how to resubmit: with If-Match');
      }),
  })),
);
