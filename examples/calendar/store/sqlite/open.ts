/** A connection to the file, with the tables in it. */
import Database from 'libsql';
import { makeTables } from './schema.js';

const BUSY_TIMEOUT_MS = 5000;

export function openDatabase(file: string): Database.Database {
  const db = connect(file);
  db.pragma('journal_mode = WAL');
  // A write is on the disk before it is answered. With NORMAL, a power cut would take back the last ones, and others would
  // get their versions.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  makeTables(db);
  return db;
}

function connect(file: string): Database.Database {
  try {
    return new Database(file, { timeout: BUSY_TIMEOUT_MS });
  } catch (cause) {
    throw new Error(`Cannot open the database ${JSON.stringify(file)}. Does its folder exist?`, { cause });
  }
}
