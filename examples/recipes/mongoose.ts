/**
 * Recipe: MongoDB through Mongoose, with `__v`.
 *
 * The version is `_id` and `__v` together: `__v` begins again at 0 when a note is deleted and made anew, but the new document has
 * another `_id`. Clients know the note by its `name`, whose unique index decides who creates it.
 *
 * Mongoose raises `__v` by itself for some changes of arrays only: `updateOne` needs the `$inc`, and `save`, if the rest of the
 * program uses it, `optimisticConcurrency`. A write that is rolled back after a failover leaves its number to another content. So write
 * with `w: 'majority'` (the default since MongoDB 5), and read from the primary with `readConcern: 'majority'` (not the default), which
 * shows no number that may yet be rolled back.
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { type Connection, type Model, Schema, type Types } from 'mongoose';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export interface Note {
  readonly name: string;
  readonly text: string;
}

interface StoredNote extends Note {
  readonly _id: Types.ObjectId;
  readonly __v: number;
}

/** `await model.init()` before the first request: without its unique index, a name can be created twice. */
export function noteModel(connection: Connection): Model<Note> {
  const schema = new Schema<Note>(
    { name: { type: String, required: true, unique: true }, text: { type: String, default: '' } },
    { optimisticConcurrency: true },
  );
  return connection.model<Note>('Note', schema);
}

export function notes(model: Model<Note>): Router {
  const create = async (note: Note): Promise<boolean> => {
    try {
      await model.create(note);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  const update = async (filter: Partial<StoredNote>, text: string): Promise<boolean> =>
    (await model.updateOne(filter, { $set: { text }, $inc: { __v: 1 } })).matchedCount === 1;
  const remove = async (filter: Partial<StoredNote>): Promise<boolean> =>
    (await model.deleteOne(filter)).deletedCount === 1;

  const byVersion = fromVersion(
    (req: Request<{ name: string }>) =>
      model.findOne({ name: req.params.name }).readConcern('majority').lean<StoredNote>(),
    (note) => [note._id.toHexString(), note.__v],
  );
  const current = preconditions(byVersion);
  const router = Router();

  router.get('/:name', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.json({ text: version.resource.text });
    else res.sendStatus(404);
  });

  router.put('/:name', current, json(), async (req, res) => {
    const { name } = req.params;
    const text = textOf(req.body);
    await putUnderGuard(req.precondition, res, {
      create: () => create({ name, text }),
      replace: () => update({ name }, text),
      replaceVersion: ({ resource: { _id, __v } }) => update({ _id, __v }, text),
    });
  });

  router.delete('/:name', current, async (req, res) => {
    const { name } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove({ name }),
      removeVersion: ({ resource: { _id, __v } }) => remove({ _id, __v }),
    });
  });

  return router;
}

/** 11000: a unique index has it already. `name` has the only one, beside that of `_id`, which is drawn. */
function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 11000;
}
