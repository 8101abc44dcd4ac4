/** The calendars. */
import type { Database } from 'libsql';
import type { CalendarRow, CalendarTable, WriteResult } from '../types.js';
import { type CalendarColumns, calendarRow } from './rows.js';
import { orNull, prepare } from './statement.js';

const ASSERTED = 'id = :id AND (:asserted IS NULL OR version = :asserted)';

const SELECT = 'SELECT * FROM calendars WHERE id = :id';

const INSERT = `
  INSERT INTO calendars (id, owner, public, version, updated, fields)
  VALUES (:id, :owner, :public, 1, :now, :fields)
  ON CONFLICT DO NOTHING RETURNING *`;

const INSERT_ENTRY = `
  INSERT INTO entries (user, calendar_id, version, removed, settings) VALUES (:owner, :id, 1, 0, '{}')`;

const UPDATE = `
  UPDATE calendars SET version = version + 1, updated = :now, fields = :fields WHERE ${ASSERTED} RETURNING *`;

const REMOVE = `DELETE FROM calendars WHERE ${ASSERTED} RETURNING *`;

export function calendarTable(db: Database, now: () => string): CalendarTable {
  const select = prepare<CalendarColumns>(db, SELECT);
  const insert = prepare<CalendarColumns>(db, INSERT);
  const insertEntry = prepare(db, INSERT_ENTRY);
  const update = prepare<CalendarColumns>(db, UPDATE);
  const remove = prepare<CalendarColumns>(db, REMOVE);

  const insertWithEntry = db.transaction((calendar: Parameters<CalendarTable['insert']>[0]) => {
    const { id, owner } = calendar;
    const fields = JSON.stringify(calendar.fields);
    const columns = insert.first({ id, owner, public: Number(calendar.public), now: now(), fields });
    if (columns !== undefined) insertEntry.run({ owner, id });
    return columns;
  });
  const written = (columns: CalendarColumns | undefined, id: string): WriteResult<CalendarRow> => {
    if (columns !== undefined) return { outcome: 'written', row: calendarRow(columns) };
    return { outcome: select.first({ id }) === undefined ? 'absent' : 'changed' };
  };

  return {
    async find(id) {
      const columns = select.first({ id });
      return columns && calendarRow(columns);
    },
    async insert(calendar) {
      const columns = insertWithEntry.immediate(calendar);
      return columns === undefined
        ? { outcome: 'duplicate' }
        : { outcome: 'written', row: calendarRow(columns) };
    },
    async update(id, fields, asserted) {
      const bindings = { id, fields: JSON.stringify(fields), now: now(), asserted: orNull(asserted) };
      return written(update.first(bindings), id);
    },
    async remove(id, asserted) {
      return written(remove.first({ id, asserted: orNull(asserted) }), id);
    },
  };
}
