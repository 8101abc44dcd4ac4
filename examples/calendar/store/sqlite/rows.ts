/** The columns of each table, and the rows of the store's contract made of them. */
import type { CalendarFields, EntrySettings, EventFields } from '../../model.js';
import type { CalendarRow, EntryRow, EventRow } from '../types.js';

export interface CalendarColumns {
  readonly id: string;
  readonly owner: string;
  readonly public: number;
  readonly version: number;
  readonly updated: string;
  readonly fields: string;
}

/** An entry joined with its calendar. */
export interface EntryColumns extends CalendarColumns {
  readonly entry_version: number;
  readonly settings: string;
}

export interface EventColumns {
  readonly calendar_id: string;
  readonly id: string;
  readonly version: number;
  readonly deleted: number;
  readonly creator: string;
  readonly created: string;
  readonly updated: string;
  readonly fields: string;
  readonly starts: number;
}

export function calendarRow(columns: CalendarColumns): CalendarRow {
  const { id, owner, version, updated } = columns;
  const fields = JSON.parse(columns.fields) as CalendarFields;
  return { id, owner, public: columns.public === 1, version, updated, fields };
}

export function entryRow(columns: EntryColumns): EntryRow {
  const settings = JSON.parse(columns.settings) as EntrySettings;
  return { version: columns.entry_version, settings, calendar: calendarRow(columns) };
}

export function eventRow(columns: EventColumns): EventRow {
  const { calendar_id: calendarId, id, version, creator, created, updated } = columns;
  const fields = JSON.parse(columns.fields) as EventFields;
  return { calendarId, id, version, deleted: columns.deleted === 1, creator, created, updated, fields };
}
