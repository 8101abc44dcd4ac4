/** The columns as the databases give them, and the rows that the API sees. SQLite has 0 and 1 for false and true. */
import type { CalendarFields, EntrySettings, EventFields } from '../../model.js';
import type { CalendarRow, EntryRow, EventRow } from '../types.js';

type Flag = boolean | number;

export interface CalendarColumns {
  readonly id: string;
  readonly owner: string;
  readonly public: Flag;
  readonly version: number;
  readonly updated: string;
  readonly fields: string;
}

/** An entry joined with its calendar. */
export interface EntryColumns extends CalendarColumns {
  readonly user: string;
  readonly entry_version: number;
  readonly settings: string;
}

export interface EventColumns {
  readonly calendar_id: string;
  readonly id: string;
  readonly version: number;
  readonly deleted: Flag;
  readonly shown: number | null;
  readonly creator: string;
  readonly created: string;
  readonly updated: string;
  readonly fields: string;
  readonly starts: number;
}

export function calendarRow(columns: CalendarColumns): CalendarRow {
  const { id, owner, version, updated } = columns;
  const fields = JSON.parse(columns.fields) as CalendarFields;
  return { id, owner, public: Boolean(columns.public), version, updated, fields };
}

export function entryRow(columns: EntryColumns): EntryRow {
  const { user, entry_version: version } = columns;
  const settings = JSON.parse(columns.settings) as EntrySettings;
  return { user, version, settings, calendar: calendarRow(columns) };
}

export function eventRow(columns: EventColumns): EventRow {
  const { calendar_id: calendarId, id, version, creator, created, updated } = columns;
  const fields = JSON.parse(columns.fields) as EventFields;
  const [deleted, shown] = [Boolean(columns.deleted), columns.shown ?? undefined];
  return { calendarId, id, version, deleted, shown, creator, created, updated, fields };
}
