/**
 * Recipe: files on disk, for many processes on one local file system.
 *
 *     notes/lunch/1   notes/lunch/2   notes/lunch/3      the highest number is the current version
 *
 * POSIX can replace a file at once (rename) but not compare first. A lock file could hold others off, but it outlives a crash,
 * and who may break it then? So each version has a name of its own, and `link` gives it: if the name is taken, it fails.
 *
 * The content is written to a temporary file, and flushed, before it gets its name: a crash leaves the old version or the new
 * one, never half of one (a power cut may take back the last name; where that matters, sync the folder after the link, too). An
 * empty folder instead of a file says that the note was deleted; it stays, and the numbers go on after it, so none comes back.
 */
import { randomUUID } from 'node:crypto';
import { link, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Request, Router } from 'express';
import { preconditions, strong } from 'http-preconditions';
import { bytesOf, octets } from './content.js';
import { deleteUnderGuard, putUnderGuard, type Written } from './under-guard.js';

/** These names only: they lead nowhere else, and mean the same file whether or not the file system knows lower case. */
const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;

export function notes(root: string): Router {
  const current = preconditions((req: Request<{ name: string }>) => load(join(root, req.params.name)));
  const router = Router();

  router.param('name', (_req, res, next, name: string) => {
    if (NAME.test(name)) next();
    else res.sendStatus(404);
  });

  router.get('/:name', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.type('json').send(version.content);
    else res.sendStatus(404);
  });

  router.put('/:name', current, octets, async (req, res) => {
    const folder = join(root, req.params.name);
    const content = bytesOf(req.body);
    // The bytes are kept as they came, so each write may return the new version for the answer to carry.
    await putUnderGuard(req.precondition, res, {
      create: async () => {
        const latest = await latestIn(folder);
        return !latest.exists && publish(folder, latest.number + 1, content);
      },
      replace: () => onTheLatest(folder, (number) => publish(folder, number, content)),
      replaceVersion: ({ number }) => publish(folder, number + 1, content),
    });
  });

  router.delete('/:name', current, async (req, res) => {
    const folder = join(root, req.params.name);
    await deleteUnderGuard(req.precondition, res, {
      remove: async () => (await onTheLatest(folder, (number) => bury(folder, number))) !== false,
      removeVersion: ({ number }) => bury(folder, number + 1),
    });
  });

  return router;
}

/** Content and number of the current version; `null` when there is none. */
async function load(folder: string) {
  for (;;) {
    const { number, exists } = await latestIn(folder);
    if (!exists) return null;
    const content = await unless('ENOENT', readFile(join(folder, String(number))));
    if (content !== false) return { etag: strong(number), number, content };
    // Meanwhile it was replaced and pruned: once more.
  }
}

interface Latest {
  /** The highest number ever given; 0 when there is none. */
  readonly number: number;
  /** Whether there is content under it. */
  readonly exists: boolean;
}

async function latestIn(folder: string): Promise<Latest> {
  const entries = (await unless('ENOENT', readdir(folder, { withFileTypes: true }))) || [];
  let latest: Latest = { number: 0, exists: false };
  for (const entry of entries.filter(({ name }) => /^\d+$/.test(name))) {
    const number = Number(entry.name);
    if (number > latest.number) latest = { number, exists: entry.isFile() };
  }
  return latest;
}

/** Stores the content as this version. False: the number is taken, somebody else was faster. */
async function publish(folder: string, number: number, content: Buffer): Promise<Written> {
  await mkdir(folder, { recursive: true });
  const temporary = join(folder, `${randomUUID()}.tmp`);
  try {
    await writeFile(temporary, content, { flag: 'wx', flush: true });
    const linked = await unless('EEXIST', link(temporary, join(folder, String(number))));
    return linked !== false && { etag: strong(number) };
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Ends the note with this number. A folder fails as a link does when the number is taken. */
async function bury(folder: string, number: number): Promise<boolean> {
  return (await unless('EEXIST', mkdir(join(folder, String(number))))) !== false;
}

/** Writes on top of whatever is there: again if somebody else was faster, and not at all when there is nothing. */
async function onTheLatest(folder: string, write: (number: number) => Promise<Written>): Promise<Written> {
  for (;;) {
    const { number, exists } = await latestIn(folder);
    if (!exists) return false;
    const written = await write(number + 1);
    if (written !== false) return written;
  }
}

/**
 * Removes outdated versions of a note, and what a crash has left, for a job to call now and then. A number must stay taken as long
 * as a request may be under way that has seen the one before it: let `age` be longer than any request lasts, such as an hour.
 */
export async function prune(folder: string, age: number): Promise<void> {
  const { number } = await latestIn(folder);
  for (const name of await readdir(folder)) {
    if (name === String(number)) continue;
    const path = join(folder, name);
    const stats = await unless('ENOENT', stat(path));
    if (stats && stats.mtimeMs < Date.now() - age) await rm(path, { recursive: true, force: true });
  }
}

/** What the promise gives, or false when it fails with this code. */
async function unless<T>(code: 'EEXIST' | 'ENOENT', promise: Promise<T>): Promise<T | false> {
  try {
    return await promise;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return false;
    throw error;
  }
}
