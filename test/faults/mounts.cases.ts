/** Ways to mount the middleware in front of a handler, so that it serves `/notes/1` at least. */
import type { Express, RequestHandler } from 'express';
import type { ExpressModule } from '../helpers/express-versions.js';

export interface Mount {
  readonly how: string;
  readonly mount: (express: ExpressModule, middleware: RequestHandler, handler: RequestHandler) => Express;
}

const pass: RequestHandler = (_req, _res, next) => next();

/** An app whose parts are added by the given function. */
function appOf(express: ExpressModule, add: (app: Express) => unknown): Express {
  const app = express();
  add(app);
  return app;
}

export const MOUNTS: readonly Mount[] = [
  {
    how: 'app.all',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.all('/notes/:id', middleware, handler)),
  },
  {
    how: 'app.get and app.put',
    mount: (express, middleware, handler) =>
      appOf(express, (app) =>
        app.get('/notes/:id', middleware, handler).put('/notes/:id', middleware, handler),
      ),
  },
  {
    how: 'an array of handlers within an array',
    mount: (express, middleware, handler) =>
      appOf(express, (app) =>
        app.all('/notes/:id', [pass, [middleware, [pass]]] as RequestHandler[], [handler]),
      ),
  },
  {
    how: 'a list of paths',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.all(['/others/:id', '/notes/:id'], middleware, handler)),
  },
  {
    how: 'a regular expression',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.all(/^\/notes\/(?<id>[^/]+)\/?$/i, middleware, handler)),
  },
  {
    how: 'app.route, for all methods at once',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.route('/notes/:id').all(middleware).get(handler).put(handler)),
  },
  {
    how: 'app.route, for each method',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.route('/notes/:id').get(middleware, handler).put(middleware, handler)),
  },
  {
    how: 'app.use with a path',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.use('/notes/:id', middleware).all('/notes/:id', handler)),
  },
  {
    how: 'app.param',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => {
        app.param('id', (req, res, next) => middleware(req, res, next));
        app.all('/notes/:id', handler);
      }),
  },
  {
    how: 'a router',
    mount: (express, middleware, handler) =>
      appOf(express, (app) => app.use('/notes', express.Router().all('/:id', middleware, handler))),
  },
  {
    how: 'a router that merges parameters',
    mount: (express, middleware, handler) =>
      appOf(express, (app) =>
        app.use('/notes/:id', express.Router({ mergeParams: true }).use(middleware).all('/', handler)),
      ),
  },
  {
    how: 'a router in a router',
    mount: (express, middleware, handler) => {
      const inner = express.Router({ mergeParams: true }).all('/', handler);
      const outer = express.Router().use('/:id', middleware, inner);
      return appOf(express, (app) => app.use('/notes', outer));
    },
  },
  {
    how: 'a sub-app',
    mount: (express, middleware, handler) =>
      appOf(express, (app) =>
        app.use(
          '/notes',
          appOf(express, (sub) => sub.all('/:id', middleware, handler)),
        ),
      ),
  },
  {
    how: 'a sub-app in a sub-app',
    mount: (express, middleware, handler) => {
      const sub = appOf(express, (inner) => inner.all('/:id', middleware, handler));
      return appOf(express, (app) =>
        app.use(
          '/',
          appOf(express, (outer) => outer.use('/notes', sub)),
        ),
      );
    },
  },
  {
    how: "a route that is passed to by next('route')",
    mount: (express, middleware, handler) =>
      appOf(express, (app) => {
        app.all('/notes/:id', (_req, _res, next) => next('route'), handler);
        app.all('/notes/:id', middleware, handler);
      }),
  },
  {
    how: "a router that is passed to by next('router')",
    mount: (express, middleware, handler) =>
      appOf(express, (app) => {
        app.use(express.Router().use((_req, _res, next) => next('router'), handler));
        app.use('/notes', express.Router().all('/:id', middleware, handler));
      }),
  },
  {
    how: "a route that goes on by next('route')",
    mount: (express, middleware, handler) =>
      appOf(express, (app) => {
        app.all('/notes/:id', middleware, (_req, _res, next) => next('route'));
        app.all('/notes/:id', handler);
      }),
  },
  {
    how: "a router that goes on by next('router')",
    mount: (express, middleware, handler) =>
      appOf(express, (app) => {
        const router = express.Router();
        router.use('/:id', middleware, (_req, _res, next) => next('router'));
        app.use('/notes', router);
        app.all('/notes/:id', handler);
      }),
  },
];
