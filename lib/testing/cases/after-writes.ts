import { type CaseRow, hasMethod, NEEDS } from '../case-row.js';
import { expectStatus, expectSuccess } from '../expectations.js';
import { Mismatch } from '../mismatch.js';
import type { Stage } from '../stage.js';
import type { Answer } from '../types.js';
import { contentFor, withAbsent, withResource } from './written.js';

const OLD_TAG = 'the tag was set before the handler ran, as is right for a read';

/** What holds after a change, given the answer to it and the tag before it. */
interface ChangeRow extends Pick<CaseRow, 'id' | 'requirements' | 'cause'> {
  readonly title: (method: string) => string;
  readonly examine: (change: {
    readonly stage: Stage;
    readonly method: string;
    readonly path: string;
    readonly before: string;
    readonly reply: Answer;
  }) => Promise<void>;
}

const CHANGES: readonly ChangeRow[] = [
  {
    id: 'reply.no-old-tag',
    title: (method) => `the answer to a ${method} does not have the tag that was current before it`,
    requirements: ['R-8.8-a'],
    cause: OLD_TAG,
    async examine({ reply, before }) {
      if (reply.field('ETag') === before) throw new Mismatch(reply, `no ETag, or another than ${before}`);
    },
  },
  {
    id: 'reply.tag-fits',
    title: (method) => `a tag on the answer to a ${method} is that of the next GET`,
    requirements: ['R-9.3.4-a', 'R-9.3.4-b', 'R-5789-2.1-a'],
    cause:
      "it is the hash of the answer's own content, as Express makes it: a client that goes by it is refused for ever",
    async examine({ stage, path, reply }) {
      const told = reply.field('ETag');
      if (told === undefined) return;
      const { etag } = await stage.read(path);
      if (told !== etag) throw new Mismatch(reply, `no ETag, or ${etag}, which the next GET has`);
    },
  },
  {
    id: 'new-tag',
    title: (method) => `after a ${method} the tag is another, and the old one is refused`,
    requirements: ['R-8.8.1-a'],
    cause: 'the version is not part of what is written, or it is kept somewhere for a while',
    async examine({ stage, method, path, before, reply }) {
      const { etag } = await stage.read(path);
      if (etag === before) throw new Mismatch(reply, `another tag than ${before} on the next GET`);
      expectStatus(await stage.send(method, path, [['If-Match', before]], contentFor(stage, method)), 412);
    },
  },
];

const AFTER_CHANGES: readonly CaseRow[] = ['PUT', 'PATCH'].flatMap((method) =>
  CHANGES.map(({ id, title, examine, ...row }) => ({
    ...row,
    id: `${method.toLowerCase()}.${id}`,
    title: title(method),
    level: 'must',
    features: ['If-Match'],
    needs: [NEEDS.writes, hasMethod(method), NEEDS.strongEtag],
    check: (stage) =>
      withResource(stage, async (path) => {
        const { etag: before } = await stage.read(path);
        const reply = await stage.send(method, path, [['If-Match', before]], contentFor(stage, method));
        expectSuccess(reply);
        await examine({ stage, method, path, before, reply });
      }),
  })),
);

const AFTER_DELETE: CaseRow = {
  id: 'delete.reply.no-tag',
  title: 'the answer to a DELETE has no tag',
  requirements: ['R-9.3.5-a'],
  level: 'should',
  features: ['If-Match'],
  needs: [NEEDS.writes, hasMethod('DELETE'), NEEDS.strongEtag],
  cause: OLD_TAG,
  check: (stage) =>
    withResource(stage, async (path) => {
      const { etag } = await stage.read(path);
      const reply = await stage.send('DELETE', path, [['If-Match', etag]]);
      expectSuccess(reply);
      if (reply.field('ETag') !== undefined) throw new Mismatch(reply, 'no ETag');
    }),
};

/** Where there is nothing yet. */
const CREATIONS: readonly CaseRow[] = [
  {
    id: 'put.absent.if-match',
    title: 'PUT with If-Match creates nothing where nothing is',
    requirements: ['R-13.1.1-b', 'R-13.1.1-d', 'R-13.2.1-d'],
    level: 'must',
    features: ['If-Match'],
    needs: [NEEDS.writes, hasMethod('PUT'), NEEDS.absent],
    cause: 'without a current version the condition is skipped: what somebody has deleted comes back',
    check: (stage) =>
      withAbsent(stage, async (path) => {
        for (const value of ['*', '"x"']) {
          const answer = await stage.send('PUT', path, [['If-Match', value]], contentFor(stage, 'PUT'));
          expectStatus(answer, 412, 404, 410);
          const after = await stage.send('GET', path);
          if (after.status === 200) throw new Mismatch(answer, 'that nothing was created');
        }
      }),
  },
  {
    id: 'put.absent.create-only',
    title: 'PUT with If-None-Match: * creates once',
    requirements: ['R-13.1.2-g', 'R-9.3.4-c'],
    level: 'must',
    features: ['If-None-Match'],
    needs: [NEEDS.writes, hasMethod('PUT'), NEEDS.absent, NEEDS.putCreates],
    cause: 'If-None-Match is evaluated on reads only',
    check: (stage) =>
      withAbsent(stage, async (path) => {
        const once = (): Promise<Answer> =>
          stage.send('PUT', path, [['If-None-Match', '*']], contentFor(stage, 'PUT'));
        expectStatus(await once(), 201);
        expectStatus(await once(), 412);
      }),
  },
];

export const AFTER_WRITES: readonly CaseRow[] = [...AFTER_CHANGES, AFTER_DELETE, ...CREATIONS];
