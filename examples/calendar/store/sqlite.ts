/** The calendar store on SQLite: one file, or memory. Every write is one statement or one transaction. */
import type { Statement } from './sql/statement.js';
import { sqlStore } from './sql/store.js';
import { calendarInsert } from './sqlite/calendars.js';
import { entryWrites } from './sqlite/entries.js';
import { EVENT_SQL } from './sqlite/events.js';
import { openDatabase } from './sqlite/open.js';
import { prepare } from './sqlite/statement.js';
import type { CalendarStore, StoreOptions } from './types.js';

/** `file` may be ':memory:'. Several processes may open one file: they wait for each other's writes. */
export function sqliteStore(file: string, options: StoreOptions = {}): CalendarStore {
  const db = openDatabase(file);
  return sqlStore(
    {
      prepare: <Row>(sql: string): Statement<Row> => prepare<Row>(db, sql),
      calendarInsert: calendarInsert(db),
      entryWrites: entryWrites(db),
      eventSql: EVENT_SQL,
      close: async () => {
        db.close();
      },
    },
    options,
  );
}
