/** The calendars in each user's list, with the user's own settings. */
import type { Asserted, EntryRow, EntryTable, WriteResult } from '../types.js';
import { notWritten } from './outcome.js';
import { type EntryColumns, entryRow } from './rows.js';
import { orNull, type Prepare, type Statement } from './statement.js';

/** What is read of an entry, from `entries` joined with `calendars`. Without quotes, "user" is a function of Postgres. */
export const ENTRY_COLUMNS = 'calendars.*, "user", entries.version AS entry_version, entries.settings';

const SELECT_ALL = `
  SELECT ${ENTRY_COLUMNS} FROM entries JOIN calendars ON calendars.id = entries.calendar_id
  WHERE "user" = :user AND NOT removed`;

const ASSERTED = `
  "user" = :user AND calendar_id = :id AND NOT removed AND version = coalesce(:asserted, version)`;

export const UPDATE_ENTRY: string = `
  UPDATE entries SET version = version + 1, settings = :settings WHERE ${ASSERTED}`;

export const REMOVE_ENTRY: string = `
  UPDATE entries SET version = version + 1, removed = TRUE, settings = '{}' WHERE ${ASSERTED}`;

/** A removed entry comes back with the next version, and with the new settings. `lock` may keep the calendar in place. */
export function insertEntry(lock = ''): string {
  return `
    INSERT INTO entries ("user", calendar_id, version, removed, settings)
    SELECT :user, id, 1, FALSE, :settings FROM calendars WHERE id = :id ${lock}
    ON CONFLICT ("user", calendar_id) DO UPDATE
    SET version = entries.version + 1, removed = FALSE, settings = excluded.settings WHERE entries.removed`;
}

/** Each gives the entry that it has written, if it has. */
export type EntryWrites = Readonly<
  Record<'insert' | 'update' | 'remove', Pick<Statement<EntryColumns>, 'first'>>
>;

export function entryTable(prepare: Prepare, { insert, update, remove }: EntryWrites): EntryTable {
  const select = prepare<EntryColumns>(`${SELECT_ALL} AND calendar_id = :id`);
  const selectAll = prepare<EntryColumns>(`${SELECT_ALL} ORDER BY calendar_id`);

  const find = async (user: string, id: string): Promise<EntryRow | undefined> => {
    const columns = await select.first({ user, id });
    return columns && entryRow(columns);
  };
  const written = async (
    columns: EntryColumns | undefined,
    key: readonly [user: string, id: string],
    asserted: Asserted,
  ): Promise<WriteResult<EntryRow>> =>
    columns === undefined
      ? notWritten(await find(...key), asserted)
      : { outcome: 'written', row: entryRow(columns) };

  return {
    find,
    async list(user) {
      return (await selectAll.all({ user })).map(entryRow);
    },
    async insert(user, id, settings) {
      const columns = await insert.first({ user, id, settings: JSON.stringify(settings) });
      if (columns !== undefined) return { outcome: 'written', row: entryRow(columns) };
      return { outcome: (await find(user, id)) === undefined ? 'absent' : 'duplicate' };
    },
    async update(user, id, settings, asserted) {
      const bindings = { user, id, settings: JSON.stringify(settings), asserted: orNull(asserted) };
      return written(await update.first(bindings), [user, id], asserted);
    },
    async remove(user, id, asserted) {
      return written(await remove.first({ user, id, asserted: orNull(asserted) }), [user, id], asserted);
    },
  };
}
