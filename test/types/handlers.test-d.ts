// What handlers see of the preconditions. Checked by `tsc -p .` against Express 5 and by `tsc -p tsconfig.express4.json` against
// Express 4; nothing here runs. `toEqualTypeOf` refuses `any`, and so does every line that must not compile.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expectTypeOf } from 'expect-type';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import express, { Router } from 'express';
import { fromVersion, preconditions, SKIP, strong } from 'http-preconditions';
import type {
  ConditionalRequest,
  Decision,
  Guard,
  Precondition,
  PreconditionFor,
  PreconditionsMiddleware,
  ResourceVersion,
  VersionOf,
} from 'http-preconditions';

interface Row {
  readonly id: string;
  readonly version: number;
}
declare function find(id: string): Promise<Row | null>;
declare const maybe: boolean;
declare function use(value: unknown): void;

const byVersion = fromVersion(
  (req: Request<{ id: string }>) => find(req.params.id),
  (row) => row.version,
);
const loaded = preconditions(byVersion);
const skipping = preconditions(async () => (maybe ? SKIP : { etag: strong(1), size: 5 }));

const app = express();
const router = Router();

type Typed = Precondition<VersionOf<Row>>;
type Untyped = Precondition | undefined;

// The type of the provider reaches every handler in the same call, without a cast, and so do the route's parameters.
app.get('/events/:id', loaded, (req, res) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  expectTypeOf(req.params.id).toEqualTypeOf<string>();
  expectTypeOf(req.precondition.version).toEqualTypeOf<VersionOf<Row> | null | undefined>();
  // @ts-expect-error -- the route has no such parameter
  use(req.params.name);
  // @ts-expect-error -- the resource may be missing, or not have been asked for
  res.json(req.precondition.version.resource);
  res.json(req.precondition.version?.resource);
});
app.put('/events/:id', loaded, express.json(), async (req, res) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  expectTypeOf(req.params).toEqualTypeOf<{ id: string }>();
  res.json({});
});
app.put('/events/:id', express.json(), preconditions(byVersion), (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
});
app.patch(
  '/events/:id',
  loaded,
  (_req, _res, next) => next(),
  (req) => {
    expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  },
);
app.all(/^\/events/, loaded, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
});
app.delete(['/events/:id', '/old-events/:id'], loaded, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
});
app.use(loaded, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
});
app.use('/events', loaded, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
});
router.get('/events/:id', loaded, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  expectTypeOf(req.params.id).toEqualTypeOf<string>();
});
router.use(loaded, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
});
app
  .route('/events/:id')
  .get(loaded, (req) => {
    expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
    expectTypeOf(req.params.id).toEqualTypeOf<string>();
  })
  .put(loaded, express.json(), (req) => {
    expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  });

// A provider written in place: its own members are kept, as precise as they are.
app.get(
  '/events/:id',
  preconditions((req) => {
    expectTypeOf(req.params).toEqualTypeOf<Record<string, string>>();
    return maybe ? null : { etag: strong(1), row: { title: 'x' } };
  }),
  (req) => {
    expectTypeOf(req.precondition.version?.row).toEqualTypeOf<{ title: string } | undefined>();
    expectTypeOf(req.precondition.version?.etag).toEqualTypeOf<`"${string}"` | undefined>();
    // @ts-expect-error -- the provider returns no such member
    use(req.precondition.version?.resource);
  },
);

// Only a provider that may skip makes the handler ask whether there is a precondition.
app.put('/events/:id', skipping, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<
    Precondition<{ etag: `"${string}"`; size: number }> | undefined
  >();
  // @ts-expect-error -- the request may have been skipped
  use(req.precondition.guard);
  expectTypeOf(req.precondition?.version?.size).toEqualTypeOf<number | undefined>();
});
expectTypeOf<PreconditionFor<ResourceVersion>>().toEqualTypeOf<Precondition>();
expectTypeOf<PreconditionFor<ResourceVersion | null>>().toEqualTypeOf<Precondition>();
expectTypeOf<PreconditionFor<ResourceVersion | typeof SKIP>>().toEqualTypeOf<Untyped>();

// `of` gives the type to handlers that are declared elsewhere.
function getEvent(req: Request, res: Response): void {
  expectTypeOf(loaded.of(req)).toEqualTypeOf<Typed>();
  expectTypeOf(skipping.of(req)).toEqualTypeOf<
    Precondition<{ etag: `"${string}"`; size: number }> | undefined
  >();
  res.json(loaded.of(req).version?.resource);
}
app.get('/events/:id', loaded, getEvent);
declare const incoming: IncomingMessage;
expectTypeOf(loaded.of(incoming)).toEqualTypeOf<Typed>();
// @ts-expect-error -- `of` takes a request
loaded.of({});

