/** The writes of entries. Each reads the row in its transaction, so that no other writer's change is taken for its own. */
import type { Database } from 'libsql';
import { ENTRY_COLUMNS, type EntryWrites, insertEntry, REMOVE_ENTRY, UPDATE_ENTRY } from '../sql/entries.js';
import type { EntryColumns } from '../sql/rows.js';
import type { Bindings } from '../sql/statement.js';
import { prepare } from './statement.js';

const SELECT_WRITTEN = `
  SELECT ${ENTRY_COLUMNS} FROM entries JOIN calendars ON calendars.id = entries.calendar_id
  WHERE "user" = :user AND calendar_id = :id`;

export function entryWrites(db: Database): EntryWrites {
  const select = prepare<EntryColumns>(db, SELECT_WRITTEN);

  const writing = (sql: string): EntryWrites['insert'] => {
    const write = prepare(db, `${sql} RETURNING version`);
    const writeAndSelect = db.transaction((bindings: Bindings) =>
      write.first(bindings) === undefined ? undefined : select.first(bindings),
    );
    return { first: (bindings) => writeAndSelect.immediate(bindings) };
  };
  return { insert: writing(insertEntry()), update: writing(UPDATE_ENTRY), remove: writing(REMOVE_ENTRY) };
}
