import { stat } from 'node:fs/promises';
import { runInNewContext } from 'node:vm';
import { describe, expect, jest, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions } from '../../lib/index.js';
import type { VersionProvider } from '../../lib/index.js';
import { ask, mustNotRun, recordErrors, thenable, throwing } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';

const WRITE = ['PUT /events/7?secret=1', 'If-Match: "v1"'];

/** `next` of these means "go on" to Express: the handler would run unprotected. */
const ODD_REASONS: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['"route"', 'route'],
  ['"router"', 'router'],
  ['0', 0],
  ['a string', 'no database'],
  ['a symbol', Symbol('oops')],
  ['an object without a prototype', Object.create(null)],
];

describe.each(EXPRESS_VERSIONS)('a provider that fails, over $name', ({ express }) => {
  function guarded(provider: VersionProvider): { app: Express; errors: unknown[] } {
    const app = express();
    app.all('/events/:id', preconditions(provider), mustNotRun);
    // Where `next('route')` would lead.
    app.all('/events/:id', mustNotRun);
    return { app, errors: recordErrors(app) };
  }

  const ways: readonly [string, (reason: unknown) => VersionProvider][] = [
    ['throws', (reason) => throwing(reason)],
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- that is what is tested
    ['rejects with', (reason) => () => Promise.reject(reason)],
    ['is a thenable that throws', (reason) => () => thenable(throwing(reason))],
  ];

  describe.each(ways)('%s', (_way, failingWith) => {
    test.each(ODD_REASONS)('%s: the handler does not run, and the cause is kept', async (_what, reason) => {
      const { app, errors } = guarded(failingWith(reason));
      for (const lines of [['GET /events/7'], WRITE]) expect((await ask(app, lines)).status).toBe(500);
      expect(errors).toHaveLength(2);
      for (const error of errors) expect(error).toMatchObject({ code: 'ERR_PROVIDER_FAILED', status: 500 });
      expect((errors[0] as Error).cause).toBe(reason);
      expect(String(errors[1])).toContain('The version provider of PUT "/events/7?secret=1" failed');
    });

    test('an Error: it becomes the cause of ours, whose message begins with its own', async () => {
      const cause = new TypeError('no such table');
      const { app, errors } = guarded(failingWith(cause));
      expect((await ask(app, WRITE)).status).toBe(500);
      expect(errors).toMatchObject([
        { code: 'ERR_PROVIDER_FAILED', message: expect.stringContaining('failed: no such table') },
      ]);
      expect((errors[0] as Error).cause).toBe(cause);
    });

    test.each([400, 403, 404, 410, 503, 599])(
      'an error with the status %i: it is passed on as it is',
      async (status) => {
        const error = Object.assign(new Error('meant as an answer'), { status });
        const { app, errors } = guarded(failingWith(error));
        expect((await ask(app, WRITE)).status).toBe(status);
        expect(errors).toEqual([error]);
      },
    );

    test.each([200, 302, 304, 399, 600, Number.NaN, '403', undefined])(
      'an error with the status %p: it is no answer',
      async (status) => {
        const { app, errors } = guarded(failingWith(Object.assign(new Error('odd'), { status })));
        expect((await ask(app, WRITE)).status).toBe(500);
        expect(errors).toMatchObject([{ code: 'ERR_PROVIDER_FAILED' }]);
      },
    );
  });

  test.each(ODD_REASONS)(
    'returns a version whose getter throws %s: the handler does not run',
    async (_what, reason) => {
      for (const member of ['etag', 'lastModified', 'lastModifiedIsWeak', 'headers', 'then']) {
        const { app, errors } = guarded(() => Object.defineProperty({}, member, { get: throwing(reason) }));
        expect([member, (await ask(app, WRITE)).status]).toEqual([member, 500]);
        expect(errors).toHaveLength(1);
        expect(String(errors[0])).not.toContain('The handler ran');
      }
    },
  );

  test('returns a promise of a version whose getter throws undefined: the handler does not run', async () => {
    const version = Object.defineProperty({}, 'etag', { get: throwing(undefined) });
    const { app, errors } = guarded(() => Promise.resolve(version));
    expect((await ask(app, WRITE)).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'ERR_PROVIDER_FAILED' }]);
  });

  test('rejects with an error whose status getter throws: the request ends and the process lives on', async () => {
    const error = Object.defineProperty(new Error('odd'), 'status', { get: throwing(new Error('worse')) });
    const { app, errors } = guarded(() => Promise.reject(error));
    expect((await ask(app, WRITE)).status).toBe(500);
    expect(errors).toHaveLength(1);
  });

  test('in a router: its message names the whole path', async () => {
    const app = express();
    const router = express.Router();
    router.put('/:id', preconditions(throwing(new Error('no database'))), mustNotRun);
    app.use('/events', router);
    const errors = recordErrors(app);
    await ask(app, WRITE);
    expect(String(errors[0])).toContain(
      'The version provider of PUT "/events/7?secret=1" failed: no database',
    );
  });

  test('with an error of another realm, as those of Node are inside Jest: its message is told, its status counts', async () => {
    const missing = guarded(() => stat('/no/such/file').then(() => null));
    expect((await ask(missing.app, WRITE)).status).toBe(500);
    expect(String(missing.errors[0])).toContain('failed: ENOENT');
    const foreign = runInNewContext('Object.assign(new Error("not yours"), { status: 403 })') as Error;
    const forbidden = guarded(throwing(foreign));
    expect((await ask(forbidden.app, WRITE)).status).toBe(403);
    expect(forbidden.errors).toEqual([foreign]);
  });

  test('leaves nothing of the version on the response', async () => {
    const { app } = guarded(() => ({
      etag: '"v1"',
      lastModified: new Date(Number.NaN),
      headers: { Vary: 'X' },
    }));
    const response = await ask(app, ['GET /events/7']);
    expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Vary')]).toEqual([
      500,
      undefined,
      undefined,
    ]);
  });

  const failures: readonly [string, VersionProvider][] = [
    ['throws', throwing(new Error('password=hunter2'))],
    ['rejects', () => Promise.reject(Object.assign(new Error('password=hunter2'), { status: 503 }))],
    ['returns undefined', () => undefined as unknown as null],
    ['returns a bad tag', () => ({ etag: 'hunter2' }) as unknown as null],
  ];

  test.each(failures)('%s: in production the client is told nothing of it', async (_how, provider) => {
    const app = express();
    app.set('env', 'production');
    app.all('/events/:id', preconditions(provider), mustNotRun);
    const log = jest.spyOn(console, 'error').mockImplementation(() => {});
    try {
      const response = await ask(app, WRITE);
      expect(response.status).toBeGreaterThanOrEqual(500);
      const text = `${JSON.stringify(response.lines)}${response.body.toString()}`;
      for (const internal of ['hunter2', 'provider', 'ERR_', 'preconditions', '.ts', 'secret'])
        expect(text).not.toContain(internal);
      // The developer is.
      expect(String(log.mock.calls[0]?.[0])).toMatch(/hunter2|ERR_PROVIDER_UNDEFINED/);
    } finally {
      log.mockRestore();
    }
  });
});
