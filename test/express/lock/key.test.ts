import { describe, expect, test } from '@jest/globals';
import type { Express, Request, RequestHandler } from 'express';
import { resolveLock } from '../../../lib/express/lock/options.js';
import { memoryLock, preconditions } from '../../../lib/index.js';
import type { LockOptions } from '../../../lib/index.js';
import { ask, mustNotRun, recordErrors, throwing } from '../../helpers/apps.js';
import { settled } from '../../helpers/arrivals.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { ratioOfTimes } from '../../helpers/ratio-of-times.js';
import { rawRequest } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { WatchedLock } from '../../locks/watched-lock.js';
import { stage, V1 } from './stage.js';

const DEFAULT_KEYS: readonly (readonly [start: string, key: string])[] = [
  ['PUT /notes/1', '/notes/1'],
  ['PATCH /notes/1', '/notes/1'],
  ['POST /notes/1', '/notes/1'],
  ['DELETE /notes/1', '/notes/1'],
  ['PUT /notes/1?draft=1', '/notes/1'],
  ['PUT /notes/1?', '/notes/1'],
  ['PUT /Notes/1', '/notes/1'],
  ['PUT /notes/1/', '/notes/1'],
  ['PUT /notes/1///', '/notes/1'],
  ['PUT //notes//1', '//notes//1'],
  ['PUT /notes/%31', '/notes/1'],
  ['PUT /%6Eotes/1', '/notes/1'],
  ['PUT http://localhost/notes/1', '/notes/1'],
  ['PUT /notes/2', '/notes/2'],
  ['PUT /notes', '/notes'],
  ['PUT /', '/'],
  ['PUT /?x', '/'],
  ['PUT /notes/%C3%A9', '/notes/é'],
  ['PUT /notes/%C3%89', '/notes/é'],
  // What cannot be decoded stands for itself.
  ['PUT /notes/%E9', '/notes/%e9'],
  ['PUT /notes/%', '/notes/%'],
];

/** Where a middleware can be mounted, always to be reached as `/notes/1`. */
const PLACES: readonly [
  string,
  (app: Express, express: ExpressModule, middleware: RequestHandler) => unknown,
][] = [
  ['for the app', (app, _express, middleware) => app.use(middleware)],
  ['for a path', (app, _express, middleware) => app.use('/notes', middleware)],
  ['for the whole path', (app, _express, middleware) => app.use('/notes/:id', middleware)],
  ['in a route', (app, _express, middleware) => app.all('/notes/:id', middleware)],
  ['in a router', (app, express, middleware) => app.use('/notes', express.Router().all('/:id', middleware))],
  ['in an app', (app, express, middleware) => app.use('/notes', express().all('/:id', middleware))],
];

const BAD_KEYS: readonly [string, unknown, string][] = [
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['an empty text', '', '"" (string)'],
  ['a number', 7, '7 (number)'],
  ['a list', ['notes', '1'], '[object Array] (object)'],
  ['a promise', Promise.resolve('key'), 'a promise that was not awaited (object)'],
  ['a String', Object('key'), '[object String] (object)'],
];

describe('the default key of a lock', () => {
  const { key } = resolveLock(memoryLock())!;
  const requestTo = (path: string): Request => ({ baseUrl: '', path }) as Request;
  const HOSTILE: readonly (readonly [string, string, string])[] = [
    ['slashes before something else', '/', 'x'],
    ['slashes', '/', ''],
    ['encoded slashes before something else', '%2F', 'x'],
    ['percent signs', '%', ''],
  ];

  test.each(HOSTILE)('takes time in proportion to the length of the path: %s', (_what, unit, end) => {
    const work = (length: number) => {
      const req = requestTo(unit.repeat(length / unit.length) + end);
      return (): string => key(req);
    };
    expect(ratioOfTimes(work(256 * 1024), work(16 * 1024))).toBeLessThan(64);
  });
});

