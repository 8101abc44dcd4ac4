/** The calendar store on SQLite: one file, or memory. Every write is one statement or one transaction. */
import Database from 'libsql';
import type { Statement } from './sql/statement.js';
import { sqlStore } from './sql/store.js';
import { calendarInsert } from './sqlite/calendars.js';
import { entryWrites } from './sqlite/entries.js';
import { EVENT_SQL } from './sqlite/events.js';
import { SCHEMA } from './sqlite/schema.js';
import { prepare } from './sqlite/statement.js';
import type { CalendarStore, StoreOptions } from './types.js';

const BUSY_TIMEOUT_MS = 5000;

/** `file` may be ':memory:'. Several processes may open one file: they wait for each other's writes. */
export function sqliteStore(file: string, options: StoreOptions = {}): CalendarStore {
  const db = open(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);

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

function open(file: string): Database.Database {
  try {
    return new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (cause) {
    throw new Error(`Cannot open the database ${JSON.stringify(file)}. Does its folder exist?`, { cause });
  }
}
