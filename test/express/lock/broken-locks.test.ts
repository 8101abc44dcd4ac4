import { describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler } from 'express';
import { HttpPreconditionsError, preconditions } from '../../../lib/index.js';
import type { Lock, LockLimits } from '../../../lib/index.js';
import { throwing } from '../../helpers/apps.js';
import { settled } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { fieldOf, rawRequest } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { V1 } from './stage.js';

type Call = (whileLocked: () => unknown, limits: LockLimits) => unknown;

/** What a lock does when it is asked, and what becomes of the request. */
interface BrokenLock {
  readonly title: string;
  readonly withLock: Call;
  readonly status: number;
  readonly isRun: boolean;
  readonly error?: object;
}

const gone = new Error('gone');
const FAILED = { code: 'ERR_LOCK_FAILED', status: 503, headers: { 'Retry-After': '1' } };
const LOST = { code: 'ERR_LOCK_LOST', status: 503 };
const CONTRACT = { message: 'the lock did not keep to its contract' };

const BROKEN: readonly BrokenLock[] = [
  {
    title: 'throws',
    withLock: throwing(gone),
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: gone },
  },
  {
    title: 'throws what is no error',
    withLock: throwing(undefined),
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: undefined },
  },
  {
    title: 'rejects',
    withLock: () => Promise.reject(gone),
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: gone },
  },
  {
    title: 'rejects with an error of this package',
    withLock: () => Promise.reject(new HttpPreconditionsError('ERR_LOCK_TIMEOUT', 'mine', { status: 429 })),
    status: 429,
    isRun: false,
    error: { code: 'ERR_LOCK_TIMEOUT' },
  },
  {
    title: 'returns nothing and calls nothing',
    withLock: () => undefined,
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: CONTRACT },
  },
  {
    title: 'resolves and calls nothing',
    withLock: () => Promise.resolve('done'),
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: CONTRACT },
  },
  {
    title: 'never settles and calls nothing',
    withLock: () => new Promise(() => {}),
    status: 503,
    isRun: false,
    error: { code: 'ERR_LOCK_TIMEOUT' },
  },
  {
    title: 'calls when the wait is over',
    withLock: async (whileLocked, { signal }) => {
      await new Promise((resolve) => {
        signal!.addEventListener('abort', resolve);
      });
      return whileLocked();
    },
    status: 503,
    isRun: false,
    error: { code: 'ERR_LOCK_TIMEOUT' },
  },
  {
    title: 'resolves, and calls afterwards',
    withLock: (whileLocked) => {
      setImmediate(() => void whileLocked());
      return Promise.resolve();
    },
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: CONTRACT },
  },
  {
    title: 'says that it is lost before it was had, and calls nevertheless',
    withLock: async (whileLocked, { onLost }) => {
      onLost!(gone);
      return whileLocked();
    },
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: gone },
  },
  {
    title: 'says so twice, and rejects as well',
    withLock: (_whileLocked, { onLost }) => {
      onLost!(gone);
      onLost!(new Error('again'));
      return Promise.reject(new Error('and again'));
    },
    status: 503,
    isRun: false,
    error: { ...FAILED, cause: gone },
  },
  {
    title: 'resolves before the handler is through',
    withLock: (whileLocked) => {
      void whileLocked();
      return Promise.resolve();
    },
    status: 503,
    isRun: true,
    error: { ...LOST, cause: CONTRACT },
  },
  {
    title: 'throws when it has called',
    withLock: (whileLocked) => {
      void whileLocked();
      throw gone;
    },
    status: 503,
    isRun: true,
    error: { ...LOST, cause: gone },
  },
  {
    title: 'calls twice at once',
    withLock: (whileLocked) => Promise.all([whileLocked(), whileLocked()]),
    status: 200,
    isRun: true,
  },
  {
    title: 'calls again when the handler is through',
    withLock: async (whileLocked) => {
      await whileLocked();
      await whileLocked();
    },
    status: 200,
    isRun: true,
  },
  {
    title: 'rejects when the handler is through',
    withLock: async (whileLocked) => {
      await whileLocked();
      throw gone;
    },
    status: 200,
    isRun: true,
  },
  {
    title: 'says that it is lost when the handler is through',
    withLock: async (whileLocked, { onLost }) => {
      await whileLocked();
      onLost!(gone);
    },
    status: 200,
    isRun: true,
  },
  {
    title: 'never settles when the handler is through',
    withLock: async (whileLocked) => {
      await whileLocked();
      await new Promise(() => {});
    },
    status: 200,
    isRun: true,
  },
  {
    title: 'is no promise but has a then',
    withLock: (whileLocked) => {
      const done = Promise.resolve(whileLocked());
      // oxlint-disable-next-line unicorn/no-thenable -- that is the point
      return { then: done.then.bind(done) };
    },
    status: 200,
    isRun: true,
  },
];

describe.each(EXPRESS_VERSIONS)('a lock that does not keep to its contract, $name', ({ express }) => {
  test.each(BROKEN)('and $title', async ({ withLock, status, isRun, error }) => {
    const lock: Lock = {
      withLock: ((_key: string, whileLocked: () => unknown, limits: LockLimits) =>
        withLock(whileLocked, limits)) as Lock['withLock'],
    };
    let runs = 0;
    const errors: unknown[] = [];
    const app = express();
    app.put(
      '/',
      preconditions(() => V1, { lock: { lock, wait: 30 } }),
      async (_req, res) => {
        runs += 1;
        await settled();
        res.json({});
      },
    );
    // It takes its time, in which nothing else may answer or run.
    const answerLater: ErrorRequestHandler = async (failure: HttpPreconditionsError, _req, res, _next) => {
      errors.push(failure);
      await settled();
      res.status(failure.status).set('Retry-After', '1').end();
    };
    app.use(answerLater);
    await withServer(app, async (port) => {
      const response = await rawRequest(port, ['PUT /', 'If-Match: "1"'], 'content');
      expect([response.status, fieldOf(response, 'Retry-After')]).toEqual([
        status,
        status === 200 ? undefined : '1',
      ]);
      await settled();
    });
    expect(runs).toBe(isRun ? 1 : 0);
    expect(errors).toMatchObject(error === undefined ? [] : [error]);
  });
});
