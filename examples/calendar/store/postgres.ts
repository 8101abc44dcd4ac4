/**
 * The calendar store on Postgres, for any number of processes. Every write is one statement, atomic under READ COMMITTED.
 * No connection is made before the first statement; createTables() has to have run once.
 */
import { calendarInsert } from './postgres/calendars.js';
import { entryWrites } from './postgres/entries.js';
import { EVENT_SQL } from './postgres/events.js';
import { openPool } from './postgres/pool.js';
import { prepare } from './postgres/statement.js';
import type { Prepare, Statement } from './sql/statement.js';
import { sqlStore } from './sql/store.js';
import type { CalendarStore, StoreOptions } from './types.js';

export { createTables } from './postgres/schema.js';

export function postgresStore(url: string, options: StoreOptions = {}): CalendarStore {
  const pool = openPool(url);
  const prepared: Prepare = <Row>(sql: string): Statement<Row> => prepare<Row>(pool, sql);
  return sqlStore(
    {
      prepare: prepared,
      calendarInsert: calendarInsert(prepared),
      entryWrites: entryWrites(prepared),
      eventSql: EVENT_SQL,
      close: () => pool.end(),
    },
    options,
  );
}
