/** Inserts a calendar and its owner's entry, or neither. */
import type { Database } from 'libsql';
import { INSERT_CALENDAR } from '../sql/calendars.js';
import type { CalendarColumns } from '../sql/rows.js';
import type { Bindings, Statement } from '../sql/statement.js';
import { prepare } from './statement.js';

const INSERT_ENTRY = `
  INSERT INTO entries ("user", calendar_id, version, removed, settings) VALUES (:owner, :id, 1, FALSE, '{}')`;

export function calendarInsert(db: Database): Pick<Statement<CalendarColumns>, 'first'> {
  const insert = prepare<CalendarColumns>(db, INSERT_CALENDAR);
  const insertEntry = prepare(db, INSERT_ENTRY);
  const insertBoth = db.transaction((bindings: Bindings) => {
    const columns = insert.first(bindings);
    if (columns !== undefined) insertEntry.first(bindings);
    return columns;
  });
  return { first: (bindings) => insertBoth.immediate(bindings) };
}
