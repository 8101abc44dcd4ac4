/**
 * Runs an example as a process of its own. `node --import tsx` is what the command `tsx` runs; without that command in
 * between, which kills a process that does not answer a signal within 30 ms, the exit code is the example's own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');

export interface RunningExample {
  /** Everything printed so far. */
  output(): string;
  /** Waits until the output matches, and gives the first group. */
  printed(pattern: RegExp): Promise<string>;
  /** Sends the signal (none: just waits) and gives the exit code. */
  exit(signal?: NodeJS.Signals): Promise<number | null>;
}

export function runExample(file: string, environment: Record<string, string>): RunningExample {
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Not 'exit', after which output may still come.
  const exited = once(child, 'close') as Promise<[number | null]>;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return {
    output: () => output,
    printed: (pattern) => printed(child, () => output, pattern),
    async exit(signal) {
      if (signal !== undefined && child.exitCode === null) child.kill(signal);
      const [code] = await exited;
      return code;
    },
  };
}

async function printed(child: ChildProcess, output: () => string, pattern: RegExp): Promise<string> {
  for (;;) {
    const found = pattern.exec(output());
    if (found !== null) return found[1] ?? found[0];
    if (child.exitCode !== null)
      throw new Error(`Exited with ${child.exitCode} before it printed ${pattern}: ${output()}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}
