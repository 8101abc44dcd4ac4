import type { RequestListener } from 'node:http';
import { describe, expect, jest, test } from '@jest/globals';
import type { ErrorRequestHandler, Express, Request, RequestHandler, Response, Router } from 'express';
import * as ClientSide from '../../lib/client/index.js';
import type * as Library from '../../lib/index.js';
import { PreconditionFailedError, preconditions, SKIP, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ProviderAnswer } from '../../lib/index.js';
import { ask, mustNotRun, setting } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf, RawConnection, requestOctets } from '../helpers/raw-http.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const A = { etag: strong('a') };
const CONDITIONAL = ['PUT /notes/1', 'If-Match: "a"'];

const withoutDate = ({ status, lines, body }: RawResponse): unknown => ({
  status,
  lines: lines.filter(([name]) => name !== 'Date'),
  body: body.toString(),
});

/** The ways in which a handler can fail. */
const throws =
  (error: unknown): RequestHandler =>
  () => {
    throw error;
  };
const passes =
  (error: unknown): RequestHandler =>
  (_req, _res, next) =>
    next(error);
const rejects =
  (error: unknown): RequestHandler =>
  async () => {
    await Promise.resolve();
    throw error;
  };

/** Where handlers can be: what they are added to, within an app. */
interface Place {
  readonly place: string;
  readonly within: (app: Express, express: ExpressModule) => Pick<Router, 'all'>;
}

const PLACES: readonly Place[] = [
  { place: 'the app', within: (app) => app },
  {
    place: 'a router in a router',
    within: (app, express) => {
      const [outer, inner] = [express.Router(), express.Router()];
      app.use('/', outer);
      outer.use('/', inner);
      return inner;
    },
  },
  {
    place: 'an app in an app',
    within: (app, express) => {
      const [outer, inner] = [express(), express()];
      app.use('/', outer);
      outer.use('/', inner);
      return inner;
    },
  },
  {
    // Express does not tell such an app where it is mounted.
    place: 'an app in a router',
    within: (app, express) => {
      const [router, mounted] = [express.Router(), express()];
      app.use('/', router);
      router.use('/', mounted);
      return mounted;
    },
  },
];
const KNOWN_PLACES = PLACES.filter(({ place }) => place !== 'an app in a router');

/** A listener that shows what comes out of an app which has not answered. */
function errorsOf(app: RequestHandler): { listener: RequestListener; errors: unknown[] } {
  const errors: unknown[] = [];
  const listener: RequestListener = (req, res) => {
    app(req as Request, res as Response, (error: unknown) => {
      errors.push(error);
      if (res.headersSent) req.destroy();
      else res.writeHead(599).end();
    });
  };
  return { listener, errors };
}

