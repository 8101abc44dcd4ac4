/**
 * Recipe: TypeORM, on PostgreSQL.
 *
 * `update` and `delete` of a repository take any condition and tell how many rows met it, in one statement; `update` raises the
 * version column, and an `undefined` in the condition is refused.
 *
 * `save` does not compare the version: two of one version both succeed. Worse, what the second one has read is written back, and the
 * version counts down. `update: false` prevents that: whoever saves, the version is raised.
 *
 * The version column begins again at 1 when a note is deleted and made anew, so the version is two parts: the column, and a random
 * id that the row has had since it was made.
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { EntitySchema, type Repository } from 'typeorm';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export interface Note {
  readonly id: string;
  readonly text: string;
  /** Of this row, and of none that has the same `id` later. */
  readonly life: string;
  readonly version: number;
}

type Where = Pick<Note, 'id'> | Pick<Note, 'life' | 'version'>;

/** The same as a class with `@VersionColumn({ update: false }) version` and `@Generated('uuid') life`. */
export const NoteEntity: EntitySchema<Note> = new EntitySchema<Note>({
  name: 'note',
  columns: {
    id: { type: 'text', primary: true },
    text: { type: 'text' },
    life: { type: 'uuid', generated: 'uuid', unique: true },
    version: { type: 'integer', version: true, update: false },
  },
});

export function notes(repository: Repository<Note>): Router {
  const create = async (id: string, text: string): Promise<boolean> => {
    const { raw } = await repository
      .createQueryBuilder()
      .insert()
      .values({ id, text })
      .orIgnore()
      .returning('id')
      .execute();
    return raw.length === 1;
  };
  const update = async (where: Where, text: string): Promise<boolean> =>
    (await repository.update(where, { text })).affected === 1;
  const remove = async (where: Where): Promise<boolean> => (await repository.delete(where)).affected === 1;

  const byVersion = fromVersion(
    (req: Request<{ id: string }>) => repository.findOneBy({ id: req.params.id }),
    (note) => [note.life, note.version],
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
      replaceVersion: ({ resource: { life, version } }) => update({ life, version }, text),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove({ id }),
      removeVersion: ({ resource: { life, version } }) => remove({ life, version }),
    });
  });

  return router;
}
