import type { Lock, LockLimits } from '../../lib/index.js';
import { Arrivals } from '../helpers/arrivals.js';

/** A lock that tells who asks for it, who has it, and when it is given back. */
export class WatchedLock implements Lock {
  /** The keys and the limits that were asked for. */
  readonly asked: Arrivals<{ readonly key: string; readonly limits: LockLimits }> = new Arrivals();
  /** One entry for each time that it was given back. */
  readonly givenBack: Arrivals<string> = new Arrivals();
  /** How often it was taken. */
  taken = 0;
  readonly #lock: Lock;

  constructor(lock: Lock) {
    this.#lock = lock;
  }

  /** How many hold it now, of all keys. */
  get holders(): number {
    return this.taken - this.givenBack.count;
  }

  async withLock<T>(key: string, whileLocked: () => T | PromiseLike<T>, limits: LockLimits = {}): Promise<T> {
    const watched = async (): Promise<T> => {
      this.taken += 1;
      try {
        return await whileLocked();
      } finally {
        this.givenBack.add(key);
      }
    };
    const result = this.#lock.withLock(key, watched, limits);
    this.asked.add({ key, limits });
    return result;
  }
}
