/** Lets so many in at a time, and the others in the order in which they came. */
export class Semaphore {
  readonly #size: number;
  #free: number;
  /** In the order of arrival; a Set, so that one who gives up leaves without a search. */
  readonly #waiting = new Set<() => void>();
  /** Goes through those who wait. A new one for each would pass all the places that have become empty, again and again. */
  #line: Iterator<() => void> = this.#waiting.values();

  constructor(size: number) {
    this.#size = size;
    this.#free = size;
  }

  /** Whether nobody is in, and so nobody waits. */
  get isIdle(): boolean {
    return this.#free === this.#size;
  }

  /** @throws the reason of the signal, when it is aborted before there is room */
  async enter(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#free > 0) {
      this.#free -= 1;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal?.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.#waiting.delete(enter);
        // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what the caller has chosen
        reject(signal?.reason);
      };
      this.#waiting.add(enter);
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Hands the place to whoever has waited longest. */
  leave(): void {
    const first = this.#line.next();
    if (first.done === true) {
      this.#line = this.#waiting.values();
      this.#free += 1;
      return;
    }
    this.#waiting.delete(first.value);
    first.value();
  }
}
