/**
 * The tables, as in SQLite. `fields` and `settings` are text and not jsonb, which would sort their members and refuse
 * U+0000; COLLATE "C" orders texts by their octets, whatever the database's language.
 */
import type { Pool } from 'pg';
import { openPool } from './pool.js';

/** Any number that nobody else locks by: two processes that make one table at once would stop each other with an error. */
const SCHEMA_LOCK = 7_212_050_911;

// One query without parameters is one transaction. The indexes are constraints because CREATE INDEX IF NOT EXISTS would
// hold up all writes even where there is nothing to create.
const SCHEMA = `
  SELECT pg_advisory_xact_lock(${SCHEMA_LOCK});

  -- "revision" is the highest version of the calendar's events, "events_updated" the time of their last change.
  CREATE TABLE IF NOT EXISTS calendars (
    id             text COLLATE "C" PRIMARY KEY,
    owner          text COLLATE "C" NOT NULL,
    public         boolean NOT NULL,
    version        bigint NOT NULL,
    updated        text COLLATE "C" NOT NULL,
    fields         text COLLATE "C" NOT NULL,
    revision       bigint NOT NULL DEFAULT 0,
    events_updated text COLLATE "C" NOT NULL DEFAULT ''
  );

  -- A removed entry stays, so that its version goes on when the user adds the calendar again.
  CREATE TABLE IF NOT EXISTS entries (
    "user"      text COLLATE "C" NOT NULL,
    calendar_id text COLLATE "C" NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    version     bigint NOT NULL,
    removed     boolean NOT NULL,
    settings    text COLLATE "C" NOT NULL,
    PRIMARY KEY ("user", calendar_id)
  );

  -- A deleted event stays, so that its id is never given again. "shown" is the version in which readers last saw the event,
  -- or saw it hidden; NULL if they never saw it.
  CREATE TABLE IF NOT EXISTS events (
    calendar_id  text COLLATE "C" NOT NULL REFERENCES calendars (id) ON DELETE CASCADE,
    id           text COLLATE "C" NOT NULL,
    version      bigint NOT NULL,
    shown        bigint,
    deleted      boolean NOT NULL,
    creator      text COLLATE "C" NOT NULL,
    created      text COLLATE "C" NOT NULL,
    updated      text COLLATE "C" NOT NULL,
    fields       text COLLATE "C" NOT NULL,
    starts       bigint NOT NULL,
    ends         bigint NOT NULL,
    text         text COLLATE "C" NOT NULL,
    confidential boolean NOT NULL,
    PRIMARY KEY (calendar_id, id),
    UNIQUE (calendar_id, version),
    UNIQUE (calendar_id, shown),
    UNIQUE (calendar_id, starts, id),
    UNIQUE (calendar_id, updated, id)
  );

  -- For tables that were made without the column. Which of their hidden events were visible once is not known: none is
  -- shown. ADD COLUMN IF NOT EXISTS would lock the table even where there is nothing to add.
  DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'events'::regclass AND attname = 'shown') THEN
      ALTER TABLE events ADD COLUMN shown bigint;
      UPDATE events SET shown = version WHERE NOT confidential;
      ALTER TABLE events ADD UNIQUE (calendar_id, shown);
    END IF;
  END $$;
`;

/** Makes the tables where they are missing. @throws when the database cannot be reached, without a word of the URL */
export async function createTables(url: string): Promise<void> {
  let pool: Pool | undefined;
  try {
    pool = openPool(url);
    await pool.query(SCHEMA);
  } catch (cause) {
    throw new Error(`Cannot open the database of DATABASE_URL: ${reasonOf(cause)}`, { cause });
  } finally {
    await pool?.end();
  }
}

/** One line. A host with several addresses fails with an error for each, and no message of its own. */
function reasonOf(error: unknown): string {
  const { errors = [error] } = error as { readonly errors?: readonly unknown[] };
  const [line = ''] = (errors[0] as Error).message.split('\n');
  return line;
}
