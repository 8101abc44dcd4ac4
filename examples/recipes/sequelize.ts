/**
 * Recipe: Sequelize 6.
 *
 * `Model.update` and `Model.destroy` take any condition and tell how many rows met it, in one statement. An `undefined` in `where`
 * is refused.
 *
 * The option `version` of a model (optimistic locking) is of no help here: only `save` and `destroy` of an instance look at it,
 * `Model.update` neither compares nor raises it, and it begins again at 0 when a note is deleted and made anew. So this version is
 * random, and every update draws one.
 */
import { randomUUID } from 'node:crypto';
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { DataTypes, type Model, type ModelStatic, type Sequelize, UniqueConstraintError } from 'sequelize';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly version: string;
}

type Where = Pick<Note, 'id'> | Pick<Note, 'id' | 'version'>;

export function noteModel(sequelize: Sequelize): ModelStatic<Model<Note>> {
  return sequelize.define<Model<Note>>(
    'note',
    {
      id: { type: DataTypes.TEXT, primaryKey: true },
      text: { type: DataTypes.TEXT, allowNull: false },
      version: { type: DataTypes.UUID, allowNull: false },
    },
    { timestamps: false },
  );
}

export function notes(model: ModelStatic<Model<Note>>): Router {
  const create = async (id: string, text: string): Promise<boolean> => {
    try {
      await model.create({ id, text, version: randomUUID() });
      return true;
    } catch (error) {
      if (error instanceof UniqueConstraintError) return false;
      throw error;
    }
  };
  const update = async (where: Where, text: string): Promise<boolean> => {
    const [count] = await model.update({ text, version: randomUUID() }, { where });
    return count === 1;
  };
  const remove = async (where: Where): Promise<boolean> => (await model.destroy({ where })) === 1;

  const byVersion = fromVersion(
    async (req: Request<{ id: string }>) => (await model.findByPk(req.params.id))?.get() ?? null,
    (note) => note.version,
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
