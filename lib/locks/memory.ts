import { makeSemaphore } from './semaphore.js';
import type { Semaphore } from './semaphore.js';
import type { Lock } from './types.js';

/**
 * A lock within this process: writers of other processes are not kept out. First come, first served. It has no timer, and
 * nothing is kept of a key that nobody holds.
 */
export function memoryLock(): Lock {
  const keys = new Map<string, Semaphore>();
  return {
    async withLock(key, whileLocked, { signal } = {}) {
      signal?.throwIfAborted();
      const turns = keys.get(key) ?? makeSemaphore(1);
      keys.set(key, turns);
      await turns.enter(signal);
      try {
        return await whileLocked();
      } finally {
        turns.leave();
        if (turns.isIdle()) keys.delete(key);
      }
    },
  };
}
