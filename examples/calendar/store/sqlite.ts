/** The calendar store on SQLite: one file, or memory. Every write is one statement or one transaction. */
import Database from 'libsql';
import { calendarTable } from './sqlite/calendars.js';
import { entryTable } from './sqlite/entries.js';
import { eventTable } from './sqlite/events.js';
import { SCHEMA } from './sqlite/schema.js';
import { prepare } from './sqlite/statement.js';
import type { CalendarStore } from './types.js';

export interface SqliteStoreOptions {
  /** The time of changes; a test may stop the clock. */
  readonly now?: () => Date;
}

const BUSY_TIMEOUT_MS = 5000;

/** `file` may be ':memory:'. Several processes may open one file: they wait for each other's writes. */
export function sqliteStore(
  file: string,
  { now = () => new Date() }: SqliteStoreOptions = {},
): CalendarStore {
  const db = open(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.exec(SCHEMA);

  const timestamp = (): string => now().toISOString();
  const anyCalendar = prepare(db, 'SELECT 1 FROM calendars LIMIT 1');
  return {
    calendars: calendarTable(db, timestamp),
    entries: entryTable(db),
    events: eventTable(db, timestamp),
    isEmpty: async () => anyCalendar.first({}) === undefined,
    close: async () => {
      db.close();
    },
  };
}

function open(file: string): Database.Database {
  try {
    return new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (cause) {
    throw new Error(`Cannot open the database ${JSON.stringify(file)}. Does its folder exist?`, { cause });
  }
}
