/** The events of the calendars. */
import type { EventFields } from '../../model.js';
import { indexOf } from '../event-index.js';
import type { Asserted, EventKey, EventRow, EventTable, FeedState, WriteResult } from '../types.js';
import { listEvents } from './event-list.js';
import { notWritten } from './outcome.js';
import { type EventColumns, eventRow } from './rows.js';
import { type Bindings, orNull, type Prepare } from './statement.js';

const SELECT = 'SELECT * FROM events WHERE calendar_id = :calendar AND id = :id';

export const EVENT_COLUMNS =
  'calendar_id, id, version, shown, deleted, creator, created, updated, fields, starts, ends, text, confidential';

export const EVENT_ASSERTED = `
  calendar_id = :calendar AND id = :id AND NOT deleted AND version = coalesce(:asserted, version)`;

/**
 * Where the stores differ: in how a change of an event gets its version, which is the calendar's revision as well.
 * The three writes give the row that they have written, if they have. `shown` becomes the version too, unless the event
 * is hidden from readers before and after.
 */
export interface EventSql {
  /** Nothing is inserted when the id is taken, or when the calendar is gone. */
  readonly insert: string;
  readonly update: string;
  readonly remove: string;
  readonly state: string;
  /** The function that tells the position of one text in another. */
  readonly position: string;
}

export function eventTable(prepare: Prepare, sql: EventSql, now: () => string): EventTable {
  const select = prepare<EventColumns>(SELECT);
  const insert = prepare<EventColumns>(sql.insert);
  const update = prepare<EventColumns>(sql.update);
  const remove = prepare<EventColumns>(sql.remove);
  const state = prepare<FeedState>(sql.state);

  const find = async (key: EventKey): Promise<EventRow | undefined> => {
    const columns = await select.first(keyOf(key));
    return columns && eventRow(columns);
  };
  /** When nothing was written, looks once more to say why. */
  const written = async (
    columns: EventColumns | undefined,
    key: EventKey,
    asserted: Asserted,
  ): Promise<WriteResult<EventRow>> => {
    if (columns !== undefined) return { outcome: 'written', row: eventRow(columns) };
    const found = await find(key);
    return found?.deleted === true ? { outcome: 'deleted' } : notWritten(found, asserted);
  };

  return {
    find,
    async insert(key, creator, fields) {
      const columns = await insert.first({ ...keyOf(key), ...columnsOf(fields), creator, now: now() });
      if (columns !== undefined) return { outcome: 'written', row: eventRow(columns) };
      return { outcome: (await find(key)) === undefined ? 'absent' : 'duplicate' };
    },
    async update(key, fields, asserted) {
      const bindings = { ...keyOf(key), ...columnsOf(fields), now: now(), asserted: orNull(asserted) };
      return written(await update.first(bindings), key, asserted);
    },
    async remove(key, asserted) {
      const bindings = { ...keyOf(key), now: now(), asserted: orNull(asserted) };
      return written(await remove.first(bindings), key, asserted);
    },
    async state(calendar) {
      return (await state.first({ calendar })) ?? { revision: 0, updated: '' };
    },
    list: (calendarId, query) => listEvents(prepare, sql.position, calendarId, query),
  };
}

function keyOf({ calendarId, id }: EventKey): Bindings {
  return { calendar: calendarId, id };
}

function columnsOf(fields: EventFields): Bindings {
  return { fields: JSON.stringify(fields), ...indexOf(fields) };
}
