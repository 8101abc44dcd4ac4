import { type CaseRow, NEEDS } from '../case-row.js';
import { expectStatus } from '../expectations.js';
import type { Known } from '../known.js';
import { Mismatch } from '../mismatch.js';
import type { Stage } from '../stage.js';
import type { Answer } from '../types.js';

const SAME = ['Cache-Control', 'Content-Location', 'ETag', 'Vary'];
const PRESENT = ['Date', 'Expires'];
const UNWANTED = ['Content-Type', 'Content-Encoding', 'Content-Language', 'Content-Range'];

type Row = Pick<CaseRow, 'id' | 'title' | 'requirements' | 'level' | 'cause'> & {
  /** The tag to send. Default: the one of the resource. */
  readonly send?: (known: Known) => string;
  readonly examine: (answer: Answer, ok: Answer) => void;
};

const ROWS: readonly Row[] = [
  {
    id: '304.fields',
    title: 'a 304 has the Cache-Control, Content-Location, Date, ETag, Expires and Vary that the 200 has',
    requirements: ['R-15.4.5-b', 'R-12.5.5-a'],
    level: 'must',
    cause:
      'these fields are set by the handler, which a 304 does not reach; caches then keep a copy with the wrong ones',
    examine(answer, ok) {
      for (const name of SAME)
        if (answer.field(name) !== ok.field(name))
          throw new Mismatch(answer, `${name}: ${ok.field(name) ?? '(none)'}, as on the 200`);
      for (const name of PRESENT)
        if (ok.field(name) !== undefined && answer.field(name) === undefined)
          throw new Mismatch(answer, `${name}, which the 200 has`);
    },
  },
  {
    id: '304.current-tag',
    title: 'a 304 has the current tag, not the one of the request',
    requirements: ['R-15.4.5-e'],
    level: 'must',
    cause: 'the tag of the request is sent back',
    send: ({ turned }) => turned,
    examine(answer, ok) {
      if (answer.field('ETag') !== ok.field('ETag'))
        throw new Mismatch(answer, `ETag: ${ok.field('ETag')}, as on the 200`);
    },
  },
  {
    id: '304.content-length',
    title: 'a 304 has no Content-Length but that of the 200',
    requirements: ['R-8.6-a'],
    level: 'must',
    cause: 'the length was set before the status, or it is that of the empty content of the 304',
    examine(answer, ok) {
      const length = answer.field('Content-Length');
      if (length !== undefined && length !== String(ok.body.length))
        throw new Mismatch(answer, `no Content-Length, or ${ok.body.length}, the length of the 200`);
    },
  },
  {
    id: '304.no-metadata',
    title: 'a 304 says nothing else of a content that it does not have',
    requirements: ['R-15.4.5-c', 'R-15.4.5-f'],
    level: 'should',
    cause: 'Content-Type was set before the condition was evaluated; caches copy it over that of the 200',
    examine(answer) {
      const name = UNWANTED.find((unwanted) => answer.field(unwanted) !== undefined);
      if (name !== undefined) throw new Mismatch(answer, `no ${name}`);
    },
  },
  {
    id: '304.date',
    title: 'a 304 has a Date',
    requirements: ['R-6.6.1-a'],
    level: 'must',
    cause: '`sendDate` was turned off',
    examine(answer) {
      if (answer.field('Date') === undefined) throw new Mismatch(answer, 'a Date');
    },
  },
];

async function notModified(
  stage: Stage,
  tagOf: (known: Known) => string,
): Promise<{ answer: Answer; ok: Answer }> {
  const known = await stage.read();
  const answer = await stage.send('GET', stage.target.path, [['If-None-Match', tagOf(known)]]);
  expectStatus(answer, 304);
  return { answer, ok: known.answer };
}

const WITH_FIELDS: readonly CaseRow[] = ROWS.map(({ examine, send = ({ etag }) => etag, ...row }) => ({
  ...row,
  features: ['If-None-Match', '304'],
  needs: [NEEDS.etag],
  async check(stage) {
    const { answer, ok } = await notModified(stage, send);
    examine(answer, ok);
  },
}));

export const NOT_MODIFIED: readonly CaseRow[] = [
  ...WITH_FIELDS,
  {
    id: '304.no-content',
    title: 'nothing follows the header section of a 304',
    requirements: ['R-15.4.5-d'],
    level: 'must',
    features: ['If-None-Match', '304'],
    needs: [NEEDS.etag],
    cause: 'content is written all the same; on a connection that is kept, it is read as the next answer',
    async check(stage) {
      const { etag } = await stage.read();
      const answer = await stage.sendRaw('GET', stage.target.path, [['If-None-Match', etag]]);
      expectStatus(answer, 304);
      if (answer.body.length > 0) throw new Mismatch(answer, 'nothing behind the header section');
    },
  },
  {
    id: 'head.same-tag',
    title: 'HEAD has the tag that GET has',
    requirements: ['R-8.8.3.1-a'],
    level: 'should',
    features: ['If-None-Match'],
    needs: [NEEDS.etag],
    cause: 'the tag of HEAD is that of an empty content',
    async check(stage) {
      const { etag } = await stage.read();
      const head = await stage.send('HEAD', stage.target.path);
      if (head.field('ETag') !== etag) throw new Mismatch(head, `ETag: ${etag}, as on GET`);
    },
  },
];
