/** The stores that the tests over HTTP run on, with an empty database for each test. */
import { afterAll, beforeAll, describe } from '@jest/globals';
import { createTables, postgresStore } from '../../../examples/calendar/store/postgres.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import type { CalendarStore } from '../../../examples/calendar/store/types.js';
import { describeOnPostgres, type TestDatabase } from '../../helpers/postgres.js';

export type MakeStore = () => Promise<CalendarStore>;

/** The same tests once for each store. */
export function describeOnEachStore(define: (makeStore: MakeStore) => void): void {
  describe('On SQLite', () => {
    define(async () => sqliteStore(':memory:'));
  });
  describeOnPostgres('On Postgres', (database) => {
    define(emptyPostgresStore(database));
  });
}

/** One store for all tests, on tables that are empty again whenever it is asked for. */
export function emptyPostgresStore(database: TestDatabase): MakeStore {
  const pool = database.pool({ max: 1 });
  let store: CalendarStore;

  beforeAll(async () => {
    await createTables(database.url);
    store = postgresStore(database.url);
  });
  afterAll(() => store.close());

  return async () => {
    // Takes everything else with it, in less time than TRUNCATE.
    await pool.query('DELETE FROM calendars');
    return { ...store, close: async () => {} };
  };
}
