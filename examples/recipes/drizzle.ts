/**
 * Recipe: Drizzle, on PostgreSQL.
 *
 * The version is random, so that it does not come back when a note is deleted and made anew. `$onUpdateFn` draws it for every
 * insert and update that goes through Drizzle; where other programs write to the table, let a trigger draw it (postgres-version.ts).
 *
 * Each write is one statement and returns the rows that it has written: none, if the condition was not met. To `and(…)` an
 * `undefined` is no condition at all: `and(eq(id, …), undefined)` writes over everything. The types here do not let it happen.
 */
import { randomUUID } from 'node:crypto';
import { and, eq, type SQL } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { pgTable, text as textColumn, uuid } from 'drizzle-orm/pg-core';
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

const table = pgTable('notes', {
  id: textColumn().primaryKey(),
  text: textColumn().notNull(),
  version: uuid().notNull().$onUpdateFn(randomUUID),
});

/** The table, in SQL. */
export const SCHEMA = 'CREATE TABLE notes (id text PRIMARY KEY, text text NOT NULL, version uuid NOT NULL)';

export function notes(db: NodePgDatabase): Router {
  const isNote = (id: string): SQL => eq(table.id, id);
  const isVersion = (id: string, version: string): SQL => and(isNote(id), eq(table.version, version))!;
  const written = { id: table.id };

  const create = async (id: string, text: string): Promise<boolean> =>
    (await db.insert(table).values({ id, text }).onConflictDoNothing().returning(written)).length === 1;
  const update = async (where: SQL, text: string): Promise<boolean> =>
    (await db.update(table).set({ text }).where(where).returning(written)).length === 1;
  const remove = async (where: SQL): Promise<boolean> =>
    (await db.delete(table).where(where).returning(written)).length === 1;

  const byVersion = fromVersion(
    async (req: Request<{ id: string }>) =>
      (await db.select().from(table).where(isNote(req.params.id)))[0] ?? null,
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
      create: () => create(id, text),
      replace: () => update(isNote(id), text),
      replaceVersion: ({ resource }) => update(isVersion(id, resource.version), text),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove(isNote(id)),
      removeVersion: ({ resource }) => remove(isVersion(id, resource.version)),
    });
  });

  return router;
}
