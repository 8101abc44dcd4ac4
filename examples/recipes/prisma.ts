/**
 * Recipe: Prisma.
 *
 *     model Note {
 *       id      String @id
 *       text    String
 *       version String
 *     }
 *
 * `update` takes unique fields and throws; `updateMany` and `deleteMany` take any condition and tell how many rows met it, in one
 * statement (since Prisma 4.4; before, the rows were selected first, which loses the race). The version is random, so that it
 * does not come back when a note is deleted and made anew.
 *
 * To Prisma an `undefined` in `where` is no condition at all: `{ id, version: undefined }` writes over everything. The types here
 * do not let it happen; where yours do, check, or turn on `strictUndefinedChecks`.
 */
import { randomUUID } from 'node:crypto';
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly version: string;
}

type Where = { readonly id: string } | { readonly id: string; readonly version: string };

/** What the recipe uses of the generated client: pass the `PrismaClient` itself. */
export interface NoteClient {
  readonly note: {
    findUnique(query: { where: { id: string } }): PromiseLike<Note | null>;
    create(query: { data: Note }): PromiseLike<unknown>;
    updateMany(query: { where: Where; data: Omit<Note, 'id'> }): PromiseLike<{ count: number }>;
    deleteMany(query: { where: Where }): PromiseLike<{ count: number }>;
  };
}

export function notes({ note }: NoteClient): Router {
  const create = async (data: Note): Promise<boolean> => {
    try {
      await note.create({ data });
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  };
  const update = async (where: Where, text: string): Promise<boolean> =>
    (await note.updateMany({ where, data: { text, version: randomUUID() } })).count === 1;
  const remove = async (where: Where): Promise<boolean> => (await note.deleteMany({ where })).count === 1;

  const byVersion = fromVersion(
    (req: Request<{ id: string }>) => note.findUnique({ where: { id: req.params.id } }),
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
      create: () => create({ id, text, version: randomUUID() }),
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

/** P2002: a unique constraint failed. The primary key is the only one here. */
function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'P2002';
}
