import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { Express, NextFunction, Request, Response } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { ProviderAnswer, ResourceVersion } from '../../lib/index.js';
import { T } from '../core/fixtures.js';
import { ask, mustNotRun, thenable, throwing } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf, RawConnection, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const V1: ResourceVersion = { etag: strong('v1') };

const explodes = throwing(new Error('The provider was asked.'));

describe.each(EXPRESS_VERSIONS)('when a provider is asked, over $name', ({ express }) => {
  /** An app whose provider must not be asked. */
  function unasking(): Express {
    const app = express();
    app.all('/', preconditions(explodes), (req, res) => {
      const { version, exists, guard, decision } = req.precondition;
      res.json({ asked: version !== undefined, exists: exists ?? 'unknown', guard, reason: decision.reason });
    });
    return app;
  }

  test.each(['OPTIONS', 'TRACE'])('R-13.2.1-h: not for %s, whatever the fields say', async (method) => {
    const response = await ask(unasking(), [
      `${method} /`,
      'If-Match: "b"',
      'If-None-Match: *',
      `If-Unmodified-Since: ${T}`,
    ]);
    expect(response.status).toBe(200);
    expect(jsonOf(response)).toEqual({
      asked: false,
      exists: 'unknown',
      guard: { kind: 'none' },
      reason: 'method',
    });
  });

  test('R-10008-2.6-a: not for QUERY, whose representation the provider of a path does not know', async () => {
    const response = await ask(unasking(), ['QUERY /', 'If-Match: "b"', 'If-None-Match: "a"'], 'select');
    expect(jsonOf(response)).toEqual({
      asked: false,
      exists: 'unknown',
      guard: { kind: 'none' },
      reason: 'method',
    });
  });

  test('R-13.2.1-h: not for CONNECT, which Node hands to nobody but a listener of its own', async () => {
    const app = unasking();
    await withServer(app, async (port, server) => {
      server.on('connect', (req, socket) => {
        const res = new ServerResponse(req);
        res.assignSocket(socket as IncomingMessage['socket']);
        req.url = '/';
        res.on('finish', () => socket.end(() => socket.destroy()));
        app(req, res);
      });
      const connection = new RawConnection(port);
      connection.send(requestOctets(['CONNECT localhost:1', 'If-Match: "b"']));
      expect(jsonOf(await connection.response('GET'))).toMatchObject({ asked: false, reason: 'method' });
      connection.destroy();
    });
  });

  test.each(['PUT', 'PATCH', 'POST', 'DELETE', 'PROPPATCH'])(
    'not for a %s without a condition, which passes whatever the version is',
    async (method) => {
      const response = await ask(unasking(), [
        `${method} /`,
        `If-Modified-Since: ${T}`,
        'If-Range: "a"',
        'If-Foo: x',
      ]);
      expect(response.status).toBe(200);
      expect(jsonOf(response)).toEqual({
        asked: false,
        exists: 'unknown',
        guard: { kind: 'none' },
        reason: 'no-condition',
      });
    },
  );

  test.each([
    ['GET /', 'Accept: */*'],
    ['HEAD /', 'Accept: */*'],
    ['GET /', 'If-None-Match: "v1"'],
    ['PUT /', 'If-Match: "v1"'],
    ['PUT /', 'If-Match:'],
    ['PUT /', 'If-None-Match: *'],
    ['PUT /', `If-Unmodified-Since: ${T}`],
    ['PUT /', 'If-Unmodified-Since: never'],
  ])('once for %s with %j', async (start, line) => {
    let asked = 0;
    const app = express();
    const provider = (): ResourceVersion => {
      asked++;
      return V1;
    };
    app.all('/', preconditions(provider), (_req, res) => {
      res.json({ asked });
    });
    await ask(app, [start, line]);
    expect(asked).toBe(1);
  });

  test('once for a write without a condition where one is required', async () => {
    let asked = 0;
    const app = express();
    const provider = (): ResourceVersion => {
      asked++;
      return V1;
    };
    app.all('/', preconditions(provider, { required: ['PUT'] }), mustNotRun);
    expect([(await ask(app, ['PUT /'])).status, asked]).toEqual([428, 1]);
  });

  test('with the request, its parameters and what a middleware before it left there', async () => {
    const app = express();
    const before = (req: Request, _res: Response, next: NextFunction): void => {
      Object.assign(req, { user: 'ada' });
      next();
    };
    const provider = (req: Request<{ id: string }>): ResourceVersion => ({
      etag: strong(`${req.params.id}-${req.query['lang'] as string}-${(req as { user?: string }).user}`),
    });
    app.get('/events/:id', before, preconditions(provider), (_req, res) => {
      res.end();
    });
    expect(fieldOf(await ask(app, ['GET /events/7?lang=de']), 'ETag')).toBe('"7-de-ada"');
  });

  const answers: readonly [string, boolean, () => ProviderAnswer | PromiseLike<ProviderAnswer>][] = [
    ['a version', true, () => V1],
    ['null', true, () => null],
    ['a promise', false, () => Promise.resolve(V1)],
    ['a thenable', false, () => thenable((resolve) => resolve(V1))],
  ];

  test.each(answers)('goes on after %s at once: %s', async (_what, atOnce, provider) => {
    const middleware = preconditions(provider);
    const app = express();
    app.get('/', (req, res, next) => {
      let handlerRan = false;
      middleware(req, res, (error) => {
        handlerRan = true;
        next(error);
      });
      res.locals['atOnce'] = handlerRan;
    });
    app.get('/', async (req, res) => {
      await Promise.resolve();
      res.status(200).json({
        atOnce: res.locals['atOnce'] as boolean,
        etag: res.get('ETag') ?? null,
        exists: req.precondition?.exists,
      });
    });
    const etag = _what === 'null' ? null : '"v1"';
    expect(jsonOf(await ask(app, ['GET /']))).toEqual({ atOnce, etag, exists: etag !== null });
  });

  test('a thenable that answers twice counts once', async () => {
    let handled = 0;
    const app = express();
    const twice = thenable<ResourceVersion>((resolve, reject) => {
      resolve(V1);
      resolve({ etag: strong('v2') });
      reject(new Error('too late'));
    });
    app.get(
      '/',
      preconditions(() => twice),
      (_req, res) => {
        handled++;
        res.end();
      },
    );
    const response = await ask(app, ['GET /']);
    expect([response.status, fieldOf(response, 'ETag'), handled]).toEqual([200, '"v1"', 1]);
  });
});
