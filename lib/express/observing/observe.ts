import type { Mounted } from '../mounted.js';
import { announce, isHeard } from './announce.js';
import type { Decided } from './watcher.js';

/** Whether anybody looks at what this middleware does; in production, all that a request pays for it. */
export function isObserved({ watcher }: Mounted): boolean {
  return watcher !== undefined || isHeard();
}

/** Tells those who look what was decided, before it is carried out. */
export function observe({ watcher }: Mounted, decided: Decided): void {
  const { exchange, decision, status, providerDuration } = decided;
  announce(exchange, { decision, status, providerDuration, lostRace: false });
  watcher?.decided(decided);
}

/** Times the provider from now on. What is returned is called once, when it has answered or failed, and says how long it took. */
export function timeProvider({ watcher }: Mounted, { req }: Decided['exchange']): () => number {
  const end = watcher?.asked(req);
  const start = performance.now();
  return () => {
    end?.();
    return performance.now() - start;
  };
}