// Where nothing says which provider was mounted, there may be none.
app.get('/plain/:id', (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Untyped>();
  expectTypeOf(req.params.id).toEqualTypeOf<string>();
  // @ts-expect-error -- there may be no precondition
  use(req.precondition.version);
});
expectTypeOf<Request['precondition']>().toEqualTypeOf<Untyped>();

// Other handlers in the same call do not hide the type, annotated or not, before or behind.
declare const authenticate: RequestHandler;
declare const parse: (req: IncomingMessage, res: ServerResponse, next: (error?: unknown) => void) => void;
function log(_req: Request, _res: Response, next: NextFunction): void {
  next();
}
for (const other of [authenticate, log, parse]) {
  app.put('/events/:id', other, loaded, (req) => {
    expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
    expectTypeOf(loaded.of(req)).toEqualTypeOf<Typed>();
  });
  app.put('/events/:id', loaded, other, other, (req) => {
    expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  });
  router.put('/events/:id', other, skipping, other, (req) => {
    // @ts-expect-error -- the request may have been skipped
    use(req.precondition.guard);
  });
}
app.put(
  '/events/:id',
  (_req, _res, next) => next(),
  loaded,
  (_req, _res, next) => next(),
  (req) => {
    expectTypeOf(req.precondition).toEqualTypeOf<Typed>();
  },
);
app.put('/events/:id', authenticate, (req) => {
  expectTypeOf(req.precondition).toEqualTypeOf<Untyped>();
});

// One that says what `res.locals` holds decides for all; then `of` is the way.
declare const withLocals: RequestHandler<{ id: string }, { ok: true }, unknown, unknown, { user: string }>;
app.put('/events/:id', withLocals, loaded, (req, res) => {
  expectTypeOf(res.locals.user).toEqualTypeOf<string>();
  expectTypeOf(req.precondition).toEqualTypeOf<Untyped>();
  expectTypeOf(loaded.of(req)).toEqualTypeOf<Typed>();
});

// The middleware goes wherever a request handler goes.
const handler: RequestHandler = loaded;
const handlers: RequestHandler[] = [authenticate, loaded];
app.use(loaded);
app.use('/events', authenticate, loaded, router);
app.get('/events/:id', [authenticate, loaded], getEvent);
app.get('/events/:id', handler, ...handlers, loaded, getEvent);
app.use(loaded, express.static('/srv'));
expectTypeOf(loaded).toEqualTypeOf<PreconditionsMiddleware<VersionOf<Row> | null>>();

// A precondition, member by member.
type Member<K extends keyof Typed> = Typed[K];
expectTypeOf<Member<'exists'>>().toEqualTypeOf<boolean | undefined>();
expectTypeOf<Member<'guard'>>().toEqualTypeOf<Guard<VersionOf<Row>>>();
expectTypeOf<Member<'decision'>>().toEqualTypeOf<Decision>();
expectTypeOf<Member<'request'>>().toEqualTypeOf<ConditionalRequest>();
expectTypeOf<Member<'fail'>>().toEqualTypeOf<() => void>();
expectTypeOf<Member<'updated'>>().toEqualTypeOf<(version: ResourceVersion) => void>();
expectTypeOf<keyof Typed>().toEqualTypeOf<
  'version' | 'exists' | 'guard' | 'decision' | 'request' | 'signal' | 'updated' | 'fail'
>();
app.put('/events/:id', loaded, (req) => {
  req.precondition.updated(byVersion.versionOf({ id: 'a', version: 2 }));
  req.precondition.updated({ etag: '"2"' });
  // @ts-expect-error -- the quotes are part of an entity tag
  req.precondition.updated({ etag: '2' });
  // @ts-expect-error -- a tag alone is no version
  req.precondition.updated(strong(2));
  // @ts-expect-error -- there is nothing to announce
  req.precondition.updated(null);
  // @ts-expect-error -- it is for handlers to read
  req.precondition = undefined;
});

// The guard is a union that a switch can exhaust; only one kind has a version.
function numberOf(guard: Guard<VersionOf<Row>>): number {
  switch (guard.kind) {
    case 'version':
      expectTypeOf(guard.version).toEqualTypeOf<VersionOf<Row>>();
      return guard.version.resource.version;
    case 'none':
    case 'exists':
    case 'absent':
    case 'never':
      // @ts-expect-error -- no version is asked for
      use(guard.version);
      return 0;
    default:
      expectTypeOf(guard).toEqualTypeOf<never>();
      return guard;
  }
}
function exhaust({ guard }: Typed): void {
  if (guard.kind === 'version' || guard.kind === 'none' || guard.kind === 'exists') return;
  if (guard.kind === 'never') return;
  // @ts-expect-error -- 'absent' has been forgotten
  use(guard satisfies never);
}
use([numberOf, exhaust]);
