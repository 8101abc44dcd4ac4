/** The SQL of the events. Each change is one statement, which moves the version on and asserts the one before. */
import type { Database } from 'libsql';
import type { EventColumns } from './rows.js';
import { prepare, type Statement } from './statement.js';

const NEXT_VERSION = '(SELECT coalesce(max(version), 0) + 1 FROM events WHERE calendar_id = :calendar)';
const ASSERTED = `
  calendar_id = :calendar AND id = :id AND deleted = 0 AND (:asserted IS NULL OR version = :asserted)`;

const SELECT = 'SELECT * FROM events WHERE calendar_id = :calendar AND id = :id';

/** Nothing is inserted when the id is taken, or when the calendar is gone. */
const INSERT = `
  INSERT INTO events
    (calendar_id, id, version, deleted, creator, created, updated, fields, starts, ends, text, confidential)
  SELECT id, :id, ${NEXT_VERSION}, 0, :creator, :now, :now, :fields, :starts, :ends, :text, :confidential
  FROM calendars WHERE id = :calendar
  ON CONFLICT DO NOTHING RETURNING *`;

const UPDATE = `
  UPDATE events
  SET version = ${NEXT_VERSION}, updated = :now,
    fields = :fields, starts = :starts, ends = :ends, text = :text, confidential = :confidential
  WHERE ${ASSERTED} RETURNING *`;

const REMOVE = `
  UPDATE events SET version = ${NEXT_VERSION}, updated = :now, deleted = 1 WHERE ${ASSERTED} RETURNING *`;

const STATE = `
  SELECT coalesce(max(version), 0) AS revision, coalesce(max(updated), '') AS updated
  FROM events WHERE calendar_id = :calendar`;

export interface EventStatements {
  readonly select: Statement<EventColumns>;
  readonly insert: Statement<EventColumns>;
  readonly update: Statement<EventColumns>;
  readonly remove: Statement<EventColumns>;
  readonly state: Statement<{ revision: number; updated: string }>;
  readonly calendar: Statement<unknown>;
}

export function eventStatements(db: Database): EventStatements {
  return {
    select: prepare(db, SELECT),
    insert: prepare(db, INSERT),
    update: prepare(db, UPDATE),
    remove: prepare(db, REMOVE),
    state: prepare(db, STATE),
    calendar: prepare(db, 'SELECT 1 FROM calendars WHERE id = :calendar'),
  };
}
