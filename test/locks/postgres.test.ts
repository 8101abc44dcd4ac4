import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Pool, PoolConfig } from 'pg';
import { HttpPreconditionsError, postgresLock } from '../../lib/index.js';
import type { Lock, PostgresLockOptions, PostgresPool } from '../../lib/index.js';
import { settled } from '../helpers/arrivals.js';
import { describeOnPostgres } from '../helpers/postgres.js';
import { describeLock, expectHeldNext, expectHeldTogether, Holder } from './lock-contract.js';
import { Observer, whole } from './observer.js';

describeOnPostgres('postgresLock', (database) => {
  let observer: Observer;
  const pools: Pool[] = [];
  let namespaces = 0;

  const poolOf = (max: number, config: PoolConfig = {}): Pool => {
    const pool = database.pool({ max, ...config });
    pools.push(pool);
    return pool;
  };
  /** The locks of two processes. */
  const twoLocks = (): [Lock, Lock] => [postgresLock(poolOf(4)), postgresLock(poolOf(4))];

  beforeAll(() => {
    observer = new Observer(database.pool({ max: 2 }));
  });

  afterEach(async () => {
    await observer.nothingLeft();
    for (const pool of pools) await whole(pool);
  });

  describe('with a pool that is used by others, too', () => {
    let pool: Pool;
    beforeAll(() => {
      pool = poolOf(6);
    });
    describeLock('postgresLock', () => postgresLock(pool, { namespace: String(namespaces++) }));
  });

  describe('among two processes', () => {
    test('one at a time has a key', async () => {
      let inside = 0;
      let entered = 0;
      const enter = async (): Promise<void> => {
        inside += 1;
        entered += 1;
        expect(inside).toBe(1);
        await settled();
        inside -= 1;
      };
      const locks = twoLocks();
      const all = Array.from({ length: 20 }, (_, index) => locks[index % 2]!.withLock('key', enter));
      await Promise.all(all);
      expect(entered).toBe(20);
    });

    test('the second waits until the first has given it back', async () => {
      const [here, there] = twoLocks();
      const first = new Holder(here, 'key');
      await first.held;
      const second = new Holder(there, 'key');
      await observer.waiters(1);
      await settled();
      await expectHeldNext(first, second);
    });

    test('different keys do not wait for each other', async () => {
      const [here, there] = twoLocks();
      await expectHeldTogether(new Holder(here, 'a'), new Holder(there, 'b'));
    });

    const namespacesOf: readonly [string, PostgresLockOptions, PostgresLockOptions, boolean][] = [
      ['two others keep nobody out', { namespace: 'a' }, { namespace: 'b' }, false],
      ['another than the default keeps nobody out', {}, { namespace: 'b' }, false],
      ['the same keeps others out', { namespace: 'a' }, { namespace: 'a' }, true],
      ['the default can be named', {}, { namespace: 'http-preconditions' }, true],
    ];

    test.each(namespacesOf)('namespaces: %s', async (_title, mine, yours, keepsOut) => {
      const first = new Holder(postgresLock(poolOf(2), mine), 'key');
      await first.held;
      const second = new Holder(postgresLock(poolOf(2), yours), 'key');
      if (!keepsOut) return expectHeldTogether(first, second);
      await observer.waiters(1);
      await settled();
      await expectHeldNext(first, second);
    });

    test('where a namespace ends and a key begins is clear', async () => {
      const first = new Holder(postgresLock(poolOf(2), { namespace: 'a","b' }), 'c');
      const second = new Holder(postgresLock(poolOf(2), { namespace: 'a' }), 'b","c');
      await expectHeldTogether(first, second);
    });
  });

  describe('the connections of the pool', () => {
    test('many who want one key need one connection, and leave the others to other keys', async () => {
      const pool = poolOf(4);
      const lock = postgresLock(pool, { connections: 2 });
      const popular = new Holder(lock, 'popular');
      await popular.held;
      const waiters = Array.from({ length: 10 }, () => new Holder(lock, 'popular'));
      await settled();
      expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([1, 0]);
      const other = new Holder(lock, 'other');
      await other.held;
      await other.letGo();
      await popular.letGo();
      for (const waiter of waiters) await waiter.letGo();
    });

    test('half of them is left to the handlers', async () => {
      const pool = poolOf(5);
      const lock = postgresLock(pool);
      const holders = ['a', 'b', 'c', 'd'].map((key) => new Holder(lock, key));
      await Promise.all(holders.slice(0, 2).map(({ held }) => held));
      await settled();
      expect(holders.map(({ isIn }) => isIn)).toEqual([true, true, false, false]);
      expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([2, 0]);
      for (const holder of holders) await holder.letGo();
    });

    test('a holder and a waiter may use all of them where that is asked for', async () => {
      const lock = postgresLock(poolOf(2), { connections: 2 });
      await expectHeldTogether(new Holder(lock, 'a'), new Holder(lock, 'b'));
    });

    test('no listener stays on them', async () => {
      const pool = poolOf(2);
      const lock = postgresLock(pool);
      const listeners = async (): Promise<number> => {
        const client = await pool.connect();
        const count = client.listenerCount('error');
        client.release();
        return count;
      };
      const before = await listeners();
      for (let turn = 0; turn < 20; turn++) {
        await lock.withLock('key', () => {});
        await expect(lock.withLock('key', () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
      }
      expect([await listeners(), pool.totalCount]).toEqual([before, 1]);
    });

    test('a transaction that only holds a lock keeps no snapshot, whatever the default isolation', async () => {
      const pool = poolOf(2, { options: '-c default_transaction_isolation=serializable' });
      const holder = new Holder(postgresLock(pool), 'key');
      await holder.held;
      const { rows } = await pool.query(
        `SELECT backend_xmin, backend_xid, state FROM pg_stat_activity WHERE pid = $1`,
        await observer.backends('holding'),
      );
      expect(rows).toEqual([{ backend_xmin: null, backend_xid: null, state: 'idle in transaction' }]);
      await holder.letGo();
    });

    test.each([
      { wait: 0.2, lease: 0.2 },
      { wait: 1e9, lease: 2 ** 31 - 1 },
      { wait: 2 ** 40, lease: Infinity },
    ])('any limits make sense to the database: %j', async (limits) => {
      const lock = postgresLock(poolOf(2));
      expect(await lock.withLock('key', () => 'held', limits)).toBe('held');
    });
  });
});

describe('postgresLock checks what it is given', () => {
  const connect = (): never => {
    throw new Error('It was asked for a connection.');
  };
  const poolOf = (max?: number): PostgresPool => ({ connect, options: { max } });

  const bad: readonly [string, unknown, PostgresLockOptions, string][] = [
    ['no pool', undefined, {}, 'got undefined'],
    ['null', null, {}, 'got null'],
    ['a connection string', 'postgres://localhost', {}, 'got "postgres://localhost" (string)'],
    ['what has no connect()', { query: connect }, {}, 'a pool with the method connect()'],
    ['a pool of one', poolOf(1), {}, 'at least 2'],
    ['a pool of none', poolOf(0), {}, 'at least 2'],
    ['a pool of untold size', { connect }, {}, 'the option `connections`'],
    ['a pool of undefined size', poolOf(), {}, 'the option `connections`'],
    [
      'no connections of a pool of untold size',
      { connect },
      { connections: 0 },
      'the pool (which it does not tell), got 0',
    ],
    [
      'more connections than the pool has',
      poolOf(4),
      { connections: 5 },
      'from 1 to the size of the pool (4)',
    ],
    ['no connections', poolOf(4), { connections: 0 }, 'got 0 (number)'],
    ['a part of a connection', poolOf(4), { connections: 1.5 }, 'got 1.5 (number)'],
    ['connections as text', poolOf(4), { connections: '2' as never }, 'got "2" (string)'],
    ['endless connections', { connect }, { connections: Infinity }, 'got Infinity (number)'],
  ];

  test.each(bad)('%s is refused', (_what, pool, options, message) => {
    const make = (): Lock => postgresLock(pool as PostgresPool, options);
    expect(make).toThrow(HttpPreconditionsError);
    expect(make).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringContaining(message) }),
    );
  });

  const good: readonly [string, PostgresPool, PostgresLockOptions][] = [
    ['a pool of two', poolOf(2), {}],
    ['a pool of one, where all of it is meant', poolOf(1), { connections: 1 }],
    ['a pool of untold size, with a number of connections', { connect }, { connections: 3 }],
    ['options that are undefined', poolOf(2), { namespace: undefined, connections: undefined }],
  ];

  test.each(good)('%s is taken, and asked for nothing yet', (_what, pool, options) => {
    expect(typeof postgresLock(pool, options).withLock).toBe('function');
  });
});
