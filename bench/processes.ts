import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Contestant } from './contestants.js';
import type { Task } from './contestant-process.js';

/** A contestant in its process. It is asked one thing at a time. */
export class Runner {
  readonly #child: ChildProcess;
  #onAnswer: (answer: number) => void = () => {};
  #onEnd: (error: Error) => void = () => {};

  constructor(contestant: Contestant) {
    this.#child = fork(fileURLToPath(new URL('contestant-process.ts', import.meta.url)), [contestant], {
      // A young generation that need not be collected while memory is counted. The package is that which was built.
      execArgv: ['--expose-gc', '--max-semi-space-size=128', '--import', 'tsx'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#child.on('message', (answer) => this.#onAnswer(answer as number));
    this.#child.on('exit', () => this.#onEnd(new Error(`The process of ${contestant} has ended.`)));
  }

  ask(task: Task): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#onAnswer = resolve;
      this.#onEnd = reject;
      this.#child.send(task);
    });
  }

  stop(): void {
    this.#child.kill();
  }
}

/** Lends a process to each contestant. */
export async function withRunners<Result>(
  contestants: readonly Contestant[],
  use: (runners: ReadonlyMap<Contestant, Runner>) => Promise<Result>,
): Promise<Result> {
  const runners = new Map(contestants.map((contestant) => [contestant, new Runner(contestant)]));
  try {
    return await use(runners);
  } finally {
    for (const runner of runners.values()) runner.stop();
  }
}
