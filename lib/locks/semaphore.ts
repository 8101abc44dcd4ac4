/** Lets so many in at a time, and the others in the order in which they came. */
export interface Semaphore {
  /** Whether nobody is in, and so nobody waits. */
  isIdle(): boolean;
  /** @throws the reason of the signal, when it is aborted before there is room */
  enter(signal?: AbortSignal): Promise<void>;
  /** Hands the place to whoever has waited longest. */
  leave(): void;
}

export function makeSemaphore(size: number): Semaphore {
  let free = size;
  /** In the order of arrival; a Set, so that one who gives up leaves without a search. */
  const waiting = new Set<() => void>();
  /** Goes through those who wait. A new one for each would pass all the places that have become empty, again and again. */
  let line = waiting.values();
  return {
    isIdle: () => free === size,
    async enter(signal) {
      signal?.throwIfAborted();
      if (free > 0) {
        free -= 1;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const enter = (): void => {
          signal?.removeEventListener('abort', giveUp);
          resolve();
        };
        const giveUp = (): void => {
          waiting.delete(enter);
          // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what the caller has chosen
          reject(signal?.reason);
        };
        waiting.add(enter);
        signal?.addEventListener('abort', giveUp, { once: true });
      });
    },
    leave() {
      const first = line.next();
      if (first.done === true) {
        line = waiting.values();
        free += 1;
        return;
      }
      waiting.delete(first.value);
      first.value();
    },
  };
}
