/** The calendars in each user's list, with the user's own settings. */
import type { Database } from 'libsql';
import type { Asserted, EntryRow, EntryTable, InsertResult, WriteResult } from '../types.js';
import { type EntryColumns, entryRow } from './rows.js';
import { orNull, prepare } from './statement.js';

const ASSERTED = `
  user = :user AND calendar_id = :id AND removed = 0 AND (:asserted IS NULL OR version = :asserted)`;

const SELECT_ALL = `
  SELECT calendars.*, entries.version AS entry_version, entries.settings
  FROM entries JOIN calendars ON calendars.id = entries.calendar_id
  WHERE user = :user AND removed = 0`;

/** A removed entry comes back with the next version, and with the new settings. */
const INSERT = `
  INSERT INTO entries (user, calendar_id, version, removed, settings)
  SELECT :user, id, 1, 0, :settings FROM calendars WHERE id = :id
  ON CONFLICT DO UPDATE SET version = version + 1, removed = 0, settings = excluded.settings WHERE removed = 1`;

const UPDATE = `UPDATE entries SET version = version + 1, settings = :settings WHERE ${ASSERTED}`;

const REMOVE = `UPDATE entries SET version = version + 1, removed = 1, settings = '{}' WHERE ${ASSERTED}`;

export function entryTable(db: Database): EntryTable {
  const select = prepare<EntryColumns>(db, `${SELECT_ALL} AND calendar_id = :id`);
  const selectAll = prepare<EntryColumns>(db, `${SELECT_ALL} ORDER BY calendar_id`);
  const insert = prepare(db, INSERT);
  const update = prepare(db, UPDATE);
  const remove = prepare(db, REMOVE);

  const find = (user: string, id: string): EntryRow | undefined => {
    const columns = select.first({ user, id });
    return columns && entryRow(columns);
  };
  // Read in the same transaction, so that no other writer's change is taken for this one's.
  const insertAndFind = db.transaction(
    (user: string, id: string, settings: string): InsertResult<EntryRow> => {
      const changes = insert.run({ user, id, settings });
      const row = find(user, id);
      if (row === undefined) return { outcome: 'absent' };
      return changes === 1 ? { outcome: 'written', row } : { outcome: 'duplicate' };
    },
  );
  const updateAndFind = db.transaction((user: string, id: string, settings: string, asserted: Asserted) =>
    written(update.run({ user, id, settings, asserted: orNull(asserted) }), find(user, id)),
  );
  const findAndRemove = db.transaction((user: string, id: string, asserted: Asserted) => {
    const row = find(user, id);
    return written(remove.run({ user, id, asserted: orNull(asserted) }), row);
  });

  return {
    find: async (user, id) => find(user, id),
    list: async (user) => selectAll.all({ user }).map(entryRow),
    insert: async (user, id, settings) => insertAndFind.immediate(user, id, JSON.stringify(settings)),
    update: async (user, id, settings, asserted) =>
      updateAndFind.immediate(user, id, JSON.stringify(settings), asserted),
    remove: async (user, id, asserted) => findAndRemove.immediate(user, id, asserted),
  };
}

function written(changes: number, row: EntryRow | undefined): WriteResult<EntryRow> {
  if (row === undefined) return { outcome: 'absent' };
  return changes === 1 ? { outcome: 'written', row } : { outcome: 'changed' };
}
