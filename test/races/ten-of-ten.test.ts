/** Ten clients send one valid tag at the same moment. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { type Lock, memoryLock, postgresLock } from '../../lib/index.js';
import { everybodyIsHere } from '../helpers/arrivals.js';
import {
  type CounterStore,
  createPostgresCounters,
  memoryCounters,
  postgresCounters,
  sqliteCounters,
} from '../helpers/counter-stores.js';
import { counterApp } from '../helpers/counters.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { describeOnPostgres } from '../helpers/postgres.js';
import { withServer } from '../helpers/server.js';

const TEN = 10;

/** All ten have passed the check before the first of them writes. */
function readingTogether(store: CounterStore): CounterStore {
  const pass = everybodyIsHere(TEN);
  return {
    ...store,
    read: async (id) => {
      const row = await store.read(id);
      await pass();
      return row;
    },
  };
}

/** All ten ask for the lock before the first of them gets it. */
function askingTogether(lock: Lock): Lock {
  const pass = everybodyIsHere(TEN);
  return { withLock: (...call) => pass().then(() => lock.withLock(...call)) };
}

/** The statuses of ten writes, in order. */
async function tenWriters(app: Express): Promise<readonly number[]> {
  return withServer(app, async (_port, server) => {
    const writes = Array.from({ length: TEN }, (_, index) =>
      request(server)
        .put('/counters/a')
        .set('If-Match', '"1"')
        .send({ value: index + 1 }),
    );
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    return statuses.toSorted((one, other) => one - other);
  });
}

const ONE_OF_TEN = [200, ...Array.from({ length: 9 }, () => 412)];

/** Every protection of one store, on both majors of Express. */
function define(makeStore: () => Promise<CounterStore>, locks: Readonly<Record<string, () => Lock>>): void {
  let store: CounterStore;
  beforeEach(async () => {
    store = await makeStore();
    await store.create('a');
  });

  describe.each(EXPRESS_VERSIONS)('$name', ({ express }) => {
    test('one of ten succeeds under the guard, and nine get 412', async () => {
      const app = counterApp(express, { store: readingTogether(store), protection: 'guard' });
      expect(await tenWriters(app)).toEqual(ONE_OF_TEN);
      expect(await store.read('a')).toMatchObject({ version: 2 });
    });

    test.each(Object.entries(locks))(
      'one of ten succeeds under %s, and nine get 412',
      async (_name, makeLock) => {
        const app = counterApp(express, { store, protection: { lock: askingTogether(makeLock()) } });
        expect(await tenWriters(app)).toEqual(ONE_OF_TEN);
        expect(await store.read('a')).toMatchObject({ version: 2 });
      },
    );

    test('all ten succeed with the check alone, which is why there is more', async () => {
      const app = counterApp(express, { store: readingTogether(store), protection: 'nothing' });
      expect(await tenWriters(app)).toEqual(Array.from({ length: TEN }, () => 200));
    });
  });
}

const inMemory = { 'the lock': memoryLock };

describe('Of ten writers with one tag, in memory', () => {
  define(async () => memoryCounters(), inMemory);
});

describe('Of ten writers with one tag, in SQLite', () => {
  define(async () => sqliteCounters(), inMemory);
});

describeOnPostgres('Of ten writers with one tag, in PostgreSQL', (database) => {
  define(
    async () => {
      const pool = database.pool();
      await pool.query('DROP TABLE IF EXISTS counters, writes');
      await createPostgresCounters(pool);
      return postgresCounters(pool);
    },
    {
      ...inMemory,
      'the lock of PostgreSQL': () => postgresLock(database.pool()),
    },
  );
});
