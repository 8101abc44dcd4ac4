/**
 * Recipe: PostgreSQL through `pg`, with a version column.
 *
 * Versions are random, so none ever comes back: not after a note was deleted and made anew, and not after a failover or a restored
 * backup has lost the latest writes, which would repeat the numbers of a sequence. A trigger draws them, so that no program that
 * writes to the table can forget to. Each write is one statement; of two at once, the second waits for the first, looks at the row
 * again, and finds another version (at the default isolation level, READ COMMITTED; at the higher ones it fails with code 40001, which
 * is to be answered 412 as well).
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import type { Pool } from 'pg';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export const SCHEMA = `
  CREATE TABLE notes (
    id      text PRIMARY KEY,
    text    text NOT NULL,
    version uuid NOT NULL
  );
  CREATE FUNCTION draw_note_version() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.version := gen_random_uuid();
      RETURN NEW;
    END
  $$;
  CREATE TRIGGER draw_version BEFORE INSERT OR UPDATE ON notes
    FOR EACH ROW EXECUTE FUNCTION draw_note_version()`;

const FIND = 'SELECT text, version FROM notes WHERE id = $1';
const CREATE = 'INSERT INTO notes (id, text) VALUES ($1, $2) ON CONFLICT DO NOTHING';
const REPLACE = 'UPDATE notes SET text = $2 WHERE id = $1';
const REPLACE_VERSION = 'UPDATE notes SET text = $2 WHERE id = $1 AND version = $3';
const REMOVE = 'DELETE FROM notes WHERE id = $1';
const REMOVE_VERSION = 'DELETE FROM notes WHERE id = $1 AND version = $2';

interface Row {
  readonly text: string;
  readonly version: string;
}

export function notes(pool: Pool): Router {
  const writes = async (sql: string, ...values: readonly string[]): Promise<boolean> =>
    (await pool.query(sql, [...values])).rowCount === 1;

  const byVersion = fromVersion(
    async (req: Request<{ id: string }>) => (await pool.query<Row>(FIND, [req.params.id])).rows[0] ?? null,
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
      create: () => writes(CREATE, id, text),
      replace: () => writes(REPLACE, id, text),
      replaceVersion: ({ resource }) => writes(REPLACE_VERSION, id, text, resource.version),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => writes(REMOVE, id),
      removeVersion: ({ resource }) => writes(REMOVE_VERSION, id, resource.version),
    });
  });

  return router;
}
