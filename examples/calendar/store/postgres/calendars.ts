/** Inserts a calendar and its owner's entry, or neither. */
import { INSERT_CALENDAR } from '../sql/calendars.js';
import type { CalendarColumns } from '../sql/rows.js';
import type { Prepare, Statement } from '../sql/statement.js';

export function calendarInsert(prepare: Prepare): Pick<Statement<CalendarColumns>, 'first'> {
  return prepare<CalendarColumns>(`
    WITH written AS (${INSERT_CALENDAR}),
    entry AS (
      INSERT INTO entries ("user", calendar_id, version, removed, settings)
      SELECT owner, id, 1, FALSE, '{}' FROM written
    )
    SELECT * FROM written`);
}
