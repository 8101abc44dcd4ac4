/**
 * Recipe: Knex, on PostgreSQL.
 *
 * The version is random and drawn by the database, so that it does not come back when a note is deleted and made anew. Each write
 * is one statement; `update` and `delete` give the number of rows that met the condition. Knex refuses an `undefined` in `where`.
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import type { Knex } from 'knex';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

interface Row {
  readonly id: string;
  readonly text: string;
  readonly version: string;
}

type Where = Pick<Row, 'id'> | Pick<Row, 'id' | 'version'>;

/** The migration. */
export async function createNotes(knex: Knex): Promise<void> {
  await knex.schema.createTable('notes', (table) => {
    table.text('id').primary();
    table.text('text').notNullable();
    table.uuid('version').notNullable();
  });
}

export function notes(knex: Knex): Router {
  const newVersion = knex.fn.uuid();
  const create = async (id: string, text: string): Promise<boolean> => {
    const row = { id, text, version: newVersion };
    return (await knex('notes').insert(row).onConflict('id').ignore().returning('id')).length === 1;
  };
  const update = async (where: Where, text: string): Promise<boolean> =>
    (await knex('notes').where(where).update({ text, version: newVersion })) === 1;
  const remove = async (where: Where): Promise<boolean> => (await knex('notes').where(where).delete()) === 1;

  const byVersion = fromVersion(
    async (req: Request<{ id: string }>) =>
      (await knex<Row>('notes').where('id', req.params.id).first()) ?? null,
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
      replace: () => update({ id }, text),
      replaceVersion: ({ resource }) => update({ id, version: resource.version }, text),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove({ id }),
      removeVersion: ({ resource }) => remove({ id, version: resource.version }),
    });
  });

  return router;
}
