/**
 * Recipe: a Map in memory, for one process.
 *
 * The stored object is the version: it is replaced as a whole and never changed, so `===` is the comparison. Compare and write in
 * one go, without an `await` in between. Tags are random, because a counter would begin again at the next start, while clients
 * still hold the tags of the last one.
 */
import { randomUUID } from 'node:crypto';
import { type Request, Router } from 'express';
import { preconditions, type StrongEntityTag, strong } from 'http-preconditions';
import { bytesOf, octets } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

export interface Note {
  readonly etag: StrongEntityTag;
  readonly content: Buffer;
}

export function notes(store: Map<string, Note>): Router {
  const current = preconditions((req: Request<{ id: string }>) => store.get(req.params.id) ?? null);
  const router = Router();

  router.get('/:id', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.type('json').send(version.content);
    else res.sendStatus(404);
  });

  router.put('/:id', current, octets, async (req, res) => {
    const { id } = req.params;
    // The bytes are kept as they came, so each write may return the new version for the answer to carry.
    const note = { etag: strong(randomUUID()), content: bytesOf(req.body) };
    const set = (): Note => {
      store.set(id, note);
      return note;
    };
    await putUnderGuard(req.precondition, res, {
      create: () => !store.has(id) && set(),
      replace: () => store.has(id) && set(),
      replaceVersion: (version) => store.get(id) === version && set(),
    });
  });

  router.delete('/:id', current, async (req, res) => {
    const { id } = req.params;
    await deleteUnderGuard(req.precondition, res, {
      remove: () => store.delete(id),
      removeVersion: (version) => store.get(id) === version && store.delete(id),
    });
  });

  return router;
}
