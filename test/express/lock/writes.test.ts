import { describe, expect, test } from '@jest/globals';
import { PreconditionFailedError, SKIP, strong } from '../../../lib/index.js';
import type { PreconditionsOptions, VersionProvider } from '../../../lib/index.js';
import { ask, mustNotRun, throwing } from '../../helpers/apps.js';
import { settled } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { rawRequest } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import type { Setup, Stage } from './stage.js';
import { stage, V1 } from './stage.js';

/** A request that is answered or stopped by the middleware while it has the lock. */
interface Stopped {
  readonly title: string;
  readonly lines: readonly string[];
  readonly status: number;
  readonly provider?: VersionProvider;
  readonly options?: PreconditionsOptions;
}

const STOPPED: readonly Stopped[] = [
  { title: '412', lines: ['PUT /', 'If-Match: "0"'], status: 412 },
  { title: '428', lines: ['PUT /'], status: 428, options: { required: ['PUT'] } },
  { title: '400', lines: ['PUT /', 'If-Match: 0'], status: 400, options: { malformed: 400 } },
  {
    title: 'a 412 of the responder',
    lines: ['PUT /', 'If-Match: "0"'],
    status: 412,
    options: { respond: (_refusal, _req, res) => res.json({}) },
  },
  {
    title: 'a responder that throws',
    lines: ['PUT /', 'If-Match: "0"'],
    status: 500,
    options: { respond: throwing(new Error('mine')) },
  },
  { title: 'a provider that throws', lines: ['PUT /'], status: 500, provider: throwing(new Error('mine')) },
  {
    title: 'a provider that rejects',
    lines: ['PUT /'],
    status: 500,
    provider: () => Promise.reject(new Error('mine')),
  },
  {
    title: 'a provider that says nothing',
    lines: ['PUT /'],
    status: 500,
    provider: () => undefined as never,
  },
  {
    title: 'a provider that refuses',
    lines: ['PUT /'],
    status: 412,
    provider: throwing(new PreconditionFailedError()),
  },
];

