/**
 * What the calendar API asks of a database, and what any store must promise (test/examples/calendar/store-contract.ts
 * checks it on SQLite and Postgres):
 *
 * - A row's `version` is a positive integer that changes with every change of the row and never returns to an earlier
 *   value, not even when the row is deleted and made again. (A calendar is not made again: its id is drawn at random.)
 *   That holds as long as no write is lost. When a backup is put back, the versions of lost writes are given again: the
 *   store then has to be opened with another `epoch`, which is a part of all that clients keep.
 * - A write that asserts a version is atomic: of any number of writers that assert the same one, in any number of
 *   processes, exactly one is told 'written', and the others changed nothing.
 * - The `revision` of a calendar's events grows with every change of any of them.
 */
import type { CalendarFields, EntrySettings, EventFields } from '../model.js';

export interface CalendarRow {
  readonly id: string;
  readonly owner: string;
  /** Anybody may read a public calendar; only its owner may read a private one, and write to either. */
  readonly public: boolean;
  readonly version: number;
  readonly updated: string;
  readonly fields: CalendarFields;
}

/** A calendar in the list of one user. Its version counts the changes of `settings`, not those of `calendar`. */
export interface EntryRow {
  readonly user: string;
  readonly version: number;
  readonly settings: EntrySettings;
  readonly calendar: CalendarRow;
}

export interface EventKey {
  readonly calendarId: string;
  readonly id: string;
}

/** A deleted event stays as a row, so that its id is never given again and synchronizing clients learn of it. */
export interface EventRow extends EventKey {
  readonly version: number;
  readonly deleted: boolean;
  /**
   * The version of the last change that readers of the calendar learn of: of a confidential event, of the one that hid it.
   * `undefined` when they could never see the event.
   */
  readonly shown: number | undefined;
  readonly creator: string;
  readonly created: string;
  readonly updated: string;
  readonly fields: EventFields;
}

/** How the events of a calendar stand as a whole: what the tag of a list is made of. */
export interface FeedState {
  readonly revision: number;
  readonly updated: string;
}

/** The version a write asserts; `undefined` asserts no more than that the row exists and is not deleted. */
export type Asserted = number | undefined;

/** No row ever has this version: a write that asserts it changes nothing and says why. */
export const NO_VERSION = 0;

/** 'changed': the row exists, in another version than the asserted one. */
export type WriteResult<Row> =
  | { readonly outcome: 'written'; readonly row: Row }
  | { readonly outcome: 'changed' | 'deleted' | 'absent' };

/** 'absent': what the row would belong to (the calendar) does not exist. */
export type InsertResult<Row> =
  | { readonly outcome: 'written'; readonly row: Row }
  | { readonly outcome: 'duplicate' | 'absent' };

export type EventOrder = 'id' | 'starts' | 'updated' | 'version' | 'shown';

export interface EventQuery {
  /** Each must occur somewhere in the event's text, see searchText() in event-index.ts. */
  readonly terms: readonly string[];
  readonly endsAfter: number | undefined;
  readonly startsBefore: number | undefined;
  readonly updatedSince: string | undefined;
  /** Only rows changed after this revision. */
  readonly changedSince: number | undefined;
  /** Only rows of which readers learn something after this revision; also what was hidden from them after it. */
  readonly shownSince: number | undefined;
  readonly deleted: boolean;
  readonly confidential: boolean;
  readonly orderBy: EventOrder;
  /** The order's value and the id of the last row of the page before. */
  readonly after: readonly [value: string | number, id: string] | undefined;
  readonly limit: number;
}

export interface EventPage {
  readonly rows: readonly EventRow[];
  /** Where the next page begins; `undefined` on the last one. */
  readonly next: readonly [value: string | number, id: string] | undefined;
}

export interface CalendarTable {
  find(id: string): Promise<CalendarRow | undefined>;
  /** Also puts the calendar into its owner's list. */
  insert(
    calendar: Pick<CalendarRow, 'id' | 'owner' | 'public' | 'fields'>,
  ): Promise<InsertResult<CalendarRow>>;
  update(id: string, fields: CalendarFields, asserted: Asserted): Promise<WriteResult<CalendarRow>>;
  /** Takes the events and every user's entry with it. */
  remove(id: string, asserted: Asserted): Promise<WriteResult<CalendarRow>>;
}

export interface EntryTable {
  find(user: string, calendarId: string): Promise<EntryRow | undefined>;
  /** Every entry of the user, by calendar id. */
  list(user: string): Promise<readonly EntryRow[]>;
  insert(user: string, calendarId: string, settings: EntrySettings): Promise<InsertResult<EntryRow>>;
  update(
    user: string,
    calendarId: string,
    settings: EntrySettings,
    asserted: Asserted,
  ): Promise<WriteResult<EntryRow>>;
  remove(user: string, calendarId: string, asserted: Asserted): Promise<WriteResult<EntryRow>>;
}

export interface EventTable {
  find(key: EventKey): Promise<EventRow | undefined>;
  insert(key: EventKey, creator: string, fields: EventFields): Promise<InsertResult<EventRow>>;
  update(key: EventKey, fields: EventFields, asserted: Asserted): Promise<WriteResult<EventRow>>;
  remove(key: EventKey, asserted: Asserted): Promise<WriteResult<EventRow>>;
  state(calendarId: string): Promise<FeedState>;
  list(calendarId: string, query: EventQuery): Promise<EventPage>;
}

export interface CalendarStore {
  /** Within one epoch, a version is given once. */
  readonly epoch: string;
  readonly calendars: CalendarTable;
  readonly entries: EntryTable;
  readonly events: EventTable;
  isEmpty(): Promise<boolean>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** Default: the empty text. */
  readonly epoch?: string;
  /** The time of changes; a test may stop the clock. */
  readonly now?: () => Date;
}
