import { describe, expect, jest, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { fieldOf, RawConnection, rawRequest, requestOctets } from '../../helpers/raw-http.js';
import { settled } from '../../helpers/arrivals.js';
import { mustNotRun } from '../../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { withServer } from '../../helpers/server.js';
import { Holder } from '../../locks/lock-contract.js';
import type { Run, Setup, Stage } from './stage.js';
import { stage } from './stage.js';

type Exchange = Pick<Run, 'req' | 'res'>;

/** Who listens for the end of a connection; Node itself does not. */
const listeners = ({ req, res }: Exchange): number[] => [
  req.listenerCount('close'),
  res.listenerCount('close'),
];

describe.each(EXPRESS_VERSIONS)('a write that waits for the lock, $name', ({ express }) => {
  /** A stage on which somebody else holds the lock of `/`. */
  async function heldStage(setup: Setup = {}): Promise<Stage & { holder: Holder; exchanges: Exchange[] }> {
    const exchanges: Exchange[] = [];
    const before: RequestHandler = (req, res, next) => {
      exchanges.push({ req, res });
      next();
    };
    const all = stage(express, { before: [before], ...setup });
    const holder = new Holder(all.lock, '/');
    await holder.held;
    await all.lock.asked.next();
    return { ...all, holder, exchanges };
  }

  test('goes on when it is given back, one after the other in the order in which they came', async () => {
    const { app, lock, runs, holder } = await heldStage();
    await withServer(app, async (port) => {
      const responses = [];
      for (const name of ['a', 'b', 'c']) {
        responses.push(rawRequest(port, ['PUT /', `X-Name: ${name}`]));
        await lock.asked.next();
      }
      await settled();
      expect(runs.count).toBe(0);
      await holder.letGo();
      for (const name of ['a', 'b', 'c']) {
        const { req, res } = await runs.next();
        expect([req.get('X-Name'), lock.holders]).toEqual([name, 1]);
        res.json(name);
      }
      expect((await Promise.all(responses)).map(({ body }) => body.toString())).toEqual([
        '"a"',
        '"b"',
        '"c"',
      ]);
    });
  });

  test('evaluates its conditions when it has the lock, not before', async () => {
    let version = 1;
    const asked = jest.fn(() => ({ etag: `"${version}"` as const }));
    const { app, lock, holder } = await heldStage({ handler: mustNotRun, provider: asked });
    await withServer(app, async (port) => {
      const response = rawRequest(port, ['PUT /', 'If-Match: "1"']);
      await lock.asked.next();
      await settled();
      expect(asked).not.toHaveBeenCalled();
      version = 2;
      await holder.letGo();
      expect((await response).status).toBe(412);
    });
  });

  test('is answered 503 when it has waited long enough, with the advice to try again', async () => {
    const { app, lock, holder } = await heldStage({
      lock: { wait: 30 },
      handler: mustNotRun,
      answersErrors: false,
    });
    await withServer(app, async (port) => {
      const response = await rawRequest(port, ['PUT /'], 'content');
      expect([response.status, fieldOf(response, 'Retry-After')]).toEqual([503, '1']);
      const { limits } = await lock.asked.next();
      expect(limits.signal).toMatchObject({ aborted: true, reason: { code: 'ERR_LOCK_TIMEOUT' } });
    });
    await holder.letGo();
    await settled();
    expect([lock.taken, lock.holders]).toEqual([1, 0]);
  });

  test('tells the error handlers why', async () => {
    const { app, errors, holder } = await heldStage({ lock: { wait: 20 }, handler: mustNotRun });
    await withServer(app, async (port) => {
      expect((await rawRequest(port, ['PUT /'])).status).toBe(503);
    });
    expect(errors).toMatchObject([
      { code: 'ERR_LOCK_TIMEOUT', status: 503, expose: false, headers: { 'Retry-After': '1' } },
    ]);
    expect(String(errors[0])).toContain('The lock "/" was held by others');
    await holder.letGo();
  });

  test('is not waited with by a timer once it has the lock, or is over', async () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const cleared = jest.spyOn(globalThis, 'clearTimeout');
    try {
      const { app, lock, runs, holder } = await heldStage({ lock: { wait: 123_456, lease: 234_567 } });
      await withServer(app, async (port) => {
        const timerOf = (delay: number): unknown =>
          timers.mock.results[timers.mock.calls.findIndex(([, given]) => given === delay)]?.value;
        const isCleared = (delay: number): boolean =>
          cleared.mock.calls.some(([id]) => id === timerOf(delay));
        const response = rawRequest(port, ['PUT /']);
        await lock.asked.next();
        expect([isCleared(123_456), timerOf(234_567)]).toEqual([false, undefined]);
        await holder.letGo();
        const { res } = await runs.next();
        expect([isCleared(123_456), isCleared(234_567)]).toEqual([true, false]);
        res.json({});
        await response;
        expect(isCleared(234_567)).toBe(true);
      });
    } finally {
      jest.restoreAllMocks();
    }
  });

  test('is not begun for a client that hangs up meanwhile', async () => {
    const { app, lock, errors, holder, exchanges } = await heldStage({ handler: mustNotRun });
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(['PUT /'], 'content'));
      const { limits } = await lock.asked.next();
      const { res } = exchanges[0]!;
      const closed = new Promise((resolve) => {
        res.once('close', resolve);
      });
      connection.destroy();
      await closed;
      expect(errors).toMatchObject([{ code: 'ERR_REQUEST_ABORTED', status: 400 }]);
      expect(limits.signal!.reason).toBe(errors[0]);
      await holder.letGo();
      await settled();
      expect([lock.taken, errors.length]).toEqual([1, 1]);
      expect(listeners(exchanges[0]!)).toEqual([0, 0]);
    });
  });

  test('listens for the departure of its client as long as it waits', async () => {
    const { app, lock, runs, holder, exchanges } = await heldStage({ lock: { wait: 40 } });
    await withServer(app, async (port) => {
      const inVain = rawRequest(port, ['PUT /']);
      await lock.asked.next();
      expect(listeners(exchanges[0]!)).toEqual([0, 1]);
      expect((await inVain).status).toBe(503);
      expect(listeners(exchanges[0]!)).toEqual([0, 0]);
      const response = rawRequest(port, ['PUT /']);
      await lock.asked.next();
      expect(listeners(exchanges[1]!)).toEqual([0, 1]);
      await holder.letGo();
      const { res } = await runs.next();
      expect(listeners(exchanges[1]!)).toEqual([0, 0]);
      res.end();
      await response;
    });
  });

  test('is not begun when somebody else has answered meanwhile', async () => {
    const { app, lock, errors, holder, exchanges } = await heldStage({
      handler: mustNotRun,
      provider: () => {
        throw new Error('The provider was asked.');
      },
    });
    await withServer(app, async (port) => {
      const response = rawRequest(port, ['PUT /']);
      await lock.asked.next();
      exchanges[0]!.res.status(418).json('enough');
      await holder.letGo();
      expect((await response).status).toBe(418);
      await settled();
      expect([lock.holders, errors]).toEqual([0, []]);
    });
  });

  test('is stopped when somebody else has begun to answer meanwhile', async () => {
    const { app, lock, errors, holder, exchanges } = await heldStage({ handler: mustNotRun });
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(['PUT /']));
      await lock.asked.next();
      exchanges[0]!.res.status(200).write('begun');
      await holder.letGo();
      expect((await connection.rest()).match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
      expect(errors).toMatchObject([{ code: 'ERR_RESPONSE_SENT' }]);
      expect(lock.holders).toBe(0);
    });
  });
});
