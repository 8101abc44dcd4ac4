/** Counters in memory, in SQLite and in PostgreSQL. */
import Database from 'libsql';
import type { Pool } from 'pg';
import type { Write } from './counters.js';

export interface CounterRow {
  readonly value: number;
  readonly version: number;
}

export interface CounterStore {
  create(id: string): Promise<void>;
  read(id: string): Promise<CounterRow | undefined>;
  /** Whatever is there. */
  write(write: Write, version: number): Promise<CounterRow>;
  /** Only if the row still has this version; `undefined` otherwise. */
  replace(write: Write, version: number): Promise<CounterRow | undefined>;
}

/** Answers after the event loop has turned, as a database does. */
export function memoryCounters(): CounterStore {
  const rows = new Map<string, CounterRow>();
  const set = (id: string, row: CounterRow): CounterRow => {
    rows.set(id, row);
    return row;
  };
  const later = <T>(act: () => T): Promise<T> =>
    new Promise((resolve) => {
      setImmediate(() => resolve(act()));
    });
  return {
    create: async (id) => void set(id, { value: 0, version: 1 }),
    read: (id) => later(() => rows.get(id)),
    write: ({ id, value }, version) => later(() => set(id, { value, version })),
    replace: ({ id, value }, version) =>
      later(() => (rows.get(id)?.version === version ? set(id, { value, version: version + 1 }) : undefined)),
  };
}

/** Libsql answers at once; the turn of the event loop stands for a database that does not. */
export function sqliteCounters(db: Database.Database = new Database(':memory:')): CounterStore {
  db.exec('CREATE TABLE counters (id TEXT PRIMARY KEY, value INTEGER NOT NULL, version INTEGER NOT NULL)');
  const insert = db.prepare('INSERT INTO counters VALUES (?, 0, 1)');
  const select = db.prepare('SELECT value, version FROM counters WHERE id = ?');
  const write = db.prepare(
    'UPDATE counters SET value = ?, version = ? WHERE id = ? RETURNING value, version',
  );
  const replace = db.prepare(
    'UPDATE counters SET value = ?, version = version + 1 WHERE id = ? AND version = ? RETURNING value, version',
  );
  const turn = (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(resolve);
    });
  return {
    create: async (id) => void insert.run(id),
    read: (id) => turn().then(() => select.get(id) as CounterRow | undefined),
    write: ({ id, value }, version) => turn().then(() => write.get(value, version, id) as CounterRow),
    replace: ({ id, value }, version) =>
      turn().then(() => replace.get(value, id, version) as CounterRow | undefined),
  };
}

/** `writes` tells of every change which version it was made on. */
const POSTGRES_SCHEMA = `
  CREATE TABLE counters (id text PRIMARY KEY, value integer NOT NULL, version integer NOT NULL);
  CREATE TABLE writes (id text, over integer, version integer, value integer, attempt text)`;

const change = (assignment: string, condition: string): string => `
  WITH before AS (SELECT version FROM counters WHERE id = $1 FOR UPDATE),
  changed AS (
    UPDATE counters SET value = $2, version = ${assignment} FROM before
    WHERE id = $1 AND ${condition} RETURNING counters.value, counters.version, before.version AS over
  ),
  logged AS (INSERT INTO writes SELECT $1, over, version, value, $4 FROM changed)
  SELECT value, version FROM changed`;

const WRITE = change('$3', 'true');
const REPLACE = change('counters.version + 1', 'counters.version = $3');

export async function createPostgresCounters(pool: Pool): Promise<void> {
  await pool.query(POSTGRES_SCHEMA);
}

export function postgresCounters(pool: Pool): CounterStore {
  const first = async (sql: string, values: unknown[]): Promise<CounterRow | undefined> => {
    const { rows } = await pool.query<CounterRow>(sql, values);
    return rows[0];
  };
  return {
    create: async (id) => void (await pool.query('INSERT INTO counters VALUES ($1, 0, 1)', [id])),
    read: (id) => first('SELECT value, version FROM counters WHERE id = $1', [id]),
    write: async ({ id, value, attempt }, version) =>
      (await first(WRITE, [id, value, version, attempt])) as CounterRow,
    replace: ({ id, value, attempt }, version) => first(REPLACE, [id, value, version, attempt]),
  };
}
