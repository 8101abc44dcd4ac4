/**
 * Recipe: PostgreSQL through `pg`, with `xmin` as the version and no change of the schema.
 *
 * `xmin` is a column that every table has: the number of the transaction that wrote the row as it stands. What to know of it:
 *
 * - it has 32 bits and comes round after four thousand million transactions: a tag would have to be kept that long, and then
 *   hit the very number, to be taken for current;
 * - VACUUM, also VACUUM FREEZE, leaves it as it is (since PostgreSQL 9.4);
 * - an ALTER TABLE that rewrites the table gives other numbers: clients get 412 and read again;
 * - numbers come back, with other content, when the database goes back in time: when a standby takes over that had not received the
 *   last writes (asynchronous replication), when a backup or a dump is restored, also to a point in time, after a crash with
 *   `synchronous_commit = off`, and when a logical replica takes over. Then a part of the tag has to change: see docs/recipes.md.
 *   With synchronous replication a standby that takes over has every write that was answered;
 * - two changes within one transaction share it. Nobody outside ever sees the row between them.
 *
 * A row that was deleted and made anew has the number of another transaction, so old tags stay old.
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import type { Pool } from 'pg';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

/** Any table will do. */
export const SCHEMA = 'CREATE TABLE notes (id text PRIMARY KEY, text text NOT NULL)';

const FIND = 'SELECT text, xmin::text AS xmin FROM notes WHERE id = $1';
const CREATE = 'INSERT INTO notes (id, text) VALUES ($1, $2) ON CONFLICT DO NOTHING';
const REPLACE = 'UPDATE notes SET text = $2 WHERE id = $1';
const REPLACE_VERSION = 'UPDATE notes SET text = $2 WHERE id = $1 AND xmin = $3::xid';
const REMOVE = 'DELETE FROM notes WHERE id = $1';
const REMOVE_VERSION = 'DELETE FROM notes WHERE id = $1 AND xmin = $2::xid';

interface Row {
  readonly text: string;
  readonly xmin: string;
}

export function notes(pool: Pool): Router {
  const writes = async (sql: string, ...values: readonly string[]): Promise<boolean> =>
    (await pool.query(sql, [...values])).rowCount === 1;

  const byTransaction = fromVersion(
    async (req: Request<{ id: string }>) => (await pool.query<Row>(FIND, [req.params.id])).rows[0] ?? null,
    (row) => row.xmin,
  );
  const current = preconditions(byTransaction);
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
      replaceVersion: ({ resource }) => writes(REPLACE_VERSION, id, text, resource.xmin),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => writes(REMOVE, id),
      removeVersion: ({ resource }) => writes(REMOVE_VERSION, id, resource.xmin),
    });
  });

  return router;
}
