/** Waits that last as long as a test wants. */
import { afterEach, beforeEach, jest } from '@jest/globals';
import { Arrivals } from '../helpers/arrivals.js';

export interface Wait {
  readonly ms: number;
  /** The time is over. */
  readonly end: () => void;
}

export interface Waits {
  /** The next wait, as soon as it has begun. */
  readonly next: () => Promise<Wait>;
  /** How many have begun so far. */
  readonly count: number;
  /** How many have begun, and neither ended nor been given up. */
  readonly pending: number;
}

/** Takes `setTimeout` away from the code under test. HTTP goes on: it has timers of its own. */
export function useWaits(): Waits {
  let arrivals: Arrivals<Wait>;
  let pending: Set<unknown>;

  beforeEach(() => {
    arrivals = new Arrivals();
    pending = new Set();
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((callback: () => void, ms: number) => {
      const timer = {};
      pending.add(timer);
      const end = (): void => {
        if (pending.delete(timer)) callback();
      };
      arrivals.add({ ms, end });
      return timer;
    }) as unknown as typeof setTimeout);
    jest.spyOn(globalThis, 'clearTimeout').mockImplementation((timer) => void pending.delete(timer));
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });

  return {
    next: () => arrivals.next(),
    get count() {
      return arrivals.count;
    },
    get pending() {
      return pending.size;
    },
  };
}
