/** Several server processes, of which one is killed now and then and replaced. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const FILE = join(__dirname, 'counter-process.ts');

export class Processes {
  readonly #environment: Record<string, string>;
  readonly #running = new Map<ChildProcess, number>();
  kills = 0;

  constructor(environment: Record<string, string>) {
    this.#environment = environment;
  }

  /** The ports of those that listen. */
  get ports(): readonly number[] {
    return [...this.#running.values()];
  }

  async start(count: number): Promise<void> {
    await Promise.all(Array.from({ length: count }, () => this.#startOne()));
  }

  /** Ends one of them as a power cut would, and starts another. */
  async killOne(random: () => number): Promise<void> {
    const children = [...this.#running.keys()];
    const victim = children[Math.floor(random() * children.length)];
    if (victim === undefined) return;
    this.#running.delete(victim);
    victim.kill('SIGKILL');
    this.kills += 1;
    await this.#startOne();
  }

  async stop(): Promise<void> {
    const children = [...this.#running.keys()];
    this.#running.clear();
    await Promise.all(
      children.map((child) => {
        child.kill('SIGKILL');
        return once(child, 'exit');
      }),
    );
  }

  async #startOne(): Promise<void> {
    const child = fork(FILE, {
      execArgv: ['--import', 'tsx'],
      env: { ...process.env, ...this.#environment },
    });
    const [port] = (await once(child, 'message')) as [number];
    this.#running.set(child, port);
  }
}