describe.each(EXPRESS_VERSIONS)('a PreconditionFailedError that is thrown, $name', ({ name, express }) => {
  const upstream = setting({ 'Cache-Control': 'max-age=60', ETag: '"old"', 'Set-Cookie': 'a=1' });
  const announcing: RequestHandler = (req, res, next) => {
    req.precondition?.updated({ etag: strong('mine') });
    res.type('text/html');
    next();
  };
  const ways = [
    { how: 'throws', way: throws },
    { how: 'calls next', way: passes },
    // Express 4 leaves it to the handler to catch what it awaits.
    ...(name === 'Express 4' ? [] : [{ how: 'rejects', way: rejects }]),
  ];

  interface Setup extends Partial<Place> {
    readonly options?: PreconditionsOptions;
    readonly answer?: ProviderAnswer;
    readonly errorHandlers?: readonly ErrorRequestHandler[];
  }

  function appWith(
    handler: RequestHandler,
    { within = (app) => app, options = {}, answer = A, errorHandlers = [] }: Setup = {},
  ): Express {
    const app = express();
    within(app, express).all(
      '/notes/:id',
      upstream,
      preconditions(() => answer, options),
      announcing,
      handler,
    );
    for (const errorHandler of errorHandlers) app.use(errorHandler);
    return app;
  }

  const calling = (setup: Setup = {}): Express => appWith((req) => req.precondition!.fail(), setup);

  describe.each(PLACES)('by a handler of $place', ({ within }) => {
    test.each(ways)('answers what fail() answers, octet for octet: it $how', async ({ way }) => {
      const expected = await ask(calling(), CONDITIONAL, 'content');
      expect([expected.status, jsonOf(expected)['code']]).toEqual([412, 'ERR_PRECONDITION_FAILED']);
      const app = appWith(way(new PreconditionFailedError()), { within });
      for (let turn = 0; turn < 2; turn++) {
        expect(withoutDate(await ask(app, CONDITIONAL, 'content'))).toEqual(withoutDate(expected));
      }
    });
  });

  describe.each(KNOWN_PLACES)('by a handler of $place', ({ within }) => {
    test('is seen by the error handlers of the app, which can pass it on', async () => {
      const thrown = new PreconditionFailedError('The row has gone.');
      const seen: unknown[] = [];
      const watch: ErrorRequestHandler = (error, _req, res, next) => {
        seen.push(error, res.headersSent);
        next(error);
      };
      const app = appWith(throws(thrown), { within, errorHandlers: [watch, watch] });
      const response = await ask(app, CONDITIONAL);
      expect([response.status, jsonOf(response)['code']]).toEqual([412, 'ERR_PRECONDITION_FAILED']);
      expect(seen).toEqual([thrown, false, thrown, false]);
    });

    test('is left to an error handler of the app that answers, and finds there what it needs', async () => {
      const answer: ErrorRequestHandler = (error: Library.PreconditionFailedError, _req, res, _next) => {
        const { status, code, expose, message, headers } = error;
        res.status(status).set(headers).json({ code, expose, message });
      };
      const thrown = new PreconditionFailedError('The row has gone.');
      const response = await ask(appWith(throws(thrown), { within, errorHandlers: [answer] }), CONDITIONAL);
      expect([response.status, fieldOf(response, 'Cache-Control'), jsonOf(response)]).toEqual([
        412,
        'no-store',
        { code: 'ERR_PRECONDITION_FAILED', expose: true, message: 'The row has gone.' },
      ]);
    });
  });

  test.each([
    { lines: ['PUT /notes/1', 'If-Match: "z", "a"'], answer: A },
    { lines: ['PATCH /notes/1', 'If-Match: *'], answer: A },
    { lines: ['POST /notes/1', 'If-None-Match: *'], answer: null },
    { lines: ['DELETE /notes/1', 'If-None-Match: "b"'], answer: A },
    { lines: ['PUT /notes/1', 'If-Match: "a"'], answer: null, options: { onMissing: 'perform' } as const },
    {
      lines: CONDITIONAL,
      answer: A,
      options: {
        exposeEtag: true,
        respond: async (refusal: Library.Refusal, _req: Request, res: Response) => {
          await Promise.resolve();
          res.json({ mine: refusal.detail });
        },
      },
    },
  ])('answers for $lines what fail() answers', async ({ lines, ...setup }) => {
    const expected = await ask(calling(setup), lines);
    expect(expected.status).toBe(412);
    const response = await ask(appWith(throws(new PreconditionFailedError()), setup), lines);
    expect(withoutDate(response)).toEqual(withoutDate(expected));
  });

  test.each([
    [['PUT /notes/1'], A],
    [['DELETE /notes/1'], null],
    [['PUT /notes/1', 'If-Unmodified-Since: never'], A],
  ])('for a request without a condition that could be false is a mistake: %j', async (lines, answer) => {
    const thrown = new PreconditionFailedError();
    const { listener, errors } = errorsOf(appWith(throws(thrown), { answer }));
    expect((await ask(listener, lines)).status).toBe(599);
    expect(errors).toMatchObject([{ code: 'ERR_NO_PRECONDITION', status: 500 }]);
    expect((errors as Error[])[0]!.cause).toBe(thrown);
  });

  test('after the header section was sent goes the way of any error: there is no second answer', async () => {
    const thrown = new PreconditionFailedError();
    const late: RequestHandler = (_req, res) => {
      res.status(200).write('begun');
      throw thrown;
    };
    const { listener, errors } = errorsOf(appWith(late));
    await withServer(listener, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(CONDITIONAL));
      const everything = await connection.rest();
      expect([everything.match(/HTTP\/1\.1 \d+/g), everything.includes('begun')]).toEqual([
        ['HTTP/1.1 200'],
        true,
      ]);
    });
    expect(errors).toEqual([thrown]);
  });

  test.each<[string, ProviderAnswer]>([
    ['where the provider had no opinion', SKIP],
    ['on a read', A],
  ])('is an error like any other %s, before and after a write', async (_where, answer) => {
    const thrown = new PreconditionFailedError();
    const app = appWith(throws(thrown), { answer });
    const lines = [`${answer === SKIP ? 'PUT' : 'GET'} /notes/1`, 'If-Match: "a"'];
    const { listener, errors } = errorsOf(app);
    await ask(listener, lines);
    await ask(listener, CONDITIONAL);
    errors.length = 0;
    await ask(listener, lines);
    expect(errors).toEqual([thrown]);
  });

  test('by a provider stops the request with a plain 412: there is nothing that was evaluated', async () => {
    const app = express();
    app.put('/', preconditions(throws(new PreconditionFailedError()) as () => null), mustNotRun);
    const response = await ask(app, ['PUT /', 'If-Match: "a"']);
    expect([response.status, fieldOf(response, 'Cache-Control')]).toEqual([412, 'no-store']);
  });

  test.each([
    ['an error', new Error('other')],
    ['an error with the status 412', Object.assign(new Error('other'), { status: 412 })],
    ['an error with the code', Object.assign(new Error('other'), { code: 'ERR_PRECONDITION_FAILED' })],
    ['a text', 'PreconditionFailedError'],
    ['an object', { status: 412 }],
    [
      'the one of the client, about a request that the handler has made',
      new ClientSide.PreconditionFailedError(new Response(null, { status: 412 }), undefined, 'PUT'),
    ],
  ])('is not taken for what is none: %s', async (_what, other) => {
    const { listener, errors } = errorsOf(appWith(throws(other)));
    await ask(listener, CONDITIONAL);
    await ask(listener, CONDITIONAL);
    expect(errors).toEqual([other, other]);
  });

  test('is known by its name alone', async () => {
    const error = Object.assign(new Error('of an older copy'), { name: 'PreconditionFailedError' });
    const response = await ask(appWith(throws(error)), CONDITIONAL);
    expect([response.status, jsonOf(response)['code']]).toEqual([412, 'ERR_PRECONDITION_FAILED']);
  });

  test('of another copy of the package is answered by the copy whose middleware was passed', async () => {
    let other!: typeof Library;
    jest.isolateModules(() => {
      other = jest.requireActual<typeof Library>('../../lib/index.js');
    });
    expect(other.PreconditionFailedError).not.toBe(PreconditionFailedError);
    const app = express();
    const route = (path: string, copy: typeof Library, handler: RequestHandler): unknown =>
      app.put(
        path,
        copy.preconditions(() => A, { respond: (_refusal, _req, res) => res.json(path) }) as RequestHandler,
        handler,
      );
    route('/mine', { ...other, preconditions }, throws(new other.PreconditionFailedError()));
    route('/other', other, throws(new PreconditionFailedError()));
    for (const path of ['/mine', '/other', '/mine']) {
      const response = await ask(app, [`PUT ${path}`, 'If-Match: "a"']);
      expect([response.status, response.body.toString()]).toEqual([412, JSON.stringify(path)]);
    }
  });

  describe('the error handler that answers it', () => {
    const layersOf = (app: Express): string[] => {
      const routers = app as unknown as Record<'router' | '_router', { stack: { name: string }[] }>;
      return routers[name === 'Express 4' ? '_router' : 'router'].stack.map((layer) => layer.name);
    };
    const ours = (app: Express): number =>
      layersOf(app).filter((layer) => layer === 'lastErrorHandler').length;

    test('is mounted once, by the first write, however many requests and middleware there are', async () => {
      const app = appWith(throws(new PreconditionFailedError()));
      app.put(
        '/others/:id',
        preconditions(() => A),
        preconditions(() => A),
        mustNotRun,
      );
      await ask(app, ['GET /notes/1']);
      await ask(app, ['OPTIONS /notes/1']);
      expect(ours(app)).toBe(0);
      for (const lines of [CONDITIONAL, CONDITIONAL, ['PUT /notes/1'], ['PUT /others/1', 'If-Match: "b"']]) {
        await ask(app, lines);
        expect(ours(app)).toBe(1);
      }
      expect(layersOf(app).at(-1)).toBe('lastErrorHandler');
    });

    test('is mounted in the outermost app, behind all that has error handlers of its own', async () => {
      const app = express();
      const mounted = express();
      app.use('/notes', mounted);
      mounted.put(
        '/:id',
        preconditions(() => A),
        throws(new PreconditionFailedError()),
      );
      await ask(app, CONDITIONAL);
      expect([ours(mounted), ours(app)]).toEqual([0, 1]);
    });
  });

  test('by a handler of a router without an app comes out of the router', async () => {
    const thrown = new PreconditionFailedError();
    const router = express.Router();
    router.use((_req, res, next) => {
      Object.setPrototypeOf(res, express.response);
      next();
    });
    router.put(
      '/',
      preconditions(() => A),
      throws(thrown),
    );
    const { listener, errors } = errorsOf(router);
    expect((await ask(listener, ['PUT /', 'If-Match: "a"'])).status).toBe(599);
    expect(errors).toEqual([thrown]);
  });
});
