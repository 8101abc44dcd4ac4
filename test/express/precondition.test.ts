import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { isHttpPreconditionsError, preconditions, strong } from '../../lib/index.js';
import type { Precondition, PreconditionsOptions } from '../../lib/index.js';
import { T } from '../core/fixtures.js';
import { ask, recordErrors } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { Current } from './conformance/notation.js';
import { versionOf } from './conformance/notation.js';

/** What handlers and responders are told about one request. */
interface GuardCase {
  readonly title: string;
  readonly request: readonly string[];
  readonly current: Current;
  readonly options?: PreconditionsOptions;
  readonly guard: string;
  readonly exists: boolean | undefined;
  readonly reason?: string;
}

const GUARDS: readonly GuardCase[] = [
  {
    title: 'a write without a condition',
    request: ['PUT /'],
    current: 'E"a"',
    guard: 'none',
    exists: undefined,
  },
  { title: 'a read', request: ['GET /'], current: 'E"a"', guard: 'none', exists: true },
  {
    title: 'a read of what does not exist',
    request: ['GET /', 'If-Match: *'],
    current: '∅',
    guard: 'none',
    exists: false,
  },
  {
    title: 'OPTIONS',
    request: ['OPTIONS /', 'If-Match: *'],
    current: 'E"a"',
    guard: 'none',
    exists: undefined,
  },
  {
    title: 'a listed tag',
    request: ['PUT /', 'If-Match: "a"'],
    current: 'E"a"',
    guard: 'version',
    exists: true,
  },
  { title: 'If-Match: *', request: ['PUT /', 'If-Match: *'], current: 'E"a"', guard: 'exists', exists: true },
  {
    title: 'a date',
    request: ['PUT /', `If-Unmodified-Since: ${T}`],
    current: 'E- LM=T',
    guard: 'version',
    exists: true,
  },
  {
    title: 'a date to be ignored',
    request: ['PUT /', `If-Unmodified-Since: ${T}`],
    current: 'E"a"',
    guard: 'none',
    exists: true,
  },
  {
    title: 'If-None-Match: *',
    request: ['PUT /', 'If-None-Match: *'],
    current: '∅',
    guard: 'absent',
    exists: false,
  },
  {
    title: 'another tag',
    request: ['PUT /', 'If-None-Match: "z"'],
    current: 'E"a"',
    guard: 'version',
    exists: true,
  },
  {
    title: 'If-Match for a missing resource, where the handler answers 404',
    request: ['DELETE /', 'If-Match: "a"'],
    current: '∅',
    options: { onMissing: 'perform' },
    guard: 'never',
    exists: false,
  },
];

