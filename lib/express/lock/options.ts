import type { Request } from 'express';
import type { Lock } from '../../locks/types.js';
import { isTimeLimit } from '../time-limit.js';
import type { LockOptions } from '../types.js';

/** The option `lock` with every default filled in. */
export type LockSettings = { readonly [Name in keyof Required<LockOptions>]: NonNullable<LockOptions[Name]> };

export const LOCK =
  'a lock such as memoryLock(), or { lock, key, wait, lease, contentLimit } with a function `key` and numbers from 1 on';

const LIMITS = { wait: 5000, lease: 30_000, contentLimit: 2 ** 20 };

export function isLockOption(value: unknown): value is Lock | LockOptions {
  if (isLock(value)) return true;
  if (typeof value !== 'object' || value === null) return false;
  const { lock, key, ...limits } = value as Record<string, unknown>;
  return (
    isLock(lock) &&
    (key === undefined || typeof key === 'function') &&
    Object.entries(limits).every(
      ([name, limit]) => Object.hasOwn(LIMITS, name) && (limit === undefined || isTimeLimit(limit)),
    )
  );
}

function isLock(value: unknown): value is Lock {
  return typeof (value as Partial<Lock> | null | undefined)?.withLock === 'function';
}

export function resolveLock(option: Lock | LockOptions): LockSettings {
  const { lock, key = pathOf, ...limits } = isLock(option) ? { lock: option } : option;
  const given = Object.entries(limits).filter(([, limit]) => limit !== undefined);
  return { lock, key, ...LIMITS, ...Object.fromEntries(given) };
}

/**
 * The path, as those see it who route by it: Express takes `/Notes/1`, `/notes/1/` and `/notes/%31` for the same. Resources
 * that differ in case alone share a lock, which costs time and nothing else.
 */
function pathOf(req: Request): string {
  const path = `${req.baseUrl}${req.path}`;
  return withoutSlashesAtEnd(decoded(path).toLowerCase()) || '/';
}

/** Not by `/\/+$/`, which would begin anew at each of many slashes that are followed by something else. */
function withoutSlashesAtEnd(path: string): string {
  let end = path.length;
  while (path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
