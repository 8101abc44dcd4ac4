/** Runs on real SQLite: two connections to one file, as two processes would have them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from '@jest/globals';
import Database from 'libsql';
import { notes, SCHEMA } from '../../../examples/recipes/sqlite.js';
import { describeRecipe } from './recipe-contract.js';

const folder = mkdtempSync(join(tmpdir(), 'recipe-sqlite-'));
const databases: Database.Database[] = [];

function openDatabase(): Database.Database {
  const db = new Database(join(folder, 'notes.db'), { timeout: 5000 });
  db.exec(SCHEMA);
  databases.push(db);
  return db;
}

afterAll(() => {
  for (const db of databases) db.close();
  rmSync(folder, { recursive: true });
});

describeRecipe('SQLite', { keepsBytes: false, open: () => [notes(openDatabase()), notes(openDatabase())] });
