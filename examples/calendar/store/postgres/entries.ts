/**
 * The writes of entries. An insert locks the calendar first, so that one that is being removed is absent to it; without the
 * lock, the foreign key would find out in the end, and that is an error.
 */
import { ENTRY_COLUMNS, type EntryWrites, insertEntry, REMOVE_ENTRY, UPDATE_ENTRY } from '../sql/entries.js';
import type { EntryColumns } from '../sql/rows.js';
import type { Prepare } from '../sql/statement.js';

export function entryWrites(prepare: Prepare): EntryWrites {
  const writing = (sql: string): EntryWrites['insert'] =>
    prepare<EntryColumns>(`
      WITH written AS (${sql} RETURNING *)
      SELECT ${ENTRY_COLUMNS} FROM written AS entries JOIN calendars ON calendars.id = entries.calendar_id`);
  return {
    insert: writing(insertEntry('FOR KEY SHARE')),
    update: writing(UPDATE_ENTRY),
    remove: writing(REMOVE_ENTRY),
  };
}
