import { describe, expect, test } from '@jest/globals';
import type { NextFunction, Request, Response } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { T } from '../core/fixtures.js';
import { ask, mustNotRun, throwing } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';

const VERSION = { etag: strong('v1'), lastModified: new Date(T) };

/** Requests whose preconditions are false. */
const FALSE_CONDITIONS = [
  ['GET /events/7', 'If-None-Match: "v1"'],
  ['GET /events/7', `If-Modified-Since: ${T}`],
  ['GET /events/7', 'If-Match: "v0"'],
  ['HEAD /events/7', 'If-None-Match: *'],
  ['PUT /events/7', 'If-Match: "v0"'],
  ['PUT /events/7', 'If-Match: malformed'],
  ['DELETE /events/7', 'If-None-Match: *'],
  ['PATCH /events/7'],
];

function authenticate(req: Request, res: Response, next: NextFunction): void {
  if (req.get('Authorization') === undefined) res.status(401).set('WWW-Authenticate', 'Bearer').end();
  else if (req.get('Authorization') === 'Bearer guest') res.status(403).end();
  else next();
}

describe.each(EXPRESS_VERSIONS)('what comes before preconditions, $name', ({ express }) => {
  describe.each(FALSE_CONDITIONS)('%s with %s', (...lines) => {
    test('R-13.2.1-a: 401 and 403 win where authentication is mounted first, and tell nothing of the version', async () => {
      const app = express();
      const provider = throwing(new Error('The provider was asked.'));
      app.all('/events/:id', authenticate, preconditions(provider, { required: ['PATCH'] }), mustNotRun);
      const anonymous = await ask(app, lines);
      expect([anonymous.status, fieldOf(anonymous, 'WWW-Authenticate')]).toEqual([401, 'Bearer']);
      const guest = await ask(app, [...lines, 'Authorization: Bearer guest']);
      expect([guest.status, fieldOf(guest, 'ETag')]).toEqual([403, undefined]);
    });

    test('R-13.2.1-a: with credentials the preconditions are evaluated', async () => {
      const app = express();
      app.all(
        '/events/:id',
        authenticate,
        preconditions(() => VERSION, { required: ['PATCH'] }),
        mustNotRun,
      );
      expect([304, 412, 428]).toContain((await ask(app, [...lines, 'Authorization: Bearer ada'])).status);
    });

    test.each([302, 308, 404, 405, 406, 410, 413, 415, 429, 501, 503])(
      'R-13.2.1-b: %i wins where it is found before',
      async (status) => {
        const app = express();
        const early = (_req: Request, res: Response): void =>
          void res.status(status).location('/elsewhere').end();
        app.all(
          '/events/:id',
          early,
          preconditions(() => VERSION, { required: ['PATCH'] }),
          mustNotRun,
        );
        const response = await ask(app, lines);
        expect([response.status, fieldOf(response, 'ETag')]).toEqual([status, undefined]);
      },
    );
  });

  test('R-13.2.1-b: a provider answers for an access check of its own by an error with a status', async () => {
    const app = express();
    app.get('/', preconditions(throwing(Object.assign(new Error('not yours'), { status: 403 }))), mustNotRun);
    expect((await ask(app, ['GET /', 'If-None-Match: "v1"'])).status).toBe(403);
  });

  test('R-13.2.1-f: a method that the route does not know is 404, not 412', async () => {
    const app = express();
    app.get(
      '/',
      preconditions(() => VERSION),
      mustNotRun,
    );
    for (const method of ['PUT', 'DELETE', 'PROPFIND'])
      expect((await ask(app, [`${method} /`, 'If-Match: "v0"'])).status).toBe(404);
  });

  test('R-13.2.1-f: 405 wins where a route answers it before', async () => {
    const app = express();
    app
      .route('/')
      .get(
        preconditions(() => VERSION),
        mustNotRun,
      )
      .all((_req, res) => void res.status(405).set('Allow', 'GET, HEAD').end());
    expect((await ask(app, ['PUT /', 'If-Match: "v0"'])).status).toBe(405);
    expect((await ask(app, ['HEAD /', 'If-None-Match: "v1"'])).status).toBe(304);
  });

  test('R-13.2.1-d: a PUT that does not create is left to its 404', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => null, { onMissing: 'perform' }),
      (req, res) => {
        expect(req.precondition.guard.kind).toBe('never');
        res.sendStatus(404);
      },
    );
    expect((await ask(app, ['PUT /', 'If-Match: "a"'])).status).toBe(404);
  });

  test('R-13.2.1-h: a preflight request passes, and is answered by Express where only a method is routed', async () => {
    const preflight = ['OPTIONS /', 'Origin: https://example.com', 'Access-Control-Request-Method: PUT'];
    const app = express();
    app.put(
      '/',
      preconditions(() => VERSION, { required: ['PUT'] }),
      mustNotRun,
    );
    const response = await ask(app, preflight);
    expect([response.status, fieldOf(response, 'Allow')]).toEqual([200, 'PUT']);
    const everywhere = express();
    everywhere.use(preconditions(() => VERSION, { required: () => true }));
    everywhere.options(
      '/',
      (_req, res) => void res.status(204).set('Access-Control-Allow-Methods', 'PUT').end(),
    );
    expect((await ask(everywhere, preflight)).status).toBe(204);
  });

  test('R-13.2.1-e: content that the handler would refuse is looked at later', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => VERSION),
      express.json(),
      (req, res) => {
        res.sendStatus((req.body as { title?: string }).title === undefined ? 422 : 204);
      },
    );
    const put = (tag: string, content: string): Promise<{ status: number }> =>
      ask(app, ['PUT /', `If-Match: "${tag}"`, 'Content-Type: application/json'], content);
    expect((await put('v0', '{}')).status).toBe(412);
    expect((await put('v0', '{')).status).toBe(412);
    expect((await put('v1', '{')).status).toBe(400);
    expect((await put('v1', '{}')).status).toBe(422);
    expect((await put('v1', '{"title":"x"}')).status).toBe(204);
  });

  describe('a middleware that', () => {
    /** An app with a middleware before that changes the If-Match of the request. */
    function changing(change: (req: Request) => void): ReturnType<typeof express> {
      const app = express();
      const before = (req: Request, _res: Response, next: NextFunction): void => {
        change(req);
        next();
      };
      app.put(
        '/',
        before,
        preconditions(() => VERSION),
        (_req, res) => void res.sendStatus(204),
      );
      return app;
    }

    const withoutSuffix = changing((req) => {
      req.headers['if-match'] = req.headers['if-match']?.replaceAll('-gzip"', '"');
    });

    test('adds a field makes the request conditional', async () => {
      const app = changing((req) => {
        req.headers['if-match'] = '"v0"';
      });
      expect((await ask(app, ['PUT /'])).status).toBe(412);
    });

    test('takes a field away makes the request unconditional', async () => {
      const app = changing((req) => {
        delete req.headers['if-match'];
      });
      expect((await ask(app, ['PUT /', 'If-Match: "v0"', 'If-Match: "v00"'])).status).toBe(204);
    });

    test('changes a field is believed', async () => {
      expect((await ask(withoutSuffix, ['PUT /', 'If-Match: "v1-gzip"'])).status).toBe(204);
      expect((await ask(withoutSuffix, ['PUT /', 'If-Match: "v0-gzip"'])).status).toBe(412);
    });

    test('changes a field of several lines is believed', async () => {
      expect((await ask(withoutSuffix, ['PUT /', 'If-Match: "v0-gzip"', 'If-Match: "v1-gzip"'])).status).toBe(
        204,
      );
    });
  });
});
