import type { Scheduler } from './explorer.js';

/** What one write did to the counter. */
export interface Write {
  readonly by: string;
  readonly over: number;
  readonly value: number;
}

/** A counter in a store that does one thing at a time, and each of them when the scheduler lets it. */
export class CounterStore {
  value = 1;
  readonly writes: Write[] = [];
  /** What each task has seen, as far as it looked. */
  readonly seen: Record<string, number[]> = {};
  readonly #scheduler: Scheduler;

  constructor(scheduler: Scheduler) {
    this.#scheduler = scheduler;
  }

  read(task: string, reader: string = task): Promise<number> {
    return this.#scheduler.step({
      task,
      act: () => this.#look(task),
      line: (value) => `${reader} reads ${value}`,
    });
  }

  /** `UPDATE … SET value = …` */
  write(task: string, value: number): Promise<void> {
    return this.#scheduler.step({
      task,
      act: () => this.#set(task, value),
      line: () => `${task} writes ${value}`,
    });
  }

  /** `UPDATE … SET value = … WHERE value = …`; whether it has found the row. */
  compareAndSet(task: string, expected: number, value: number): Promise<boolean> {
    return this.#scheduler.step({
      task,
      act: () => {
        const isExpected = this.#look(task) === expected;
        if (isExpected) this.#set(task, value);
        return isExpected;
      },
      line: (isSet) => `${task} ${isSet ? `writes ${value}` : `finds ${this.value} in place of ${expected}`}`,
    });
  }

  /** `UPDATE … SET value = value + …` */
  add(task: string, amount: number): Promise<void> {
    return this.#scheduler.step({
      task,
      act: () => this.#set(task, this.value + amount),
      line: () => `${task} writes ${this.value}`,
    });
  }

  #look(by: string): number {
    (this.seen[by] ??= []).push(this.value);
    return this.value;
  }

  #set(by: string, value: number): void {
    this.writes.push({ by, over: this.value, value });
    this.value = value;
  }
}
