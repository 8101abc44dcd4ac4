import { beforeAll, describe, expect, test } from '@jest/globals';
import { prepare } from '../../../examples/calendar/store/postgres/statement.js';
import { createTables, postgresStore } from '../../../examples/calendar/store/postgres.js';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { ADA, addCalendars, LUNCH, TEAM } from './fixtures.js';
import { addHiddenEvents, expectOnlyVisibleShown } from './hidden-events.js';
import { describeCalendarStore } from './store-contract.js';
import { emptyPostgresStore } from './stores.js';

describeOnPostgres('Postgres', (database) => {
  describeCalendarStore('Postgres', emptyPostgresStore(database));
});

describeOnPostgres('The tables on Postgres', (database) => {
  const pool = database.pool();

  test('are made once by processes that start at the same time', async () => {
    await Promise.all(Array.from({ length: 10 }, () => createTables(database.url)));
    const tables = `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`;
    expect((await pool.query(tables)).rows.map((row: { table_name: string }) => row.table_name)).toEqual([
      'calendars',
      'entries',
      'events',
    ]);
  });

  describe('once they are made', () => {
    beforeAll(() => createTables(database.url));

    test('keep their rows and versions when another process starts', async () => {
      const key = { calendarId: TEAM, id: 'lunch' };
      const before = postgresStore(database.url);
      await addCalendars(before);
      await before.events.insert(key, ADA, LUNCH);
      const row = await before.events.find(key);
      await before.close();

      await createTables(database.url);
      const after = postgresStore(database.url);
      expect(await after.events.find(key)).toEqual(row);
      expect(await after.isEmpty()).toBe(false);
      await after.close();
    });

    test('are not locked by the start of another process', async () => {
      const writer = await pool.connect();
      await writer.query('BEGIN; LOCK TABLE calendars, entries, events IN ROW EXCLUSIVE MODE');
      await expect(createTables(database.url)).resolves.toBeUndefined();
      await writer.query('ROLLBACK');
      writer.release();
    });

    test('from before hidden events were kept from readers show them those that are not hidden', async () => {
      await pool.query('DELETE FROM calendars');
      await addHiddenEvents(postgresStore(database.url));
      await pool.query('ALTER TABLE events DROP COLUMN shown');

      await createTables(database.url);
      const after = postgresStore(database.url);
      await expectOnlyVisibleShown(after);
      await after.close();
      const indexes = `SELECT 1 FROM pg_indexes WHERE indexdef LIKE '% UNIQUE % (calendar_id, shown)'`;
      expect((await pool.query(indexes)).rowCount).toBe(1);
    });

    test('order all texts by their octets, whatever the language of the database', async () => {
      const { rows } = await pool.query(`
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = 'public' AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`);
      expect(rows).toEqual([]);
    });
  });
});

describeOnPostgres('A statement on Postgres', (database) => {
  test('binds each parameter by its name, as often as it occurs', async () => {
    const statement = prepare(database.pool(), 'SELECT :b + 0 AS b, :a || :c AS ac, :b * 2 AS twice');
    expect(await statement.first({ a: 'x', b: 2, c: 'y' })).toEqual({ b: 2, ac: 'xy', twice: 4 });
  });

  test('is not run with a parameter missing', async () => {
    const statement = prepare(database.pool(), 'SELECT :given AS given, :forgotten AS forgotten');
    await expect(async () => statement.first({ given: 1 })).rejects.toThrow(
      'Expected a value for forgotten in: SELECT',
    );
  });
});
