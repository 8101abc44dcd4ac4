/** A lock that is right, but for one planted fault. */
import type { Lock, LockLimits } from '../../../lib/index.js';

export type LockFault =
  | 'lets everybody in'
  | 'keeps the result to itself'
  | 'swallows errors'
  | 'is not given back after a failure'
  | 'lets the last in first'
  | 'knows one key only'
  | 'keeps its keys in a plain object'
  | 'looks at no signal before it waits'
  | 'looks at no signal while it waits'
  | 'rejects with an error of its own'
  | 'forgets everybody when one gives up'
  | 'ends what is held when the signal is aborted'
  | 'is free for a moment when it is handed over';

interface Waiter {
  enter(): void;
}

export class FaultyLock implements Lock {
  readonly #fault: LockFault | undefined;
  readonly #held = new Set<string>();
  readonly #queues = new Map<string, Waiter[]>();

  constructor(fault?: LockFault) {
    this.#fault = fault;
  }

  async withLock<T>(
    given: string,
    whileLocked: () => T | PromiseLike<T>,
    limits: LockLimits = {},
  ): Promise<T> {
    const { signal } = limits;
    const key = this.#keyOf(given);
    if (this.#fault !== 'looks at no signal before it waits') signal?.throwIfAborted();
    await this.#acquire(key, signal);
    let isFree = true;
    try {
      const result = await this.#run(whileLocked, signal);
      return this.#fault === 'keeps the result to itself' ? (undefined as T) : result;
    } catch (error) {
      isFree = this.#fault !== 'is not given back after a failure';
      if (this.#fault === 'swallows errors') return undefined as T;
      throw error;
    } finally {
      if (isFree) this.#release(key);
    }
  }

  #keyOf(key: string): string {
    if (this.#fault === 'keeps its keys in a plain object' && key in {}) throw new TypeError(key);
    return this.#fault === 'knows one key only' ? '' : key;
  }

  #run<T>(whileLocked: () => T | PromiseLike<T>, signal: AbortSignal | undefined): Promise<T> {
    const running = Promise.resolve().then(whileLocked);
    if (this.#fault !== 'ends what is held when the signal is aborted') return running;
    return Promise.race([running, aborted(signal)]);
  }

  async #acquire(key: string, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#held.has(key) || this.#fault === 'lets everybody in') {
      this.#held.add(key);
      return;
    }
    const queue = this.#queues.get(key) ?? [];
    this.#queues.set(key, queue);
    await new Promise<void>((resolve, reject) => {
      const waiter = { enter: resolve };
      if (this.#fault === 'lets the last in first') queue.unshift(waiter);
      else queue.push(waiter);
      if (this.#fault !== 'looks at no signal while it waits')
        signal?.addEventListener('abort', () => this.#giveUp(queue, waiter, signal, reject));
    });
  }

  #giveUp(queue: Waiter[], waiter: Waiter, { reason }: AbortSignal, reject: (reason: unknown) => void): void {
    const place = queue.indexOf(waiter);
    if (place === -1) return;
    queue.splice(place, this.#fault === 'forgets everybody when one gives up' ? queue.length : 1);
    reject(this.#fault === 'rejects with an error of its own' ? new Error('aborted') : reason);
  }

  #release(key: string): void {
    const next = this.#queues.get(key)?.shift();
    if (next === undefined) this.#held.delete(key);
    else if (this.#fault === 'is free for a moment when it is handed over') {
      this.#held.delete(key);
      setImmediate(() => next.enter());
    } else next.enter();
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
