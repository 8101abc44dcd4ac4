import { describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { T, T_DATE, T_PLUS_1 } from '../core/fixtures.js';
import { ask } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { fieldOf } from '../helpers/raw-http.js';
import type { Failing } from './failed-answers.cases.js';
import { FAILING } from './failed-answers.cases.js';

const HEADERS = { 'Cache-Control': 'public, max-age=3600', Expires: T, 'Content-Location': '/v1' };
const V1 = { etag: strong('1'), lastModified: T_DATE, headers: HEADERS };
const V2 = { etag: strong('2'), lastModified: T_DATE };

/** What would let a cache keep an answer, or pass it off as a version. */
const FIELDS = ['ETag', 'Last-Modified', ...Object.keys(HEADERS)];

const versionOn = (response: RawResponse): Record<string, string> =>
  Object.fromEntries(
    FIELDS.flatMap((name) => {
      const value = fieldOf(response, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );

const ANSWERERS: readonly [string, ErrorRequestHandler | undefined][] = [
  ['Express itself', undefined],
  [
    'an error handler with JSON',
    (error, _req, res, _next) => {
      res.status((error as { status?: number }).status ?? 500).json({ message: 'Sorry.' });
    },
  ],
];

function appWith(express: ExpressModule, handler: RequestHandler, answerer?: ErrorRequestHandler): Express {
  const app = express();
  app.set('env', 'test');
  app.get(
    '/',
    preconditions(() => V1),
    handler,
  );
  app.put(
    '/',
    preconditions(() => V1),
    announce,
    handler,
  );
  if (answerer !== undefined) app.use(answerer);
  return app;
}

const announce: RequestHandler = (req, _res, next) => {
  req.precondition!.updated(V2);
  next();
};

describe.each(EXPRESS_VERSIONS)('an answer that is no success, $name', ({ name, express }) => {
  const failing = FAILING.filter((row) => name !== 'Express 4' || !row.isForExpress5Only);

  async function checkNothingOfVersion(
    { handler, status }: Failing,
    answerer?: ErrorRequestHandler,
  ): Promise<void> {
    for (const method of ['GET', 'HEAD', 'PUT']) {
      const response = await ask(appWith(express, handler, answerer), [`${method} /`, 'If-Match: "1"']);
      expect([method, response.status, versionOn(response)]).toEqual([method, status, {}]);
    }
  }

  describe.each(ANSWERERS)('where errors are answered by %s', (_who, answerer) => {
    test.each(failing)('carries nothing of the version: the handler $title', (row) =>
      checkNothingOfVersion(row, answerer),
    );
  });

  test('carries what the handler itself has set', async () => {
    const mine = {
      ETag: '"mine"',
      'Last-Modified': T_PLUS_1,
      'Cache-Control': 'max-age=5',
      Expires: '0',
      'Content-Location': '/mine',
    };
    const app = appWith(express, (_req, res) => res.status(404).set(mine).json({}));
    for (const method of ['GET', 'PUT']) expect(versionOn(await ask(app, [`${method} /`]))).toEqual(mine);
  });

  test.each([
    ['another than the version has', { 'Cache-Control': 'no-store', Expires: '0' }],
    ['the same as the version has', { 'Cache-Control': HEADERS['Cache-Control'], Expires: T }],
  ])('carries what was set before the middleware: %s', async (_which, before) => {
    for (const outer of [undefined, preconditions(() => V2, { headers: { 'Cache-Control': 'max-age=1' } })]) {
      const app = express();
      app.use((_req, res, next) => {
        res.set(before);
        next();
      });
      if (outer) app.use(outer);
      app.use(appWith(express, (_req, res) => res.status(410).json({})));
      for (const method of ['GET', 'PUT']) expect(versionOn(await ask(app, [`${method} /`]))).toEqual(before);
    }
  });

  test('is not what a 304 of the handler is taken for, which a cache goes by', async () => {
    const app = appWith(express, (_req, res) => res.status(304).end());
    expect(versionOn(await ask(app, ['GET /']))).toEqual({ ETag: '"1"', 'Last-Modified': T, ...HEADERS });
  });

  describe('of an error handler that makes a success of it', () => {
    const throws: RequestHandler = () => {
      throw new Error('mine');
    };

    // Nobody can tell such an answer from that of the handler.
    test('is taken for the representation', async () => {
      const app = appWith(express, throws, (_error, _req, res, _next) => {
        res.json('a substitute');
      });
      const read = await ask(app, ['GET /']);
      expect([read.status, fieldOf(read, 'ETag')]).toEqual([200, '"1"']);
      const write = await ask(app, ['PUT /']);
      expect([write.status, fieldOf(write, 'ETag')]).toEqual([200, '"2"']);
    });

    test('is not, where it takes the fields away', async () => {
      const app = appWith(express, throws, (_error, _req, res, _next) => {
        for (const field of FIELDS) res.removeHeader(field);
        res.set('Cache-Control', 'no-store').end('a substitute');
      });
      for (const method of ['GET', 'PUT']) {
        const response = await ask(app, [`${method} /`]);
        expect(versionOn(response)).toEqual({ 'Cache-Control': 'no-store' });
      }
    });
  });
});
