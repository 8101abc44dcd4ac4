import { describe, expect, test } from '@jest/globals';
import type { Express, Request, RequestHandler, Response } from 'express';
import { memoryLock, preconditions, SKIP } from '../../../lib/index.js';
import type { ProviderAnswer } from '../../../lib/index.js';
import { mustNotRun, recordErrors, throwing } from '../../helpers/apps.js';
import { Arrivals, settled } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { rawRequest } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { WatchedLock } from '../../locks/watched-lock.js';
import { V1 } from './stage.js';

/** One of several middleware, one behind the other, and the lock that it takes. */
interface Layer {
  readonly lock: WatchedLock;
  readonly key?: string;
  readonly answer?: ProviderAnswer;
  readonly lease?: number;
}

describe.each(EXPRESS_VERSIONS)('one lock behind another, $name', ({ express }) => {
  const lockA = (): WatchedLock => new WatchedLock(memoryLock());

  function appOf(layers: readonly Layer[], handler: RequestHandler): { app: Express; errors: unknown[] } {
    const app = express();
    for (const { lock, key = '/', answer = V1, lease = 30_000 } of layers) {
      app.use(preconditions(() => answer, { lock: { lock, key: () => key, wait: 50, lease } }));
    }
    app.use(handler);
    return { app, errors: recordErrors(app) };
  }

  const put = (app: Express): Promise<number> =>
    withServer(app, async (port) => (await rawRequest(port, ['PUT /', 'If-Match: "1"'])).status);

  test('of the same key is not waited for, and given back once', async () => {
    const lock = lockA();
    const holders: number[] = [];
    const { app } = appOf([{ lock }, { lock }, { lock }], async (_req, res) => {
      await settled();
      holders.push(lock.holders);
      res.json({});
    });
    expect([await put(app), holders]).toEqual([200, [1]]);
    expect([lock.taken, lock.givenBack.count]).toEqual([1, 1]);
  });

  test('of another key, or another lock, is taken as well', async () => {
    const [one, two] = [lockA(), lockA()];
    const holders: number[] = [];
    const layers = [
      { lock: one, key: 'list' },
      { lock: one, key: 'item' },
      { lock: two, key: 'list' },
    ];
    const { app } = appOf(layers, async (_req, res) => {
      await settled();
      holders.push(one.holders, two.holders);
      res.json({});
    });
    expect([await put(app), holders]).toEqual([200, [2, 1]]);
    expect([one.givenBack.count, two.givenBack.count, one.holders, two.holders]).toEqual([2, 1, 0, 0]);
  });

  test('is not waited for where the request has it already, with others in between', async () => {
    const [one, two] = [lockA(), lockA()];
    const { app } = appOf([{ lock: one }, { lock: two }, { lock: one }, { lock: two }], (_req, res) => {
      res.json({});
    });
    expect(await put(app)).toBe(200);
    expect([one.taken, two.taken, one.holders, two.holders]).toEqual([1, 1, 0, 0]);
  });

  test('is taken where the provider of the first one had no opinion', async () => {
    const lock = lockA();
    const holders: number[] = [];
    const { app } = appOf([{ lock, answer: SKIP }, { lock }], async (_req, res) => {
      await settled();
      holders.push(lock.holders);
      res.json({});
    });
    expect([await put(app), holders]).toEqual([200, [1]]);
    expect([lock.taken, lock.givenBack.count]).toEqual([2, 2]);
  });

  test('is held on where the provider of the second one has no opinion', async () => {
    const lock = lockA();
    const holders: number[] = [];
    const { app } = appOf([{ lock }, { lock, answer: SKIP }], async (_req, res) => {
      await settled();
      holders.push(lock.holders);
      res.json({});
    });
    expect([await put(app), holders]).toEqual([200, [1]]);
    expect(lock.givenBack.count).toBe(1);
  });

  const endings: readonly [string, RequestHandler][] = [
    ['it answers', (_req, res) => res.json({})],
    [
      'it throws',
      () => {
        throw new Error('mine');
      },
    ],
    [
      'it throws when the header section is sent',
      (_req, res) => {
        res.write('begun');
        throw new Error('mine');
      },
    ],
    ['it destroys the response', (_req, res) => res.destroy()],
  ];

  test.each(endings)('all are given back when the handler is through: %s', async (_how, handler) => {
    const [one, two, three] = [lockA(), lockA(), lockA()];
    const { app } = appOf([{ lock: one }, { lock: two }, { lock: three }], handler);
    await put(app).catch(() => {});
    await Promise.all([one, two, three].map((lock) => lock.givenBack.next()));
    await settled();
    expect([one, two, three].map((lock) => [lock.taken, lock.givenBack.count])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
  });

  test('the first one is given back when the second one cannot be had', async () => {
    const [one, two] = [lockA(), lockA()];
    let letGo = (): void => {};
    const other = two.withLock('/', () => {
      return new Promise<void>((resolve) => {
        letGo = resolve;
      });
    });
    const { app, errors } = appOf([{ lock: one }, { lock: two }], mustNotRun);
    expect(await put(app)).toBe(503);
    await one.givenBack.next();
    expect(errors).toMatchObject([{ code: 'ERR_LOCK_TIMEOUT' }]);
    letGo();
    await other;
    expect([one.holders, two.taken]).toEqual([0, 1]);
  });

  test('all are given back when one behind stops the request, and nobody answers', async () => {
    const [one, two] = [lockA(), lockA()];
    const app = express();
    app.use(preconditions(() => V1, { lock: one }));
    const failing = throwing(new Error('mine'));
    app.use(preconditions(failing, { lock: two }), preconditions(failing, { lock: one }), mustNotRun);
    const answerLater = new Arrivals<Response>();
    app.use((_error: unknown, _req: Request, res: Response, _next: unknown) => answerLater.add(res));
    const status = put(app);
    await Promise.all([one.givenBack.next(), two.givenBack.next()]);
    (await answerLater.next()).status(500).end();
    expect([await status, one.givenBack.count, two.givenBack.count]).toEqual([500, 1, 1]);
  });

  test.each([0, 1])('the answer is 503 when one of them is lost: %i', async (lost) => {
    const locks = [lockA(), lockA()];
    const runs = new Arrivals<{ req: Request; res: Response }>();
    const { app, errors } = appOf(
      locks.map((lock) => ({ lock })),
      (req, res) => runs.add({ req, res }),
    );
    const status = put(app);
    const { res } = await runs.next();
    (await locks[lost]!.asked.next()).limits.onLost!(new Error('gone'));
    res.json({});
    expect([await status, errors]).toMatchObject([503, [{ code: 'ERR_LOCK_LOST' }]]);
    await settled();
    expect(locks.map((lock) => lock.givenBack.count)).toEqual([1, 1]);
  });

  test('the signal of one that is shared is that of the first', async () => {
    const lock = lockA();
    const runs = new Arrivals<{ req: Request; res: Response }>();
    const { app } = appOf([{ lock }, { lock }], (req, res) => runs.add({ req, res }));
    const status = put(app);
    const { req, res } = await runs.next();
    (await lock.asked.next()).limits.onLost!(new Error('gone'));
    expect(req.precondition!.signal).toMatchObject({ aborted: true, reason: { code: 'ERR_LOCK_LOST' } });
    res.json({});
    expect(await status).toBe(503);
  });
});
