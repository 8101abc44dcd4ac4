import { describe, expect, test } from '@jest/globals';
import type { Express, Request } from 'express';
import { firstOf, preconditions, SKIP, strong, when } from '../../lib/index.js';
import type { ProviderAnswer } from '../../lib/index.js';
import { T, T_DATE, T_MINUS_1 } from '../core/fixtures.js';
import { ask, mustNotRun } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';
import { REPRESENTATION, RESOURCE, FILES } from './ways-of-serving.js';

const A = { etag: strong('a'), lastModified: T_DATE };
const B = { etag: strong('b') };

describe.each(EXPRESS_VERSIONS)('one middleware behind another, $name', ({ express }) => {
  /** One for the whole app, one for the route. */
  function nested(outerAnswer: ProviderAnswer, innerAnswer: ProviderAnswer): Express {
    const app = express();
    const outer = preconditions(() => outerAnswer);
    const inner = preconditions(() => innerAnswer);
    app.use(outer);
    app.all('/', inner, (req, res) => {
      res.json({
        outer: outer.of(req)?.version ?? null,
        inner: inner.of(req)?.version ?? null,
        seen: req.precondition?.version ?? null,
      });
    });
    return app;
  }

  test('each sees the fields as they arrived, although the outer one takes those of a read away', async () => {
    const app = nested(A, B);
    expect((await ask(app, ['GET /', 'If-None-Match: "b"'])).status).toBe(304);
    expect((await ask(app, ['GET /', 'If-None-Match: "a"'])).status).toBe(304);
    expect((await ask(app, ['GET /', 'If-None-Match: "c"'])).status).toBe(200);
    expect((await ask(app, ['GET /', 'If-Match: "a"'])).status).toBe(412);
    expect((await ask(app, ['GET /', 'If-Match: "a", "b"'])).status).toBe(200);
    expect((await ask(app, ['GET /', 'If-Match: "a"', 'If-Match: "b"'])).status).toBe(200);
  });

  test('a write has to satisfy both', async () => {
    const app = nested(A, B);
    expect((await ask(app, ['PUT /', 'If-Match: "a"'])).status).toBe(412);
    expect((await ask(app, ['PUT /', 'If-Match: "b"'])).status).toBe(412);
    const response = await ask(app, ['PUT /', 'If-Match: "b", "a"']);
    expect([response.status, fieldOf(response, 'ETag')]).toEqual([200, undefined]);
  });

  test('the inner one decides on the validators and on req.precondition; `of` tells them apart', async () => {
    const response = await ask(nested(A, B), ['GET /']);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual(['"b"', undefined]);
    expect(jsonOf(response)).toEqual({
      outer: { etag: '"a"', lastModified: T_DATE.toISOString() },
      inner: B,
      seen: B,
    });
  });

  test('an outer one without a tag leaves that of the inner one alone', async () => {
    const response = await ask(nested({ lastModified: T_DATE }, B), ['GET /']);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual(['"b"', undefined]);
  });

  test('an inner one without a tag takes that of the outer one away', async () => {
    const response = await ask(nested(B, { lastModified: T_DATE }), ['GET /']);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual([undefined, T]);
  });

  test('an outer one that skips leaves everything to the inner one', async () => {
    const app = nested(SKIP, B);
    expect((await ask(app, ['GET /', 'If-None-Match: "b"'])).status).toBe(304);
    expect((await ask(app, ['PUT /', 'If-Match: "a"'])).status).toBe(412);
    expect(jsonOf(await ask(app, ['GET /']))).toEqual({ outer: null, inner: B, seen: B });
  });

  test('an inner one that skips leaves req.precondition to the outer one', async () => {
    expect(jsonOf(await ask(nested(B, SKIP), ['PUT /', 'If-Match: "b"']))).toEqual({
      outer: B,
      inner: null,
      seen: B,
    });
  });

  test('an outer one that knows of nothing does not keep the inner one from its 304', async () => {
    expect((await ask(nested(null, B), ['GET /', 'If-None-Match: "b"'])).status).toBe(304);
  });

  test('a range that the outer one has put out of force stays so', async () => {
    const app = express();
    app.use(preconditions(() => B));
    app.get(
      RESOURCE,
      preconditions(() => A),
      express.static(FILES),
    );
    const response = await ask(app, [`GET ${RESOURCE}`, 'Range: bytes=0-3', 'If-Range: "a"']);
    expect([response.status, response.body.toString()]).toEqual([200, REPRESENTATION]);
  });

  test.each(['PUT', 'GET'])('a condition that was set or changed in between counts: %s', async (method) => {
    const app = express();
    app.use(preconditions(() => A));
    app.use((req, _res, next) => {
      req.headers['if-match'] = String(req.headers['x-tag']);
      next();
    });
    app.all(
      '/',
      preconditions(() => B),
      (_req, res) => res.json({}),
    );
    for (const received of [[], ['If-Match: "a"']]) {
      expect((await ask(app, [`${method} /`, ...received, 'X-Tag: "c"'])).status).toBe(412);
      expect((await ask(app, [`${method} /`, ...received, 'X-Tag: "b"'])).status).toBe(200);
    }
  });

  test.each([
    [['If-Modified-Since', T], 304],
    [['If-Unmodified-Since', T_MINUS_1], 412],
  ] as const)(
    'the inner one evaluates what the outer one has taken away: %j',
    async ([name, value], status) => {
      const app = express();
      app.use(preconditions(() => ({ etag: strong('a') })));
      app.get(
        '/',
        preconditions(() => ({ lastModified: T_DATE })),
        (_req, res) => void res.json({}),
      );
      expect((await ask(app, ['GET /', `${name}: ${value}`])).status).toBe(status);
    },
  );

  test('the inner one sees what the outer one has taken away, fields of a range included', async () => {
    const app = express();
    app.use(preconditions(() => A));
    app.get(
      '/',
      preconditions(() => B),
      (req, res) => void res.json(req.precondition.request),
    );
    const fields = { ifModifiedSince: T_MINUS_1, ifUnmodifiedSince: T, ifRange: '"x"', range: 'bytes=0-1' };
    const lines = [
      `If-Modified-Since: ${T_MINUS_1}`,
      `If-Unmodified-Since: ${T}`,
      'If-Range: "x"',
      'Range: bytes=0-1',
    ];
    expect(jsonOf(await ask(app, ['GET /', ...lines]))).toMatchObject(fields);
  });

  test.each([{ mine: true }, { request: {} }, 'mine', null])(
    'a `req.precondition` of somebody else hides no condition: %j',
    async (precondition) => {
      const app = express();
      app.use((req, _res, next) => {
        Object.assign(req, { precondition });
        next();
      });
      app.all(
        '/',
        preconditions(() => B),
        mustNotRun,
      );
      expect((await ask(app, ['PUT /', 'If-Match: "a"'])).status).toBe(412);
      expect((await ask(app, ['GET /', 'If-None-Match: "b"'])).status).toBe(304);
    },
  );

  test('a method that was overridden in between counts', async () => {
    const app = express();
    app.use(preconditions(() => B));
    app.use((req, _res, next) => {
      req.method = 'DELETE';
      next();
    });
    app.delete(
      '/',
      preconditions(() => A),
      mustNotRun,
    );
    expect((await ask(app, ['POST /', 'If-None-Match: "a"'])).status).toBe(412);
  });

  test('a router has its own, with the parameters of the path that it is mounted at', async () => {
    const app = express();
    const router = express.Router({ mergeParams: true });
    router.use(preconditions((req: Request<{ id: string }>) => ({ etag: strong(`event-${req.params.id}`) })));
    router.all('/', (_req, res) => {
      res.json({});
    });
    app.use('/events/:id', router);
    expect((await ask(app, ['GET /events/7', 'If-None-Match: "event-7"'])).status).toBe(304);
    expect((await ask(app, ['PUT /events/8', 'If-Match: "event-7"'])).status).toBe(412);
    expect((await ask(app, ['PUT /events/7', 'If-Match: "event-7"'])).status).toBe(200);
  });

  test('one for a whole app has opinions on some paths only', async () => {
    const app = express();
    app.use(
      preconditions(
        firstOf(
          when(/^\/a$/, () => A),
          when(
            (req) => req.path === '/b',
            () => Promise.resolve(B),
          ),
        ),
      ),
    );
    app.all('/:name', (_req, res) => {
      res.json({});
    });
    expect((await ask(app, ['GET /a', 'If-None-Match: "a"'])).status).toBe(304);
    expect((await ask(app, ['GET /b', 'If-None-Match: "a"'])).status).toBe(200);
    expect((await ask(app, ['PUT /b', 'If-Match: "a"'])).status).toBe(412);
    const other = await ask(app, ['PUT /c', 'If-Match: "a"']);
    expect([other.status, fieldOf(other, 'ETag')]).toEqual([200, expect.stringMatching(/^W\//)]);
  });

  describe('an app behind it keeps to its rules, too', () => {
    const cached = preconditions(() => ({ ...A, headers: { 'Cache-Control': 'max-age=600' } }));

    function inner(): Express {
      const app = express();
      app.put('/', (_req, res) => void res.json({}));
      app.get('/', (_req, res) => void res.status(404).json({}));
      return app;
    }

    const WAYS: Readonly<Record<string, () => Express | Promise<Express>>> = {
      'mounted on the app': () => express().use(cached, inner()),
      'mounted on a router': () => express().use(cached, express.Router().use(inner())),
      'called by a function, as for a virtual host': () => {
        const app = inner();
        return express().use(cached, (req, res, next) => void app(req, res, next));
      },
      'mounted a second time, after its first request': async () => {
        const app = express().use(cached, inner());
        await ask(express().use(app), ['PUT /']);
        return express().use(app);
      },
      'and one before it that has wrapped `res.send`': () => {
        const app = express();
        app.use((_req, res, next) => {
          const send = res.send.bind(res);
          res.send = (body) => send(body);
          next();
        });
        return app.use(cached, inner());
      },
    };

    test.each(Object.keys(WAYS))('%s', async (way) => {
      const app = await WAYS[way]!();
      const put = await ask(app, ['PUT /', 'If-Match: "a"']);
      expect([put.status, fieldOf(put, 'ETag')]).toEqual([200, undefined]);
      const get = await ask(app, ['GET /']);
      expect([get.status, fieldOf(get, 'ETag'), fieldOf(get, 'Cache-Control')]).toEqual([
        404,
        undefined,
        undefined,
      ]);
    });
  });

  test('what all responses of an app inherit is changed once, whatever routers and apps it holds', async () => {
    const app = express();
    for (const path of ['/a', '/b']) {
      const inner = express();
      inner.get(
        '/',
        preconditions(() => A),
        (_req, res) => void res.json({}),
      );
      app.use(path, inner);
    }
    const inherited = (): unknown[] =>
      ['send', 'sendFile', 'writeHead'].map(
        (name) => (app.response as object as Record<string, unknown>)[name],
      );
    expect((await ask(app, ['GET /a'])).status).toBe(200);
    const changed = inherited();
    expect(changed.map((method) => (method as { readonly name: string }).name)).toEqual([
      'sendByRules',
      'sendFileByRules',
      'writeHeadByRules',
    ]);
    for (const path of ['/a', '/b', '/b']) expect((await ask(app, [`GET ${path}`])).status).toBe(200);
    expect(inherited()).toEqual(changed);
  });
});