describe.each(EXPRESS_VERSIONS)('req.precondition, $name', ({ express }) => {
  test.each(GUARDS)(
    'of $title: its guard is $guard',
    async ({ request, current, options, guard, exists }) => {
      const version = versionOf(current);
      const seen: (Precondition | undefined)[] = [];
      const app = express();
      app.all(
        '/',
        preconditions(() => version, options),
        (req, res) => {
          seen.push(req.precondition);
          res.status(204).end();
        },
      );
      expect((await ask(app, request)).status).toBe(204);
      const [precondition] = seen;
      expect(precondition!.guard).toEqual(guard === 'version' ? { kind: guard, version } : { kind: guard });
      expect(precondition!.exists).toBe(exists);
      expect(precondition!.decision).toMatchObject({ outcome: 'perform', guard });
      expect(precondition!.request.method).toBe(request[0]!.split(' ')[0]);
    },
  );

  test.each([
    ['at once', <T>(value: T): T => value],
    ['later', <T>(value: T): Promise<T> => Promise.resolve(value)],
  ])('carries the very object that the provider gave %s, also in the guard', async (_when, give) => {
    const guards: boolean[] = [];
    const row = { etag: strong('7'), name: 'Ada' };
    const app = express();
    app.all(
      '/',
      preconditions(() => give(row)),
      (req, res) => {
        const { version, guard } = req.precondition;
        expect(version).toBe(row);
        guards.push(guard.kind === 'version' && guard.version === row);
        res.status(204).end();
      },
    );
    expect((await ask(app, ['GET /'])).status).toBe(204);
    expect((await ask(app, ['PUT /', 'If-Match: "7"'])).status).toBe(204);
    expect(guards).toEqual([false, true]);
  });

  test('says to a responder what was refused, and that nothing may be written', async () => {
    const seen: unknown[] = [];
    const app = express();
    const options: PreconditionsOptions = {
      respond: (_refusal, req, res) => {
        seen.push([req.precondition?.decision, req.precondition?.guard, req.precondition?.exists]);
        res.end();
      },
    };
    app.put(
      '/',
      preconditions(() => ({ etag: strong('a') }), options),
    );
    expect((await ask(app, ['PUT /', 'If-Match: "b"'])).status).toBe(412);
    expect(seen).toEqual([
      [
        { outcome: 'failed', status: 412, field: 'If-Match', reason: 'no-match', step: 1 },
        { kind: 'never' },
        true,
      ],
    ]);
  });

  test('tells an unconditional write from one whose only condition has to be ignored', async () => {
    const reasons: unknown[] = [];
    const app = express();
    app.put(
      '/',
      preconditions(() => ({ etag: strong('a') })),
      (req, res) => {
        reasons.push([req.precondition.decision.reason, req.precondition.version]);
        res.end();
      },
    );
    await ask(app, ['PUT /']);
    await ask(app, ['PUT /', 'If-Unmodified-Since: never']);
    expect(reasons).toEqual([
      ['no-condition', undefined],
      ['no-condition', { etag: '"a"' }],
    ]);
  });

  describe('through `of`', () => {
    test('is the same, for handlers that are declared elsewhere', async () => {
      const middleware = preconditions(() => ({ etag: strong('7'), name: 'Ada' }));
      const elsewhere: RequestHandler = (req, res) => {
        expect(middleware.of(req)).toBe(req.precondition);
        res.json(middleware.of(req).version?.name);
      };
      const app = express();
      app.all('/', middleware, elsewhere);
      expect((await ask(app, ['GET /'])).body.toString()).toBe('"Ada"');
      for (const method of ['PUT', 'OPTIONS']) expect((await ask(app, [`${method} /`])).status).toBe(200);
    });

    test('is an error for a request that has not passed this middleware', async () => {
      const [mounted, forgotten] = [preconditions(() => null), preconditions(() => null)];
      const { errors, status } = await failingHandler(express, mounted, (req) => forgotten.of(req));
      expect(status).toBe(500);
      expect(errors).toMatchObject([{ code: 'ERR_NOT_EVALUATED' }]);
      expect(String(errors[0])).toContain('PUT "/events/7" has not passed this preconditions middleware');
      expect(isHttpPreconditionsError(errors[0])).toBe(true);
    });

    test('tells the requests of one middleware apart', async () => {
      let version = 0;
      const middleware = preconditions(() => ({ etag: strong(++version) }));
      const app = express();
      app.get('/', middleware, async (req, res) => {
        await new Promise(setImmediate);
        res.json(middleware.of(req).version?.etag);
      });
      const responses = await Promise.all([ask(app, ['GET /']), ask(app, ['GET /'])]);
      expect(responses.map(({ body }) => body.toString()).toSorted()).toEqual(['"\\"1\\""', '"\\"2\\""']);
    });
  });
});

async function failingHandler(
  express: ExpressModule,
  middleware: RequestHandler,
  fail: (req: Parameters<RequestHandler>[0]) => unknown,
): Promise<{ errors: unknown[]; status: number }> {
  const app = express();
  app.put('/events/:id', middleware, (req) => void fail(req));
  const errors = recordErrors(app);
  const { status } = await ask(app, ['PUT /events/7']);
  return { errors, status };
}
