/**
 * Recipe: Redis, with compare-and-set in scripts.
 *
 * Redis runs a script as one step, and nothing comes between its lines. WATCH and MULTI can do the same, but need a connection for
 * each request. The version is random and stands beside the text in a hash, so it does not come back when a note is deleted and
 * made anew, or when a failover has lost the latest writes.
 */
import { randomUUID } from 'node:crypto';
import { json, type Request, Router } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';
import { textOf } from './content.js';
import { deleteUnderGuard, putUnderGuard } from './under-guard.js';

/** What the recipe uses of the client: pass what `createClient()` returns. */
export interface RedisClient {
  hGetAll(key: string): PromiseLike<Readonly<Record<string, string>>>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): PromiseLike<unknown>;
}

/** KEYS[1] is the note; ARGV[1] its text, ARGV[2] the new version, ARGV[3] the version that it has to have. */
const SET = `redis.call('HSET', KEYS[1], 'text', ARGV[1], 'version', ARGV[2]) return 1`;
const CREATE = `if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end ${SET}`;
const REPLACE = `if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end ${SET}`;
const REPLACE_VERSION = `if redis.call('HGET', KEYS[1], 'version') ~= ARGV[3] then return 0 end ${SET}`;
const REMOVE = `return redis.call('DEL', KEYS[1])`;
const REMOVE_VERSION = `if redis.call('HGET', KEYS[1], 'version') ~= ARGV[1] then return 0 end ${REMOVE}`;

interface Note {
  readonly text: string;
  readonly version: string;
}

const keyOf = (id: string): string => `note:${id}`;

export function notes(client: RedisClient): Router {
  const find = async (id: string): Promise<Note | null> => {
    const { text, version } = await client.hGetAll(keyOf(id));
    return text === undefined || version === undefined ? null : { text, version };
  };
  const writes = async (script: string, id: string, ...values: readonly string[]): Promise<boolean> =>
    (await client.eval(script, { keys: [keyOf(id)], arguments: [...values] })) === 1;

  const byVersion = fromVersion(
    (req: Request<{ id: string }>) => find(req.params.id),
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
    const note = [textOf(req.body), randomUUID()];
    await putUnderGuard(req.precondition, res, {
      create: () => writes(CREATE, id, ...note),
      replace: () => writes(REPLACE, id, ...note),
      replaceVersion: ({ resource }) => writes(REPLACE_VERSION, id, ...note, resource.version),
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
