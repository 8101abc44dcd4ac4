/** The calendars. */
import type { Asserted, CalendarRow, CalendarTable, WriteResult } from '../types.js';
import { notWritten } from './outcome.js';
import { type CalendarColumns, calendarRow } from './rows.js';
import { orNull, type Prepare, type Statement } from './statement.js';

const ASSERTED = 'id = :id AND version = coalesce(:asserted, version)';

const SELECT = 'SELECT * FROM calendars WHERE id = :id';

/** Nothing is inserted when the id is taken. */
export const INSERT_CALENDAR = `
  INSERT INTO calendars (id, owner, public, version, updated, fields)
  VALUES (:id, :owner, :public, 1, :now, :fields)
  ON CONFLICT (id) DO NOTHING RETURNING *`;

const UPDATE = `
  UPDATE calendars SET version = version + 1, updated = :now, fields = :fields WHERE ${ASSERTED} RETURNING *`;

const REMOVE = `DELETE FROM calendars WHERE ${ASSERTED} RETURNING *`;

/** `insert` inserts the entry in the owner's list as well. */
export function calendarTable(
  prepare: Prepare,
  insert: Pick<Statement<CalendarColumns>, 'first'>,
  now: () => string,
): CalendarTable {
  const select = prepare<CalendarColumns>(SELECT);
  const update = prepare<CalendarColumns>(UPDATE);
  const remove = prepare<CalendarColumns>(REMOVE);

  const find = async (id: string): Promise<CalendarRow | undefined> => {
    const columns = await select.first({ id });
    return columns && calendarRow(columns);
  };
  const written = async (
    columns: CalendarColumns | undefined,
    id: string,
    asserted: Asserted,
  ): Promise<WriteResult<CalendarRow>> =>
    columns === undefined
      ? notWritten(await find(id), asserted)
      : { outcome: 'written', row: calendarRow(columns) };

  return {
    find,
    async insert({ id, owner, public: isPublic, fields }) {
      const bindings = { id, owner, public: isPublic, fields: JSON.stringify(fields), now: now() };
      const columns = await insert.first(bindings);
      return columns === undefined
        ? { outcome: 'duplicate' }
        : { outcome: 'written', row: calendarRow(columns) };
    },
    async update(id, fields, asserted) {
      const bindings = { id, fields: JSON.stringify(fields), now: now(), asserted: orNull(asserted) };
      return written(await update.first(bindings), id, asserted);
    },
    async remove(id, asserted) {
      return written(await remove.first({ id, asserted: orNull(asserted) }), id, asserted);
    },
  };
}
