import type { Stats } from 'node:fs';
import type { Request } from 'express';
import { isThenable } from '../settle.js';
import { libraryTag } from './library-tag.js';
import { provideFrom } from './provide-from.js';
import type { Load, ResourceProvider } from './provide-from.js';
import type { SKIP } from './types.js';

/** What a loader of file status may return. */
export type LoadedStats = Stats | null | typeof SKIP;

/**
 * Versions by the status of a file: Last-Modified from its modification time, and the weak tag of size and time that
 * `express.static` and `res.sendFile` send for it as well. A file that is not there (ENOENT, ENOTDIR,
 * ENAMETOOLONG) has no current representation; any other failure is an error.
 *
 *     preconditions(fromStat((req) => stat(join(root, basename(req.params.name)))))
 */
export function fromStat<L extends LoadedStats, P = Record<string, string>>(
  load: Load<L, P>,
): ResourceProvider<L | null, P> {
  return provideFrom(absentWhenMissing(load), (stats) => ({
    etag: libraryTag(stats),
    lastModified: stats.mtime,
    lastModifiedIsWeak: true,
  }));
}

function absentWhenMissing<L, P>(load: Load<L, P>): Load<L | null, P> {
  return (req: Request<P>) => {
    try {
      const stats = load(req);
      return isThenable(stats) ? stats.then(undefined, nullWhenMissing) : stats;
    } catch (error) {
      return nullWhenMissing(error);
    }
  };
}

const MISSING: ReadonlySet<unknown> = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG']);

function nullWhenMissing(error: unknown): null {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  if (MISSING.has(code)) return null;
  throw error;
}