describe.each(EXPRESS_VERSIONS)('what the lock is taken for, $name', ({ express }) => {
  /** A number that is read by the provider, and written by the handler a while later. */
  function counter(setup: Setup = {}): Stage & { value: () => number } {
    let value = 0;
    return {
      value: () => value,
      ...stage(express, {
        provider: async () => {
          await settled();
          return { etag: strong(value), value };
        },
        handler: async (req, res) => {
          const version = req.precondition!.version as { value: number };
          await settled();
          value = version.value + 1;
          res.json({});
        },
        ...setup,
      }),
    };
  }

  test('writes without a condition: the provider is asked for each, and one follows the other', async () => {
    const { app, lock, value } = counter();
    await withServer(app, async (port) => {
      const writes = Array.from({ length: 10 }, () => rawRequest(port, ['PUT /']));
      expect((await Promise.all(writes)).map(({ status }) => status)).toEqual(Array(10).fill(200));
    });
    expect([value(), lock.taken, lock.holders]).toEqual([10, 10, 0]);
  });

  test('writes with a condition: of ten with one tag, one succeeds', async () => {
    const { app, value } = counter();
    await withServer(app, async (port) => {
      const writes = Array.from({ length: 10 }, () => rawRequest(port, ['PUT /', 'If-Match: "0"']));
      const statuses = (await Promise.all(writes)).map(({ status }) => status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...(Array(9).fill(412) as number[])]);
    });
    expect(value()).toBe(1);
  });

  test.each([
    { lines: ['PUT /'], version: V1, guard: 'none' },
    { lines: ['PUT /'], version: null, guard: 'none' },
    { lines: ['POST /', 'If-Match: *'], version: V1, guard: 'exists' },
    { lines: ['PATCH /', 'If-Match: "1"'], version: V1, guard: 'version' },
    { lines: ['PUT /', 'If-None-Match: *'], version: null, guard: 'absent' },
  ])(
    '$lines: the handler is told the version that it may rely on, $version',
    async ({ lines, version, guard }) => {
      const { app, runs, lock } = stage(express, { provider: () => version });
      const response = ask(app, lines);
      const { req, res } = await runs.next();
      const { precondition } = req;
      expect([precondition!.version, precondition!.guard.kind, precondition!.exists]).toEqual([
        version,
        guard,
        version !== null,
      ]);
      expect(precondition!.signal).toBeInstanceOf(AbortSignal);
      expect([precondition!.signal!.aborted, lock.holders]).toEqual([false, 1]);
      res.json({});
      await response;
    },
  );

  test.each(['GET /', 'HEAD /', 'OPTIONS /', 'TRACE /'])('not %s', async (start) => {
    const lock = { withLock: throwing(new Error('The lock was asked for.')) };
    const { app, runs, errors } = stage(express, { lock: { lock } });
    const response = ask(app, [start, 'If-None-Match: "0"']);
    const { req, res } = await runs.next();
    expect(req.precondition!.signal).toBeUndefined();
    res.end();
    await response;
    expect(errors).toEqual([]);
  });

  test('reads do not wait for a write, nor it for them', async () => {
    const { app, runs } = stage(express);
    await withServer(app, async (port) => {
      const write = rawRequest(port, ['PUT /']);
      const writer = await runs.next();
      const read = rawRequest(port, ['GET /']);
      (await runs.next()).res.json('read');
      expect((await read).body.toString()).toBe('"read"');
      writer.res.json('written');
      expect((await write).body.toString()).toBe('"written"');
    });
  });

  test.each(STOPPED)(
    'what is stopped gives it back: $title',
    async ({ lines, status, provider, options }) => {
      const { app, lock } = stage(express, {
        handler: mustNotRun,
        ...(provider && { provider }),
        ...(options && { options }),
      });
      await withServer(app, async (port) => {
        for (let turn = 1; turn <= 2; turn++) {
          expect((await rawRequest(port, lines, 'content')).status).toBe(status);
          await settled();
          expect([lock.taken, lock.holders]).toEqual([turn, 0]);
        }
      });
    },
  );

  test('a refusal gives it back at once, however long its responder takes', async () => {
    let answer = (): void => {};
    const { app, lock } = stage(express, {
      handler: mustNotRun,
      options: {
        respond: (_refusal, _req, res) => {
          answer = () => res.json({});
        },
      },
    });
    const response = ask(app, ['PUT /', 'If-Match: "0"']);
    await lock.givenBack.next();
    answer();
    expect((await response).status).toBe(412);
    expect(lock.givenBack.count).toBe(1);
  });

  test.each([
    ['PUT /', 'Accept: */*'],
    ['PUT /', 'If-Match: "0"'],
  ])('what the provider has no opinion on gives it back at once: %s, %s', async (...lines) => {
    const { app, runs, lock } = stage(express, { provider: () => Promise.resolve(SKIP) });
    await withServer(app, async (port) => {
      const first = rawRequest(port, lines);
      const one = await runs.next();
      const second = rawRequest(port, lines);
      const two = await runs.next();
      expect([one.req.precondition, two.req.precondition]).toEqual([undefined, undefined]);
      expect([lock.taken, lock.holders]).toEqual([2, 0]);
      two.res.json(2);
      one.res.json(1);
      expect((await Promise.all([first, second])).map(({ body }) => body.toString())).toEqual(['1', '2']);
      expect(lock.givenBack.count).toBe(2);
    });
  });

  test('the lock is told how long the request waits and holds', async () => {
    const { app, lock } = stage(express, { handler: (_req, res) => res.json({}) });
    await ask(app, ['PUT /']);
    expect((await lock.asked.next()).limits).toEqual({
      wait: 5000,
      lease: 30_000,
      signal: expect.any(AbortSignal),
      onLost: expect.any(Function),
    });
    const other = stage(express, { lock: { wait: 7, lease: 8 }, handler: (_req, res) => res.json({}) });
    await ask(other.app, ['PUT /']);
    expect((await other.lock.asked.next()).limits).toMatchObject({ wait: 7, lease: 8 });
  });
});
