/**
 * Each table has a `version` column, which every UPDATE moves on in the same statement. `fields` and `settings` are
 * JSON; the columns beside them are those by which rows are found.
 */
import type { Database } from 'libsql';

const TABLES = `
  CREATE TABLE IF NOT EXISTS calendars (
    id      TEXT PRIMARY KEY,
    owner   TEXT NOT NULL,
    public  INTEGER NOT NULL,
    version INTEGER NOT NULL,
    updated TEXT NOT NULL,
    fields  TEXT NOT NULL
  ) STRICT;

  -- A removed entry stays, so that its version goes on when the user adds the calendar again.
  CREATE TABLE IF NOT EXISTS entries (
    user        TEXT NOT NULL,
    calendar_id TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    version     INTEGER NOT NULL,
    removed     INTEGER NOT NULL,
    settings    TEXT NOT NULL,
    PRIMARY KEY (user, calendar_id)
  ) STRICT, WITHOUT ROWID;

  -- A deleted event stays, so that its id is never given again. The version is also the calendar's revision: one more
  -- than the highest in the calendar, so it never returns, and sorts the events by their last change. "shown" does so for
  -- readers: it is the version in which they last saw the event, or saw it hidden; NULL if they never saw it.
  CREATE TABLE IF NOT EXISTS events (
    calendar_id  TEXT NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    id           TEXT NOT NULL,
    version      INTEGER NOT NULL,
    shown        INTEGER,
    deleted      INTEGER NOT NULL,
    creator      TEXT NOT NULL,
    created      TEXT NOT NULL,
    updated      TEXT NOT NULL,
    fields       TEXT NOT NULL,
    starts       INTEGER NOT NULL,
    ends         INTEGER NOT NULL,
    text         TEXT NOT NULL,
    confidential INTEGER NOT NULL,
    PRIMARY KEY (calendar_id, id)
  ) STRICT, WITHOUT ROWID;
`;

/** For tables that were made without the column. Which of their hidden events were visible once is not known: none is shown. */
const ADD_SHOWN = `
  ALTER TABLE events ADD COLUMN shown INTEGER;
  UPDATE events SET shown = version WHERE NOT confidential;
`;

const INDEXES = `
  CREATE UNIQUE INDEX IF NOT EXISTS events_by_version ON events (calendar_id, version);
  CREATE UNIQUE INDEX IF NOT EXISTS events_by_shown ON events (calendar_id, shown);
  CREATE INDEX IF NOT EXISTS events_by_start ON events (calendar_id, starts, id);
  CREATE INDEX IF NOT EXISTS events_by_update ON events (calendar_id, updated, id);
`;

/** Makes what is missing. In a transaction: another process may be at it as well. */
export function makeTables(db: Database): void {
  db.transaction(() => {
    db.exec(TABLES);
    const columns = db.prepare(`SELECT name FROM pragma_table_info('events') WHERE name = 'shown'`);
    if (columns.get() === undefined) db.exec(ADD_SHOWN);
    db.exec(INDEXES);
  }).immediate();
}
