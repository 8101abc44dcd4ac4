import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { postgresLock } from '../../lib/index.js';
import { throwing } from '../helpers/apps.js';
import { Arrivals, eventually, settled } from '../helpers/arrivals.js';
import { describeOnPostgres } from '../helpers/postgres.js';
import { CLOSED_PORT } from '../helpers/server.js';
import { expectHeldNext, Holder } from './lock-contract.js';
import { Observer, whole } from './observer.js';

const notCalled = throwing(new Error('whileLocked was called.'));

/** The connection ended because the server was told to, or because it was idle for too long. */
const TERMINATED = { code: '57P01' };
const IDLE_FOR_TOO_LONG = { code: '25P03' };

describeOnPostgres('postgresLock when something fails', (database) => {
  let observer: Observer;
  const pools: Pool[] = [];

  const poolOf = (max: number): Pool => {
    const pool = database.pool({ max });
    pools.push(pool);
    return pool;
  };

  beforeAll(() => {
    observer = new Observer(database.pool({ max: 2 }));
  });

  afterEach(async () => {
    await observer.nothingLeft();
    for (const pool of pools) await whole(pool);
  });

  /** A process that holds the key, and the pool of another one. */
  async function held(key: string): Promise<{ holder: Holder; pool: Pool }> {
    const holder = new Holder(postgresLock(poolOf(2)), key);
    await holder.held;
    return { holder, pool: poolOf(2) };
  }

  describe('the wait for another process', () => {
    test('ends in the database, too', async () => {
      const { holder, pool } = await held('key');
      await expect(postgresLock(pool).withLock('key', notCalled, { wait: 30 })).rejects.toMatchObject({
        code: 'ERR_LOCK_TIMEOUT',
        status: 503,
        headers: { 'Retry-After': '1' },
        cause: { code: '55P03' },
      });
      expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0]);
      await holder.letGo();
    });

    test('is left at once when the signal is aborted, and the connection comes back by itself', async () => {
      const { holder, pool } = await held('key');
      const lock = postgresLock(pool);
      const controller = new AbortController();
      const waiting = lock.withLock('key', notCalled, { signal: controller.signal });
      const outcome = waiting.catch((error: unknown) => error);
      await observer.waiters(1);
      const reason = new Error('enough');
      controller.abort(reason);
      expect(await outcome).toBe(reason);
      expect(await observer.backends('waiting')).toHaveLength(1);
      await holder.letGo();
      await whole(pool);
      expect(await lock.withLock('key', () => 'free')).toBe('free');
      expect(pool.totalCount).toBe(1);
    });

    test('is not in the way of the next who wants the key', async () => {
      const { holder, pool } = await held('key');
      const lock = postgresLock(pool);
      const controller = new AbortController();
      const first = lock.withLock('key', notCalled, { signal: controller.signal });
      const outcome = first.catch((error: unknown) => error);
      await observer.waiters(1);
      const next = new Holder(lock, 'key');
      controller.abort();
      await outcome;
      await expectHeldNext(holder, next);
    });

    test('fails when its connection ends', async () => {
      const { holder, pool } = await held('key');
      const lock = postgresLock(pool);
      const lost = new Arrivals<unknown>();
      const waiting = lock.withLock('key', notCalled, { onLost: (reason) => lost.add(reason) });
      const outcome = waiting.catch((error: unknown) => error);
      await observer.waiters(1);
      await observer.terminate('waiting');
      expect(await outcome).toMatchObject(TERMINATED);
      await holder.letGo();
      expect(await lock.withLock('key', () => 'free')).toBe('free');
      expect(lost.count).toBe(0);
    });
  });

  describe('a pool whose connections are all in use', () => {
    test('is waited for until the signal is aborted, and owes nothing afterwards', async () => {
      const pool = poolOf(2);
      const lock = postgresLock(pool);
      const [one, two] = [await pool.connect(), await pool.connect()];
      const controller = new AbortController();
      const waiting = lock.withLock('key', notCalled, { signal: controller.signal });
      const outcome = waiting.catch((error: unknown) => error);
      await eventually(() => pool.waitingCount === 1);
      controller.abort(new Error('enough'));
      expect(await outcome).toEqual(new Error('enough'));
      one.release();
      await eventually(() => pool.waitingCount === 0);
      two.release();
      await whole(pool);
      expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([2, 2, 0]);
      expect(await lock.withLock('key', () => 'free')).toBe('free');
    });

    test('lets whoever waited go on as soon as one comes back', async () => {
      const pool = poolOf(2);
      const clients = [await pool.connect(), await pool.connect()];
      const holder = new Holder(postgresLock(pool), 'key');
      await eventually(() => pool.waitingCount === 1);
      expect(holder.isIn).toBe(false);
      for (const client of clients) client.release();
      await holder.held;
      await holder.letGo();
    });
  });

  describe('a lock whose connection ends while it is held', () => {
    test('tells at once, is free for others at once, and is lost in the end', async () => {
      const pool = poolOf(2);
      const lost = new Arrivals<unknown>();
      let end = (): void => {};
      const working = postgresLock(pool).withLock(
        'key',
        () => {
          return new Promise<void>((resolve) => {
            end = resolve;
          });
        },
        { onLost: (reason) => lost.add(reason) },
      );
      const outcome = working.catch((error: unknown) => error);
      await eventually(async () => (await observer.backends('holding')).length === 1);
      await observer.terminate('holding');
      expect(await lost.next()).toMatchObject(TERMINATED);
      expect(await postgresLock(poolOf(2)).withLock('key', () => 'free')).toBe('free');
      end();
      expect(await outcome).toMatchObject({
        code: 'ERR_LOCK_LOST',
        status: 503,
        headers: { 'Retry-After': '1' },
        cause: TERMINATED,
      });
      expect(pool.totalCount).toBe(0);
    });

    test('is lost for a caller who did not want to be told at once, too', async () => {
      const holder = new Holder(postgresLock(poolOf(2)), 'key');
      await holder.held;
      await observer.terminate('holding');
      await observer.nothingLeft();
      await expect(holder.letGo()).rejects.toMatchObject({ code: 'ERR_LOCK_LOST' });
    });

    test('does not hide what whileLocked threw', async () => {
      const fail = async (): Promise<never> => {
        await observer.terminate('holding');
        await observer.nothingLeft();
        throw new RangeError('mine');
      };
      await expect(postgresLock(poolOf(2)).withLock('key', fail)).rejects.toThrow(new RangeError('mine'));
    });

    test('can be had again, by the same process as well', async () => {
      const lock = postgresLock(poolOf(2));
      const holder = new Holder(lock, 'key');
      await holder.held;
      const next = new Holder(lock, 'key');
      await observer.terminate('holding');
      await expect(holder.letGo()).rejects.toMatchObject({ code: 'ERR_LOCK_LOST' });
      await next.held;
      expect(await next.letGo()).toBe('holder');
    });
  });

  describe('a holder that', () => {
    test('hangs loses the lock soon after its lease, because the database ends the connection', async () => {
      const pool = poolOf(2);
      const lost = new Arrivals<unknown>();
      let wakeUp = (): void => {};
      const hanging = postgresLock(pool).withLock(
        'key',
        () => {
          return new Promise<void>((resolve) => {
            wakeUp = resolve;
          });
        },
        { lease: 20, onLost: (reason) => lost.add(reason) },
      );
      const outcome = hanging.catch((error: unknown) => error);
      await eventually(async () => (await observer.backends('holding')).length === 1);
      const next = new Holder(postgresLock(poolOf(2)), 'key');
      await next.held;
      expect(await lost.next()).toMatchObject(IDLE_FOR_TOO_LONG);
      wakeUp();
      expect(await outcome).toMatchObject({ code: 'ERR_LOCK_LOST', cause: IDLE_FOR_TOO_LONG });
      await next.letGo();
    });

    test('is killed loses the lock to whoever waits', async () => {
      const args = ['--import', 'tsx', join(__dirname, 'holding-process.ts'), database.url, 'key'];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      const next = new Holder(postgresLock(poolOf(2)), 'key');
      await observer.waiters(1);
      await settled();
      expect(next.isIn).toBe(false);
      child.kill('SIGKILL');
      await next.held;
      await next.letGo();
    }, 20_000); // a busy machine takes its time to start the process
  });
});

describe('postgresLock without a database', () => {
  test('fails when nobody listens at the address', async () => {
    const pool = new Pool({ host: '127.0.0.1', port: CLOSED_PORT, user: 'nobody', max: 2 });
    for (const key of ['key', 'key', 'other']) {
      await expect(postgresLock(pool).withLock(key, notCalled)).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    }
    expect([pool.totalCount, pool.waitingCount]).toEqual([0, 0]);
    await pool.end();
  });

  test('fails when the pool has been ended', async () => {
    const pool = new Pool({ max: 2 });
    await pool.end();
    await expect(postgresLock(pool).withLock('key', notCalled)).rejects.toThrow('after calling end');
  });
});
