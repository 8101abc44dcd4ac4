import { targetOf, TargetError } from '../testing/probe.js';
import type { Target } from '../testing/index.js';
import type { CheckOptions } from './options.js';
import type { Found } from './report.js';
import { UsageError } from './usage-error.js';
import { loadWrites } from './writes/load.js';
import { rehearse } from './writes/rehearse.js';

/**
 * The API as the options name it, and as it has shown itself. What can be wrong is found out here, not by every case again.
 *
 * @throws {UsageError} when it cannot be checked
 */
export async function findTarget(options: CheckOptions, clean: (text: string) => string): Promise<Target> {
  const { url, fields, timeout, absent, features, write, list } = options;
  const writes = write === undefined ? undefined : await loadWrites(write, url);
  try {
    const found = await targetOf(url, {
      headers: fields,
      ...(timeout === undefined ? {} : { timeout }),
      ...(absent === undefined ? {} : { absentPath: absent }),
    });
    if (writes !== undefined && !list) await rehearse({ ...found, writes });
    return { ...found, ...(features && { features }), ...(writes && { writes }) };
  } catch (error) {
    if (error instanceof TargetError) throw new UsageError(clean(error.message));
    throw error;
  }
}

export function foundIn({ etag, lastModified, ranges, absentPath, headers, writes }: Target): Found {
  return {
    etag,
    lastModified: lastModified === true,
    ranges: ranges === true,
    absentPath,
    fields: Object.keys(headers ?? {}),
    writes: writes?.methods,
  };
}
