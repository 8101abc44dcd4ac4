/** The events of the calendars. */
import type { Database } from 'libsql';
import type { EventFields } from '../../model.js';
import { indexOf } from '../event-index.js';
import type { EventKey, EventRow, EventTable, InsertResult, WriteResult } from '../types.js';
import { listEvents } from './event-list.js';
import { type EventStatements, eventStatements } from './event-statements.js';
import { type EventColumns, eventRow } from './rows.js';
import { type Bindings, orNull } from './statement.js';

export function eventTable(db: Database, now: () => string): EventTable {
  const sql = eventStatements(db);
  return {
    async find(key) {
      const columns = sql.select.first(keyOf(key));
      return columns && eventRow(columns);
    },
    async insert(key, creator, fields) {
      const bindings = { ...keyOf(key), ...columnsOf(fields), creator, now: now() };
      return inserted(sql, key, sql.insert.first(bindings));
    },
    async update(key, fields, asserted) {
      const bindings = { ...keyOf(key), ...columnsOf(fields), now: now(), asserted: orNull(asserted) };
      return written(sql, key, sql.update.first(bindings));
    },
    async remove(key, asserted) {
      const bindings = { ...keyOf(key), now: now(), asserted: orNull(asserted) };
      return written(sql, key, sql.remove.first(bindings));
    },
    async state(calendar) {
      return sql.state.first({ calendar }) ?? { revision: 0, updated: '' };
    },
    async list(calendarId, query) {
      return listEvents(db, calendarId, query);
    },
  };
}

/** When nothing was written, looks once more to say why. */
function written(
  sql: EventStatements,
  key: EventKey,
  columns: EventColumns | undefined,
): WriteResult<EventRow> {
  if (columns !== undefined) return { outcome: 'written', row: eventRow(columns) };
  const found = sql.select.first(keyOf(key));
  if (found === undefined) return { outcome: 'absent' };
  return { outcome: found.deleted === 1 ? 'deleted' : 'changed' };
}

function inserted(
  sql: EventStatements,
  key: EventKey,
  columns: EventColumns | undefined,
): InsertResult<EventRow> {
  if (columns !== undefined) return { outcome: 'written', row: eventRow(columns) };
  const calendar = sql.calendar.first({ calendar: key.calendarId });
  return { outcome: calendar === undefined ? 'absent' : 'duplicate' };
}

function keyOf({ calendarId, id }: EventKey): Bindings {
  return { calendar: calendarId, id };
}

function columnsOf(fields: EventFields): Bindings {
  const { starts, ends, text, confidential } = indexOf(fields);
  return { fields: JSON.stringify(fields), starts, ends, text, confidential: Number(confidential) };
}
