import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler, Express, RequestHandler } from 'express';
import { Pool } from 'pg';
import { postgresLock, preconditions, strong } from '../../../lib/index.js';
import type { LockOptions } from '../../../lib/index.js';
import { mustNotRun, recordErrors } from '../../helpers/apps.js';
import { Arrivals, eventually } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { fieldOf, RawConnection, rawRequest, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { Holder } from '../../locks/lock-contract.js';
import { Observer, whole } from '../../locks/observer.js';
import type { Run } from './stage.js';
import { V1 } from './stage.js';

describeOnPostgres('writes under a lock in PostgreSQL', (database) => {
  let observer: Observer;
  let pools: Pool[] = [];
  let names = 0;
  const nextName = (): string => `counter-${names++}`;

  const poolOf = (max: number): Pool => {
    const pool = database.pool({ max });
    pools.push(pool);
    return pool;
  };

  beforeAll(async () => {
    const pool = database.pool({ max: 2 });
    observer = new Observer(pool);
    await pool.query('CREATE TABLE counters (name text PRIMARY KEY, value int NOT NULL)');
  });

  afterEach(async () => {
    for (const pool of pools) await whole(pool);
    await observer.nothingLeft();
    pools = [];
  });

  describe.each(EXPRESS_VERSIONS)('$name', ({ express }) => {
    /** A process with one pool, which the lock, the provider and the handler share. Its writes are naive. */
    function counting(pool: Pool, options: Partial<LockOptions> = {}): Express {
      const nameOf = (path: string): string => path.slice(1);
      const valueOf = async (path: string): Promise<number> => {
        const { rows } = await pool.query<{ value: number }>('SELECT value FROM counters WHERE name = $1', [
          nameOf(path),
        ]);
        return rows[0]?.value ?? 0;
      };
      const app = express();
      app.use(
        preconditions(async (req) => ({ etag: strong(await valueOf(req.path)) }), {
          lock: { lock: postgresLock(pool), ...options },
        }),
      );
      const count: RequestHandler = (req, res, next) => {
        const write = async (): Promise<void> => {
          const value = await valueOf(req.path);
          await pool.query('SELECT 1');
          await pool.query(
            'INSERT INTO counters VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = $2',
            [nameOf(req.path), value + 1],
          );
          res.json(value + 1);
        };
        write().catch(next);
      };
      app.use(count);
      return app;
    }

    /** The statuses of so many writes at once, to two processes in turn. */
    async function writes(paths: readonly string[], fields: readonly string[] = []): Promise<number[]> {
      const [one, two] = [counting(poolOf(2)), counting(poolOf(2))];
      return withServer(one, (portOne) =>
        withServer(two, async (portTwo) => {
          const responses = paths.map((path, index) =>
            rawRequest(index % 2 === 0 ? portOne : portTwo, [`PUT /${path}`, ...fields], '{}'),
          );
          return (await Promise.all(responses)).map(({ status }) => status);
        }),
      );
    }

    const valueOf = async (name: string): Promise<number> => {
      const { rows } = await pools[0]!.query<{ value: number }>(
        'SELECT value FROM counters WHERE name = $1',
        [name],
      );
      return rows[0]!.value;
    };

    test('twenty of one resource follow one another, also where the handler uses the same small pool', async () => {
      const name = nextName();
      expect(await writes(Array(20).fill(name) as string[])).toEqual(Array(20).fill(200));
      expect(await valueOf(name)).toBe(20);
    });

    test('twenty of twenty resources do not starve one another', async () => {
      const name = nextName();
      const many = Array.from({ length: 20 }, (_, index) => `${name}-${index}`);
      expect(await writes(many)).toEqual(Array(20).fill(200));
      expect(await Promise.all(many.map(valueOf))).toEqual(Array(20).fill(1));
    });

    test('of twenty with one tag one succeeds', async () => {
      const name = nextName();
      const statuses = await writes(Array(20).fill(name) as string[], ['If-Match: "0"']);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([200, ...(Array(19).fill(412) as number[])]);
      expect(await valueOf(name)).toBe(1);
    });

    /** An app whose handler the test plays, or that has none. */
    function played(
      pool: Pool,
      options: Partial<LockOptions> = {},
    ): { app: Express; runs: Arrivals<Run>; errors: unknown[] } {
      const runs = new Arrivals<Run>();
      const app = express();
      app.put(
        '/key',
        preconditions(() => V1, { lock: { lock: postgresLock(pool), ...options } }) as RequestHandler,
        (req, res, next) => runs.add({ req, res, next }),
      );
      return { app, runs, errors: recordErrors(app) };
    }

    test('the answer is 503 when the connection ends that holds the lock, and the next goes on at once', async () => {
      const { app, runs, errors } = played(poolOf(2));
      await withServer(app, async (port) => {
        const first = rawRequest(port, ['PUT /key', 'If-Match: "1"']);
        const { req, res } = await runs.next();
        const { signal } = req.precondition!;
        const aborted = new Promise((resolve) => {
          signal!.addEventListener('abort', resolve);
        });
        await observer.terminate('holding');
        await aborted;
        const second = rawRequest(port, ['PUT /key']);
        (await runs.next()).res.json('second');
        expect((await second).status).toBe(200);
        res.set('ETag', '"2"').json('first');
        const answer = await first;
        expect([answer.status, fieldOf(answer, 'ETag')]).toEqual([503, undefined]);
        expect(errors).toMatchObject([{ code: 'ERR_LOCK_LOST', cause: { code: '57P01' } }]);
        expect(signal!.reason).toBe(errors[0]);
      });
    });

    /** The status of a write that does not get the lock, and what the error handlers of the app see of it. */
    async function refused(pool: Pool, options: Partial<LockOptions> = {}): Promise<unknown> {
      const codes: unknown[] = [];
      const record: ErrorRequestHandler = (error: { code?: string }, _req, _res, next) => {
        codes.push(error.code);
        next(error);
      };
      const app = express();
      app.put(
        '/key',
        preconditions(() => V1, { lock: { lock: postgresLock(pool), ...options } }),
        mustNotRun,
      );
      app.use(record);
      const answer = await withServer(app, (port) => rawRequest(port, ['PUT /key'], 'content'));
      return [answer.status, fieldOf(answer, 'Retry-After'), codes];
    }

    test('the answer is 503 when another process holds the lock for too long', async () => {
      const holder = new Holder(postgresLock(poolOf(2)), '/key');
      await holder.held;
      const pool = poolOf(2);
      expect(await refused(pool, { wait: 30 })).toEqual([503, '1', ['ERR_LOCK_TIMEOUT']]);
      await holder.letGo();
      await whole(pool);
      expect(pool.totalCount).toBe(1);
    });

    test('the answer is 503 when the pool gives no connection, which it owes nothing for afterwards', async () => {
      const pool = poolOf(2);
      const clients = [await pool.connect(), await pool.connect()];
      expect(await refused(pool, { wait: 30 })).toEqual([503, '1', ['ERR_LOCK_TIMEOUT']]);
      for (const client of clients) client.release();
      await whole(pool);
      expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([2, 2, 0]);
      const { app, runs } = played(pool);
      await withServer(app, async (port) => {
        const response = rawRequest(port, ['PUT /key']);
        (await runs.next()).res.json({});
        expect((await response).status).toBe(200);
      });
    });

    test('the answer is 503 when nobody listens where the database was', async () => {
      const pool = new Pool({ host: '127.0.0.1', port: 1, user: 'nobody', max: 2 });
      expect(await refused(pool)).toEqual([503, '1', ['ERR_LOCK_FAILED']]);
      await pool.end();
    });

    test('whoever leaves while he waits for another process is not in the way of others', async () => {
      const holder = new Holder(postgresLock(poolOf(2)), '/key');
      await holder.held;
      const pool = poolOf(2);
      const { app, runs, errors } = played(pool);
      await withServer(app, async (port) => {
        const leaving = new RawConnection(port);
        leaving.send(requestOctets(['PUT /key']));
        await observer.waiters(1);
        leaving.destroy();
        await eventually(() => errors.length > 0);
        expect(errors).toMatchObject([{ code: 'ERR_REQUEST_ABORTED' }]);
        const response = rawRequest(port, ['PUT /key']);
        await holder.letGo();
        (await runs.next()).res.json({});
        expect([(await response).status, runs.count]).toEqual([200, 1]);
      });
    });
  });
});
