import type { Request } from 'express';
import type { Lock } from '../../locks/types.js';
import { isTimeLimit } from '../time-limit.js';
import type { LockOptions } from '../types.js';

/** The option `lock` with every default filled in. */
export type LockSettings = { readonly [Name in keyof Required<LockOptions>]: NonNullable<LockOptions[Name]> };

export const LOCK =
  'a lock such as memoryLock(), or { lock, key, wait, lease, contentLimit } with a function `key` and numbers from 1 on';

/** `undefined`: it is no such option. */
export function resolveLock(option: unknown): LockSettings | undefined {
  const given = (isLock(option) ? { lock: option } : (option ?? {})) as Record<string, unknown>;
  const { lock, key = pathOf, wait = 5000, lease = 30_000, contentLimit = 2 ** 20, ...others } = given;
  const isValid =
    isLock(lock) &&
    typeof key === 'function' &&
    [wait, lease, contentLimit].every(isTimeLimit) &&
    Object.keys(others).length === 0;
  return isValid ? ({ lock, key, wait, lease, contentLimit } as LockSettings) : undefined;
}

function isLock(value: unknown): value is Lock {
  return typeof (value as Partial<Lock> | null | undefined)?.withLock === 'function';
}

/**
 * The path, as those see it who route by it: Express takes `/Notes/1`, `/notes/1/` and `/notes/%31` for the same. Resources
 * that differ in case alone share a lock, which costs time and nothing else.
 */
function pathOf(req: Request): string {
  const path = decoded(`${req.baseUrl}${req.path}`).toLowerCase();
  // Looking behind, so that not each of many slashes is a beginning.
  return path.replace(/(?<!\/)\/+$/, '') || '/';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
