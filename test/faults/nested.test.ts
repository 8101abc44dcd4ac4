import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { firstOf, preconditions, SKIP, strong, when } from '../../lib/index.js';
import type { ProviderAnswer } from '../../lib/index.js';
import { ask, mustNotRun } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';

interface Row {
  readonly lines: readonly [string, ...string[]];
  readonly status: number;
  readonly etag?: string;
  /** Who was asked, in this order. */
  readonly asked: string;
}

/** The whole app has `"a"` for notes and `"d"` for documents, a router has `"r"`, and the route of notes has `"n"`. */
const ROWS: readonly Row[] = [
  { lines: ['GET /notes/1'], status: 200, etag: '"n"', asked: 'app router note' },
  { lines: ['GET /notes/1', 'If-None-Match: "n"'], status: 304, etag: '"n"', asked: 'app router note' },
  { lines: ['GET /notes/1', 'If-None-Match: "r"'], status: 304, etag: '"r"', asked: 'app router' },
  { lines: ['GET /notes/1', 'If-None-Match: "a"'], status: 304, etag: '"a"', asked: 'app' },
  { lines: ['GET /notes/1', 'If-None-Match: "d"'], status: 200, etag: '"n"', asked: 'app router note' },
  { lines: ['PUT /notes/1'], status: 200, asked: '' },
  { lines: ['PUT /notes/1', 'If-Match: *'], status: 200, asked: 'app router note' },
  { lines: ['PUT /notes/1', 'If-Match: "n"'], status: 412, asked: 'app' },
  { lines: ['PUT /notes/1', 'If-Match: "a", "n"'], status: 412, asked: 'app router' },
  { lines: ['PUT /notes/1', 'If-Match: "a", "r"'], status: 412, asked: 'app router note' },
  { lines: ['PUT /notes/1', 'If-Match: "a", "r", "n"'], status: 200, asked: 'app router note' },
  { lines: ['PUT /notes/1', 'If-None-Match: "n"'], status: 412, asked: 'app router note' },
  // The route of documents has none of its own.
  { lines: ['GET /documents/1'], status: 200, etag: '"d"', asked: 'app' },
  { lines: ['GET /documents/1', 'If-None-Match: "d"'], status: 304, etag: '"d"', asked: 'app' },
  { lines: ['PUT /documents/1', 'If-Match: "a"'], status: 412, asked: 'app' },
  // What the app has no opinion on, it leaves to the route, and so does the router.
  { lines: ['GET /notes/skipped'], status: 200, etag: '"n"', asked: 'note' },
  { lines: ['GET /notes/skipped', 'If-None-Match: "a", "r"'], status: 200, etag: '"n"', asked: 'note' },
  { lines: ['GET /notes/skipped', 'If-None-Match: "n"'], status: 304, etag: '"n"', asked: 'note' },
  { lines: ['PUT /notes/skipped', 'If-Match: "n"'], status: 200, asked: 'note' },
  { lines: ['PUT /notes/skipped', 'If-Match: "a", "r"'], status: 412, asked: 'note' },
];

describe.each(EXPRESS_VERSIONS)('providers for an app, a router and a route, $name', ({ express }) => {
  describe.each(['at once', 'later'])('that answer %s', (pace) => {
    let asked: string[];
    beforeEach(() => {
      asked = [];
    });

    const answering = (who: string, tag: string) => (): ProviderAnswer | Promise<ProviderAnswer> => {
      asked.push(who);
      const version = { etag: strong(tag) };
      return pace === 'later' ? new Promise((resolve) => setImmediate(resolve, version)) : version;
    };

    function appOf(module: ExpressModule): Express {
      const app = module();
      const isNote = /^\/notes\/\d+$/;
      app.use(
        preconditions(
          firstOf(when(isNote, answering('app', 'a')), when(/^\/documents\//, answering('app', 'd'))),
        ),
      );
      const router = module.Router();
      const ofRouter = answering('router', 'r');
      router.use(preconditions((req) => (isNote.test(`${req.baseUrl}${req.path}`) ? ofRouter() : SKIP)));
      router.all('/:id', preconditions(answering('note', 'n')), (_req, res) => {
        res.json({});
      });
      app.use('/notes', router);
      app.all('/documents/:id', (_req, res) => {
        res.json({});
      });
      return app;
    }

    test.each(ROWS)('$lines: $status', async ({ lines, status, etag, asked: expected }) => {
      const response = await ask(appOf(express), lines);
      expect([response.status, fieldOf(response, 'ETag'), asked.join(' ')]).toEqual([status, etag, expected]);
    });
  });

  test('the answer to a failure of the inner one is given once', async () => {
    const app = express();
    app.use(preconditions(() => ({ etag: strong('a') })));
    app.all(
      '/',
      preconditions(() => Promise.reject(Object.assign(new Error('no'), { status: 503 }))),
      mustNotRun,
    );
    for (const lines of [
      ['GET /', 'If-Match: "a"'],
      ['PUT /', 'If-Match: "a"'],
    ])
      expect((await ask(app, lines)).status).toBe(503);
  });
});
