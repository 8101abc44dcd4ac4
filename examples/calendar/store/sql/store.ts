/** A calendar store, from what is the same in every SQL database and the little that is not. */
import type { CalendarStore, StoreOptions } from '../types.js';
import { calendarTable } from './calendars.js';
import { entryTable, type EntryWrites } from './entries.js';
import { type EventSql, eventTable } from './events.js';
import type { CalendarColumns } from './rows.js';
import type { Prepare, Statement } from './statement.js';

export interface Database {
  readonly prepare: Prepare;
  /** Inserts the calendar and the entry in its owner's list, or neither. */
  readonly calendarInsert: Pick<Statement<CalendarColumns>, 'first'>;
  readonly entryWrites: EntryWrites;
  readonly eventSql: EventSql;
  readonly close: () => Promise<void>;
}

export function sqlStore(
  database: Database,
  { epoch = '', now = () => new Date() }: StoreOptions,
): CalendarStore {
  const { prepare, calendarInsert, entryWrites, eventSql, close } = database;
  const timestamp = (): string => now().toISOString();
  const anyCalendar = prepare('SELECT 1 FROM calendars LIMIT 1');
  return {
    epoch,
    calendars: calendarTable(prepare, calendarInsert, timestamp),
    entries: entryTable(prepare, entryWrites),
    events: eventTable(prepare, eventSql, timestamp),
    isEmpty: async () => (await anyCalendar.first({})) === undefined,
    close,
  };
}
