/**
 * Recipe: MongoDB through its own driver.
 *
 * `_id` is the name of the note, so its index, which every collection has, decides who creates it. The version is another ObjectId
 * with every write, so none comes back when a note is deleted and made anew.
 *
 * Read from the primary, and write with `w: 'majority'` (the default since MongoDB 5), so that no write which was announced is rolled
 * back after a failover. Where one is, its version is lost with it, and no other content gets it. To the driver an `undefined` in a filter means null with `ignoreUndefined: false`, the default, and no
 * condition at all with `true`: then `{ _id, version: undefined }` writes over everything.
 */
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { type Collection, MongoServerError, ObjectId } from 'mongodb';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export interface Note {
  readonly _id: string;
  readonly text: string;
  readonly version: ObjectId;
}

type Filter = Pick<Note, '_id'> | Pick<Note, '_id' | 'version'>;

export function notes(collection: Collection<Note>): Router {
  const create = async (_id: string, text: string): Promise<boolean> => {
    try {
      await collection.insertOne({ _id, text, version: new ObjectId() });
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === 11000) return false; // it exists
      throw error;
    }
  };
  const update = async (filter: Filter, text: string): Promise<boolean> =>
    (await collection.updateOne(filter, { $set: { text, version: new ObjectId() } })).matchedCount === 1;
  const remove = async (filter: Filter): Promise<boolean> =>
    (await collection.deleteOne(filter)).deletedCount === 1;

  const byVersion = fromVersion(
    (req: Request<{ id: string }>) => collection.findOne({ _id: req.params.id }),
    (note) => note.version.toHexString(),
  );
  const current = preconditions(byVersion);
  const router = Router();

  router.get('/:id', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.json({ text: version.resource.text });
    else res.sendStatus(404);
  });

  router.put('/:id', current, json(), async (req, res) => {
    const { id: _id } = req.params;
    const text = textOf(req.body);
    await putUnderGuard(req.precondition, res, {
      create: () => create(_id, text),
      replace: () => update({ _id }, text),
      replaceVersion: ({ resource: { version } }) => update({ _id, version }, text),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id: _id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => remove({ _id }),
      removeVersion: ({ resource: { version } }) => remove({ _id, version }),
    });
  });

  return router;
}
