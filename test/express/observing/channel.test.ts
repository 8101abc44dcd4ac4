import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { PreconditionFailedError, preconditions, SKIP, strong } from '../../../lib/index.js';
import type { DecisionMessage, PreconditionsOptions, ProviderAnswer } from '../../../lib/index.js';
import { ask, recordErrors } from '../../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';

const CHANNEL = 'http-preconditions:decision';
const V1 = { etag: strong('v1') };

interface Row {
  readonly title: string;
  readonly lines: readonly string[];
  readonly answer?: ProviderAnswer;
  readonly options?: PreconditionsOptions;
  readonly expected: Partial<DecisionMessage>;
}

const asked = expect.any(Number) as unknown as number;
const performed = (reason: string): object => expect.objectContaining({ outcome: 'perform', reason });

const ROWS: readonly Row[] = [
  {
    title: 'a read that is performed',
    lines: ['GET /notes/7', 'If-None-Match: "v0"'],
    expected: { decision: performed('passed') as never, status: undefined, providerDuration: asked },
  },
  {
    title: 'a read without a condition',
    lines: ['GET /notes/7'],
    expected: { decision: performed('no-condition') as never, status: undefined, providerDuration: asked },
  },
  {
    title: 'a 304',
    lines: ['GET /notes/7', 'If-None-Match: "v1"'],
    expected: {
      decision: { outcome: 'not-modified', status: 304, field: 'If-None-Match', reason: 'match', step: 3 },
      status: 304,
      providerDuration: asked,
    },
  },
  {
    title: 'a 412',
    lines: ['PUT /notes/7', 'If-Match: "v0"'],
    expected: {
      decision: { outcome: 'failed', status: 412, field: 'If-Match', reason: 'no-match', step: 1 },
      status: 412,
      providerDuration: asked,
    },
  },
  {
    title: 'a 400',
    lines: ['PUT /notes/7', 'If-Match: v1'],
    options: { malformed: 400 },
    expected: { status: 400, providerDuration: asked },
  },
  {
    title: 'a 428',
    lines: ['PUT /notes/7'],
    options: { required: ['PUT'] },
    expected: { decision: performed('no-condition') as never, status: 428, providerDuration: asked },
  },
  {
    title: 'a write that is performed',
    lines: ['DELETE /notes/7', 'If-Match: "v1"'],
    expected: { decision: performed('passed') as never, status: undefined, providerDuration: asked },
  },
  {
    title: 'a write without a condition, for which the provider is not asked',
    lines: ['PUT /notes/7'],
    expected: {
      decision: performed('no-condition') as never,
      status: undefined,
      providerDuration: undefined,
    },
  },
  {
    title: 'a method to which conditions do not apply',
    lines: ['OPTIONS /notes/7', 'If-Match: "v1"'],
    expected: { decision: performed('method') as never, status: undefined, providerDuration: undefined },
  },
];

describe.each(EXPRESS_VERSIONS)('the channel of decisions, $name', ({ express }) => {
  const messages: DecisionMessage[] = [];
  const keep = (message: unknown): void => void messages.push(message as DecisionMessage);
  beforeEach(() => {
    messages.length = 0;
    subscribe(CHANNEL, keep);
  });
  afterEach(() => void unsubscribe(CHANNEL, keep));

  function app({ answer = V1, options = {} }: Partial<Row> = {}): Express {
    const notes = express.Router();
    notes.all(
      '/:id',
      preconditions(() => answer, { warnings: false, ...options }),
      (_req, res) => void res.json({}),
    );
    return express().use('/notes', notes);
  }

  test.each(ROWS)('tells of $title', async ({ lines, expected, ...row }) => {
    await ask(app(row), lines);
    expect(messages).toEqual([
      expect.objectContaining({ route: '/notes/:id', lostRace: false, ...expected }),
    ]);
    expect(messages[0]!.request.method).toBe(lines[0]!.split(' ')[0]);
  });

  test('tells before anything is answered', async () => {
    const begun: boolean[] = [];
    const look = (message: unknown): void =>
      void begun.push((message as DecisionMessage).response.headersSent);
    subscribe(CHANNEL, look);
    for (const { lines, expected: _, ...row } of ROWS) await ask(app(row), lines);
    unsubscribe(CHANNEL, look);
    expect(begun).toEqual(ROWS.map(() => false));
  });

  test.each(['fail()', 'a thrown PreconditionFailedError'])(
    'tells of a race that is lost after the check, by %s',
    async (way) => {
      const racing = express();
      racing.put(
        '/:id',
        preconditions(() => V1),
        (req) => {
          if (way === 'fail()') return req.precondition.fail();
          throw new PreconditionFailedError();
        },
      );
      await ask(racing, ['PUT /7', 'If-Match: "v1"']);
      const lost = { route: '/:id', status: 412, providerDuration: undefined, lostRace: true };
      expect(messages).toEqual([
        expect.objectContaining({ status: undefined, lostRace: false }),
        expect.objectContaining({ ...lost, decision: expect.objectContaining({ reason: 'no-match' }) }),
      ]);
    },
  );

  test('says how long the provider took, in milliseconds', async () => {
    const slow = express();
    const later = (): Promise<null> => new Promise((resolve) => void setTimeout(resolve, 50, null));
    slow.get('/', preconditions(later), (_req, res) => void res.end());
    await ask(slow, ['GET /']);
    expect(messages[0]!.providerDuration).toBeGreaterThanOrEqual(49);
    expect(messages[0]!.providerDuration).toBeLessThan(3000);
  });

  test('knows no route where none was chosen', async () => {
    const all = express();
    all.use(
      preconditions(() => V1),
      (_req, res) => void res.end(),
    );
    await ask(all, ['GET /notes/7']);
    expect(messages).toEqual([expect.objectContaining({ route: undefined })]);
  });

  test('tells of each middleware that a request passes', async () => {
    const nested = express();
    nested.use(preconditions(() => V1));
    nested.get(
      '/',
      preconditions(() => V1),
      (_req, res) => void res.end(),
    );
    await ask(nested, ['GET /']);
    expect(messages.map(({ route }) => route)).toEqual([undefined, '/']);
  });

  test('is silent where nothing is decided: a provider that skips or fails', async () => {
    const undecided = express();
    undecided.use(
      '/skip',
      preconditions(() => SKIP),
      (_req, res) => void res.end(),
    );
    undecided.use(
      '/fail',
      preconditions(() => Promise.reject(new Error('No.'))),
    );
    recordErrors(undecided);
    for (const path of ['/skip', '/fail']) await ask(undecided, [`GET ${path}`]);
    expect(messages).toEqual([]);
  });
});
