/** What comes sooner or later, in the order in which it comes. */
export class Arrivals<T> {
  readonly #here: T[] = [];
  readonly #takers: ((item: T) => void)[] = [];
  #count = 0;

  /** How many have come so far, taken or not. */
  get count(): number {
    return this.#count;
  }

  add(item: T): void {
    this.#count += 1;
    const taker = this.#takers.shift();
    if (taker === undefined) this.#here.push(item);
    else taker(item);
  }

  /** The next one, as soon as it is there. */
  next(): Promise<T> {
    const item = this.#here.shift();
    if (item !== undefined) return Promise.resolve(item);
    return new Promise((resolve) => {
      this.#takers.push(resolve);
    });
  }
}

/** Until everything has happened that follows from what has happened already. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
}

/** Until a condition holds of which nobody tells, such as the state of a database. */
export async function eventually(
  holds: () => boolean | Promise<boolean>,
  patienceMs: number = 3000,
): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`This has not come true: ${holds.toString()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** Nobody goes on before that many have come; who comes later goes on at once. */
export function everybodyIsHere(count: number): () => Promise<void> {
  let arrived = 0;
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    arrived += 1;
    if (arrived === count) open();
    return opened;
  };
}
