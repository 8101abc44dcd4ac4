import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { mustNotRun } from '../../helpers/apps.js';
import { Arrivals, settled } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { fieldNames, fieldOf, RawConnection, rawRequest, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { endingLater, holdingBack } from './ends.cases.js';
import { OTHERS, STREAMED, VOUCHING } from './loss.cases.js';
import type { Run, Setup, Stage } from './stage.js';
import { stage } from './stage.js';

const LINES = ['PUT /', 'If-Match: "1"'];
const REASON = new Error('the connection ended');

describe.each(EXPRESS_VERSIONS)('a lock that is lost while the handler runs, $name', ({ express }) => {
  interface Lost extends Stage {
    readonly run: Run;
    readonly port: number;
    readonly response: ReturnType<typeof rawRequest>;
  }

  /** Lends a stage whose handler is running, and whose lock has just been lost. */
  async function afterLoss(setup: Setup, use: (lost: Lost) => Promise<void>): Promise<void> {
    const all = stage(express, setup);
    await withServer(all.app, async (port) => {
      const response = rawRequest(port, LINES, 'content');
      response.catch(() => {});
      const run = await all.runs.next();
      (await all.lock.asked.next()).limits.onLost!(REASON);
      await use({ ...all, run, port, response });
    });
  }

  test.each(VOUCHING)(
    'makes 503 of the answer of the handler: $title',
    async ({ handler, status, errors }) => {
      await afterLoss({}, async ({ run, response, errors: seen, lock }) => {
        handler(run.req, run.res, run.next);
        const { body, ...answer } = await response;
        expect([answer.status, seen]).toMatchObject([status, errors]);
        expect(body.toString()).toBe('');
        expect(fieldNames({ ...answer, body })).not.toEqual(
          expect.arrayContaining([
            expect.stringMatching(/^(etag|last-modified|expires|content-(?!length).*)$/),
          ]),
        );
        expect(fieldOf({ ...answer, body }, 'Cache-Control')).toBe('no-store');
        await settled();
        expect(lock.givenBack.count).toBe(1);
      });
    },
  );

  test.each(OTHERS)(
    'leaves an answer as it is that vouches for nothing: $title',
    async ({ handler, status, errors }) => {
      await afterLoss({}, async ({ run, response, errors: seen }) => {
        try {
          handler(run.req, run.res, run.next);
        } catch (error) {
          run.next(error);
        }
        expect([(await response).status, seen]).toMatchObject([status, errors]);
      });
    },
  );

  test.each(STREAMED)('ends the connection where the answer is streamed: $title', async ({ handler }) => {
    await afterLoss({}, async ({ run, response, errors, lock }) => {
      handler(run.req, run.res, run.next);
      await expect(response).rejects.toThrow('The connection ended');
      await settled();
      expect([lock.givenBack.count, errors]).toEqual([1, []]);
    });
  });

  test('advises to try again, where Express answers', async () => {
    await afterLoss({ answersErrors: false }, async ({ run, response }) => {
      run.res.json({ ok: true });
      const answer = await response;
      expect([answer.status, fieldOf(answer, 'Retry-After')]).toEqual([503, '1']);
    });
  });

  test('tells what was lost, and why', async () => {
    await afterLoss({}, async ({ run, response, errors }) => {
      run.res.json({ ok: true });
      await response;
      expect(errors).toMatchObject([{ code: 'ERR_LOCK_LOST', cause: REASON, expose: false }]);
      expect(String(errors[0])).toContain('The lock "/" was lost while it was needed: the connection ended.');
    });
  });

  const around: readonly [string, RequestHandler[], RequestHandler[]][] = [
    ['before that ends later', [endingLater], []],
    ['behind that ends later', [], [endingLater]],
    ['before that holds back', [holdingBack], []],
    ['behind that holds back', [], [holdingBack]],
  ];

  test.each(around)('makes 503 of the answer with a middleware %s', async (_what, before, behind) => {
    await afterLoss({ before, behind }, async ({ run, response, errors }) => {
      run.res.json({ ok: true });
      expect((await response).status).toBe(503);
      expect(errors).toMatchObject([{ code: 'ERR_LOCK_LOST' }]);
    });
  });

  test('ends the connection in the middle of an answer that has been begun', async () => {
    const { app, lock, runs, errors } = stage(express);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(LINES));
      const { res } = await runs.next();
      const received = once(connection.socket, 'data');
      res.write('begun');
      await received;
      (await lock.asked.next()).limits.onLost!(REASON);
      expect(res.destroyed).toBe(true);
      res.end('and ended');
      const everything = await connection.rest();
      expect(everything).not.toContain('0\r\n\r\n');
      expect([everything.includes('begun'), everything.includes('ended'), errors]).toEqual([true, false, []]);
    });
  });

  test('gives a handler that still waits for content none of the rest', async () => {
    const { app, lock, runs } = stage(express, { lock: { contentLimit: 1 } });
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets([...LINES, 'Content-Length: 10']));
      const { req } = await runs.next();
      (await lock.asked.next()).limits.onLost!(REASON);
      expect(req.destroyed).toBe(true);
      connection.destroy();
    });
  });

  test('takes no harm when the client has left as well', async () => {
    const { app, lock, runs, errors } = stage(express);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(LINES));
      const { res } = await runs.next();
      const closed = once(res, 'close');
      connection.destroy();
      await closed;
      (await lock.asked.next()).limits.onLost!(REASON);
      res.json({ ok: true });
      await settled();
      expect([lock.givenBack.count, errors]).toMatchObject([1, [{ code: 'ERR_LOCK_LOST' }]]);
    });
  });

  test.each([
    ['before', true],
    ['afterwards', false],
  ])(
    'aborts req.precondition.signal with its reason, whoever has looked at it %s',
    async (_when, isFirst) => {
      const { app, lock, runs } = stage(express);
      await withServer(app, async (port) => {
        const response = rawRequest(port, LINES);
        const { req, res } = await runs.next();
        const reasons: unknown[] = [];
        const { precondition } = req;
        if (isFirst)
          precondition!.signal!.addEventListener('abort', () => reasons.push(precondition!.signal!.reason));
        (await lock.asked.next()).limits.onLost!(REASON);
        expect(reasons).toMatchObject(isFirst ? [{ code: 'ERR_LOCK_LOST', cause: REASON }] : []);
        expect(precondition!.signal!).toMatchObject({ aborted: true, reason: { code: 'ERR_LOCK_LOST' } });
        expect(precondition!.signal).toBe(precondition!.signal);
        res.end();
        expect((await response).status).toBe(503);
      });
    },
  );

  test('is not taken notice of when it has been given back', async () => {
    const { app, lock, runs, errors } = stage(express);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(LINES));
      const { req, res } = await runs.next();
      const { signal } = req.precondition!;
      res.json('ok');
      expect((await connection.response('PUT')).body.toString()).toBe('"ok"');
      (await lock.asked.next()).limits.onLost!(REASON);
      await settled();
      expect([signal!.aborted, req.precondition!.signal!.aborted, errors]).toEqual([false, false, []]);
      connection.send(requestOctets(LINES));
      (await runs.next()).res.json('again');
      expect((await connection.response('PUT')).body.toString()).toBe('"again"');
      connection.destroy();
    });
  });

  test('keeps the handler from being run when that happens while the provider is asked', async () => {
    const asked = new Arrivals<() => void>();
    const { app, lock, errors } = stage(express, {
      handler: mustNotRun,
      provider: () => {
        return new Promise((resolve) => {
          asked.add(() => resolve({ etag: '"1"' }));
        });
      },
    });
    await withServer(app, async (port) => {
      const response = rawRequest(port, LINES);
      const answer = await asked.next();
      (await lock.asked.next()).limits.onLost!(REASON);
      answer();
      expect((await response).status).toBe(503);
      expect([errors, lock.givenBack.count]).toMatchObject([[{ code: 'ERR_LOCK_LOST', cause: REASON }], 1]);
    });
  });

  describe('because its lease ends', () => {
    let emitWarning: jest.Spied<typeof process.emitWarning>;
    beforeEach(() => {
      emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    });
    afterEach(() => emitWarning.mockRestore());

    test('is free for the next, and the process is warned', async () => {
      const { app, lock, runs, errors } = stage(express, { lock: { lease: 30 } });
      await withServer(app, async (port) => {
        const first = rawRequest(port, ['PUT /notes/1?x'], 'content');
        const never = await runs.next();
        const second = rawRequest(port, ['PUT /notes/1'], 'content');
        const next = await runs.next();
        expect(lock.givenBack.count).toBe(1);
        next.res.json('second');
        expect((await second).status).toBe(200);
        never.res.set('ETag', '"2"').json('first');
        const answer = await first;
        expect([answer.status, fieldOf(answer, 'ETag')]).toEqual([503, undefined]);
        expect(errors).toMatchObject([{ code: 'ERR_LOCK_LOST' }]);
        expect(never.req.precondition!.signal!.reason).toBe(errors[0]);
      });
      expect(emitWarning.mock.calls).toEqual([
        [
          expect.stringContaining('PUT "/notes/1?x" has held it for its lease of 30 ms'),
          { type: 'HttpPreconditionsWarning', code: 'ERR_LOCK_LOST' },
        ],
      ]);
    });

    test('reaches what was stopped by the signal, and with it the error handlers', async () => {
      const { app, errors } = stage(express, {
        lock: { lease: 20 },
        handler: (req, _res, next) => {
          const { signal } = req.precondition!;
          signal!.addEventListener('abort', () => next(signal!.reason));
        },
      });
      await withServer(app, async (port) => {
        expect((await rawRequest(port, LINES)).status).toBe(503);
      });
      expect(errors).toMatchObject([{ code: 'ERR_LOCK_LOST' }]);
    });

    test('does not happen to a handler that has answered', async () => {
      const { app } = stage(express, { lock: { lease: 10 }, handler: (_req, res) => res.json({}) });
      await withServer(app, async (port) => {
        expect((await rawRequest(port, LINES)).status).toBe(200);
        await new Promise((resolve) => {
          setTimeout(resolve, 25);
        });
      });
      expect(emitWarning).not.toHaveBeenCalled();
    });
  });
});