describe.each(EXPRESS_VERSIONS)('the key of a lock, $name', ({ express }) => {
  test.each(DEFAULT_KEYS)('is the path: %s has %j', async (start, key) => {
    const { app, lock } = stage(express, { handler: (_req, res) => res.json({}) });
    await ask(app, [start]);
    expect((await lock.asked.next()).key).toBe(key);
  });

  test.each(PLACES)('is the whole path for a middleware %s', async (_where, mount) => {
    const lock = new WatchedLock(memoryLock());
    const app = express();
    mount(app, express, preconditions(() => V1, { lock }) as RequestHandler);
    for (const path of ['/notes/1', '/Notes/1/']) {
      await ask(app, [`PUT ${path}`]);
      expect((await lock.asked.next()).key).toBe('/notes/1');
    }
  });

  test('keeps writes of one resource apart, under whatever name and method, and leaves others alone', async () => {
    const { app, lock, runs } = stage(express);
    await withServer(app, async (port) => {
      const first = rawRequest(port, ['PUT /notes/1']);
      const { res } = await runs.next();
      const second = rawRequest(port, ['DELETE /Notes/%31/?now']);
      const other = rawRequest(port, ['DELETE /notes/2']);
      const { res: otherRes, req: otherReq } = await runs.next();
      while (lock.asked.count < 3) await settled();
      await settled();
      expect([otherReq.url, runs.count]).toEqual(['/notes/2', 2]);
      otherRes.json('other');
      res.json('first');
      (await runs.next()).res.json('second');
      const answers = await Promise.all([first, second, other]);
      expect(answers.map(({ body }) => body.toString())).toEqual(['"first"', '"second"', '"other"']);
    });
  });

  test('is what the option `key` says, which sees the request as the middleware does', async () => {
    const lock = new WatchedLock(memoryLock());
    const key = (req: Request): string => `note ${(req.params as { id: string }).id} of ${req.get('X-User')}`;
    const app = express();
    app.put(
      '/:user/notes/:id',
      preconditions(() => V1, { lock: { lock, key } }),
      (_req, res) => {
        res.json({});
      },
    );
    await ask(app, ['PUT /a/notes/1', 'X-User: a']);
    await ask(app, ['PUT /b/notes/2', 'X-User: b']);
    expect([(await lock.asked.next()).key, (await lock.asked.next()).key]).toEqual([
      'note 1 of a',
      'note 2 of b',
    ]);
  });

  /** A write that is stopped before anything is asked for. */
  async function stopped(key: unknown): Promise<unknown> {
    const lock = new WatchedLock(memoryLock());
    const app = express();
    app.use(
      preconditions(throwing(new Error('The provider was asked.')), {
        lock: { lock, key: key as NonNullable<LockOptions['key']> },
      }),
      mustNotRun,
    );
    const errors = recordErrors(app);
    await ask(app, ['PUT /', 'If-Match: "1"'], 'content');
    expect([errors.length, lock.asked.count]).toEqual([1, 0]);
    return errors[0];
  }

  test.each(BAD_KEYS)('stops the request if it is %s', async (_what, key, shown) => {
    const error = await stopped(() => key);
    expect(error).toMatchObject({ code: 'ERR_LOCK_KEY', status: 500 });
    expect((error as Error).message).toContain(`returned ${shown} for PUT "/"`);
  });

  test('stops the request if it cannot be told: what the option threw is the cause', async () => {
    const cause = new TypeError('mine');
    expect(await stopped(throwing(cause))).toMatchObject({ code: 'ERR_CALLBACK_FAILED', status: 500, cause });
    expect(((await stopped(throwing(cause))) as Error).message).toContain(
      'The option `lock.key` failed: mine',
    );
    expect(await stopped(throwing(undefined))).toMatchObject({ code: 'ERR_CALLBACK_FAILED' });
  });

  test('stops the request with the answer that the option chose by the status of an error', async () => {
    const error = Object.assign(new Error('who are you?'), { status: 401 });
    expect(await stopped(throwing(error))).toBe(error);
  });
});
