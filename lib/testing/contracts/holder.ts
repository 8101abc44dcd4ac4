import { deepStrictEqual } from 'node:assert/strict';
import type { Lock } from '../../locks/types.js';

/** Holds a lock until it is told to let go. */
export class Holder {
  /** Resolves when the lock is held; rejects when it cannot be had. */
  readonly held: Promise<void>;
  /** Settles as `withLock` does. */
  readonly done: Promise<string>;
  isIn = false;
  #letGo: () => void = () => {};

  constructor(lock: Lock, key: string, name = 'holder', signal?: AbortSignal) {
    let onHeld!: () => void;
    const isHeld = new Promise<void>((resolve) => {
      onHeld = resolve;
    });
    const over = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    const whileLocked = async (): Promise<string> => {
      this.isIn = true;
      onHeld();
      await over;
      this.isIn = false;
      return name;
    };
    this.done = lock.withLock(key, whileLocked, { signal });
    this.held = Promise.race([isHeld, this.done.then(() => {})]);
    // Looked at later, or never.
    for (const promise of [this.done, this.held]) promise.catch(() => {});
  }

  letGo(): Promise<string> {
    this.#letGo();
    return this.done;
  }
}

/** They all hold what they want at the same time; then they let go. */
export async function expectHeldTogether(...holders: readonly Holder[]): Promise<void> {
  await Promise.all(holders.map(({ held }) => held));
  deepStrictEqual(
    holders.map(({ isIn }) => isIn),
    holders.map(() => true),
  );
  await Promise.all(holders.map((holder) => holder.letGo()));
}

/** One holds it, and the other gets it next. */
export async function expectHeldNext(holder: Holder, next: Holder): Promise<void> {
  deepStrictEqual([holder.isIn, next.isIn], [true, false], 'two hold one key at the same time');
  await holder.letGo();
  await expectHeldTogether(next);
}
