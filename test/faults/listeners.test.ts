import type { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { Express, Request, RequestHandler, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../lib/index.js';
import type { VersionProvider } from '../../lib/index.js';
import { recordErrors } from '../helpers/apps.js';
import { settled } from '../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { listenersOf } from './scene.js';

const V1 = { etag: strong('1') };

/** Every way through the middleware. */
const REQUESTS: readonly [status: number, ...lines: string[]][] = [
  [200, 'GET /'],
  [304, 'GET /', 'If-None-Match: "1"'],
  [412, 'GET /', 'If-Match: "0"'],
  [200, 'PUT /'],
  [200, 'PUT /', 'If-Match: "1"'],
  [412, 'PUT /', 'If-Match: "0"'],
  [428, 'DELETE /'],
  [500, 'GET /', 'X-Fails: yes'],
  [500, 'PUT /', 'X-Fails: yes', 'If-Match: "1"'],
  [200, 'OPTIONS /'],
];

const PROVIDERS: readonly [string, VersionProvider][] = [
  [
    'at once',
    (req) => {
      if (req.get('X-Fails') !== undefined) throw new Error('provider');
      return V1;
    },
  ],
  [
    'later',
    async (req) => {
      await new Promise(setImmediate);
      if (req.get('X-Fails') !== undefined) throw new Error('provider');
      return V1;
    },
  ],
];

const LOCKS = [
  { lock: 'without a lock', options: {} },
  { lock: 'with a memory lock', options: { lock: memoryLock() } },
];

/** With content for a PUT, so that a lock has to wait for it. */
const requestFor = (lines: readonly string[]): Buffer =>
  requestOctets(lines, lines[0]!.startsWith('PUT') ? 'content' : undefined);

type Seen = { readonly req: Request; readonly res: Response };

describe.each(EXPRESS_VERSIONS)('who listens, $name', ({ express }) => {
  function appWith(...middleware: RequestHandler[]): { app: Express; seen: Seen[] } {
    const seen: Seen[] = [];
    const app = express();
    app.use((req, res, next) => {
      seen.push({ req, res });
      next();
    });
    app.all('/', ...middleware, (_req, res) => {
      res.json({});
    });
    recordErrors(app);
    return { app, seen };
  }

  describe.each(PROVIDERS)('with a provider that answers %s', (_pace, provider) => {
    describe.each(LOCKS)('$lock', ({ options }) => {
      const middleware = (): RequestHandler => preconditions(provider, { required: ['DELETE'], ...options });

      test('after fifty requests on one connection: as many as after the first', async () => {
        await withServer(appWith(middleware()).app, async (port, server) => {
          const accepted = new Promise<Socket>((resolve) => {
            server.once('connection', resolve);
          });
          const connection = new RawConnection(port);
          const socket = await accepted;
          const counts: unknown[] = [];
          for (let turn = 0; turn < 5; turn++) {
            for (const [status, ...lines] of REQUESTS) {
              connection.send(requestFor(lines));
              expect((await connection.response('GET')).status).toBe(status);
              await settled();
              counts.push({ socket: listenersOf(socket), server: listenersOf(server) });
            }
          }
          for (const count of counts) expect(count).toEqual(counts[0]);
          expect(counts).toHaveLength(50);
          connection.destroy();
        });
      });

      test.each(REQUESTS)(
        'to a request that is over: nobody more than without the middleware, %i to %j',
        async (_status, ...lines) => {
          const counts: unknown[] = [];
          for (const { app, seen } of [appWith(), appWith(middleware())]) {
            await withServer(app, async (port) => {
              const connection = new RawConnection(port);
              connection.send(requestFor(lines));
              await connection.response('GET');
              await settled();
              const { req, res } = seen[0]!;
              counts.push({ req: listenersOf(req), res: listenersOf(res) });
              connection.destroy();
            });
          }
          expect(counts[1]).toEqual(counts[0]);
        },
      );
    });
  });
});
