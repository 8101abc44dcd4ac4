/**
 * Recipe: SQLite through libsql or better-sqlite3, which have the same interface.
 *
 * Each write is one statement that compares and changes, so it holds with many processes on one file, too. The version is
 * random: a counter in the row would begin again at 1 when a note is deleted and made anew.
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import type { Database } from 'libsql';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

/** Processes that share the file wait for each other: open it with `{ timeout: 5000 }`. */
export const SCHEMA = `
  PRAGMA journal_mode = WAL;
  CREATE TABLE IF NOT EXISTS notes (
    id      TEXT PRIMARY KEY,
    text    TEXT NOT NULL,
    version TEXT NOT NULL
  ) STRICT, WITHOUT ROWID`;

const NEW_VERSION = 'lower(hex(randomblob(16)))';

interface Row {
  readonly text: string;
  readonly version: string;
}

export function notes(db: Database): Router {
  const find = db.prepare('SELECT text, version FROM notes WHERE id = ?');
  const create = db.prepare(
    `INSERT INTO notes (id, text, version) VALUES (?, ?, ${NEW_VERSION}) ON CONFLICT DO NOTHING`,
  );
  const replace = db.prepare(`UPDATE notes SET text = ?, version = ${NEW_VERSION} WHERE id = ?`);
  const replaceVersion = db.prepare(
    `UPDATE notes SET text = ?, version = ${NEW_VERSION} WHERE id = ? AND version = ?`,
  );
  const remove = db.prepare('DELETE FROM notes WHERE id = ?');
  const removeVersion = db.prepare('DELETE FROM notes WHERE id = ? AND version = ?');

  const byVersion = fromVersion(
    (req: Request<{ id: string }>) => (find.get(req.params.id) as Row | undefined) ?? null,
    (row) => row.version,
  );
  const current = preconditions(byVersion);
  const router = Router();

  router.get('/:id', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.json({ text: version.resource.text });
    else res.sendStatus(404);
  });

  router.put('/:id', current, json(), async (req, res) => {
    const { id } = req.params;
    const text = textOf(req.body);
    await putUnderGuard(req.precondition, res, {
      create: () => create.run(id, text).changes === 1,
      replace: () => replace.run(text, id).changes === 1,
      replaceVersion: ({ resource }) => replaceVersion.run(text, id, resource.version).changes === 1,
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove.run(id).changes === 1,
      removeVersion: ({ resource }) => removeVersion.run(id, resource.version).changes === 1,
    });
  });

  return router;
}
