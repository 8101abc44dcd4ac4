import { Semaphore } from './semaphore.js';
import type { Lock, LockLimits } from './types.js';

/**
 * A lock within this process: writers of other processes are not kept out. First come, first served. It has no timer, and
 * nothing is kept of a key that nobody holds.
 */
export function memoryLock(): Lock {
  return new MemoryLock();
}

class MemoryLock implements Lock {
  readonly #keys = new Map<string, Semaphore>();

  async withLock<T>(
    key: string,
    whileLocked: () => T | PromiseLike<T>,
    { signal }: LockLimits = {},
  ): Promise<T> {
    signal?.throwIfAborted();
    const turns = this.#turnsOf(key);
    await turns.enter(signal);
    try {
      return await whileLocked();
    } finally {
      turns.leave();
      if (turns.isIdle) this.#keys.delete(key);
    }
  }

  #turnsOf(key: string): Semaphore {
    const known = this.#keys.get(key);
    if (known !== undefined) return known;
    const turns = new Semaphore(1);
    this.#keys.set(key, turns);
    return turns;
  }
}
