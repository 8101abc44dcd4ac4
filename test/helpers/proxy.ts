/** Programs that stand in front of a server while a test runs: what a proxy makes of the fields that pass through it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, describe, jest } from '@jest/globals';
import { eventually } from './arrivals.js';

export const PID_FILE = 'proxy.pid';

/** What has to be known of a program to run it. */
export interface ProxyProgram<O> {
  readonly name: string;
  /** The variable of the environment that names another binary, or `none`. */
  readonly variable: string;
  /** Where systems keep the binary. */
  readonly candidates: readonly string[];
  /** The name of its configuration, in a folder of its own. */
  readonly file: string;
  readonly configuration: (options: O, ports: Ports) => string;
  /** The arguments that make it read that file in that folder, stay in the foreground and write PID_FILE once the port is its own. */
  readonly arguments: (folder: string, ports: Ports) => readonly string[];
}

export interface Ports {
  readonly own: number;
  /** That of the server behind it. */
  readonly upstream: number;
}

export interface TestProxy<O> {
  /** Starts one in front of the server on that port, until the end of the test. Gives the port of its own. */
  inFrontOf(upstream: number, options: O): Promise<number>;
}

/** Varnish calls a compiler when it starts, and what caches keep has to expire, on a machine that may have much to do. */
const PATIENCE_MS = { start: 20_000, test: 60_000 };

/** A group of tests with such a program, skipped by name where there is none. */
export function describeBehind<O>(
  program: ProxyProgram<O>,
  name: string,
  define: (proxy: TestProxy<O>) => void,
): void {
  jest.setTimeout(PATIENCE_MS.test); // for all tests of the file
  const binary = installed(program);
  if (binary === undefined) {
    const missing = `no ${program.name} here: install it, or let ${program.variable} name it`;
    // oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
    describe.skip(`${name} (${missing})`, () => {
      define({ inFrontOf: () => Promise.reject(new Error(`There is ${missing}.`)) });
    });
    return;
  }
  describe(name, () => {
    const running: RunningProxy[] = [];
    afterEach(() => Promise.all(running.splice(0).map((proxy) => proxy.stop())));
    define({
      async inFrontOf(upstream, options) {
        const ports = { own: await freePort(), upstream };
        const folder = await mkdtemp(join(tmpdir(), `http-preconditions-${program.name}-`));
        await writeFile(join(folder, program.file), program.configuration(options, ports));
        const proxy = new RunningProxy(binary, folder, program.arguments(folder, ports));
        running.push(proxy);
        await proxy.listens(ports.own);
        return ports.own;
      },
    });
  });
}

function installed({ variable, candidates }: ProxyProgram<never>): string | undefined {
  const given = process.env[variable];
  if (given === 'none') return undefined;
  return given || candidates.find((path) => existsSync(path));
}

class RunningProxy {
  readonly #binary: string;
  readonly #folder: string;
  readonly #kill: () => void;
  /** Resolves when the process has ended, with what it has complained of. */
  readonly #ended: Promise<string>;

  constructor(binary: string, folder: string, args: readonly string[]) {
    this.#binary = binary;
    this.#folder = folder;
    const child = spawn(binary, args, {
      env: { PATH: process.env['PATH'] }, // nginx takes NGINX for a list of sockets that it inherits
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#kill = () => child.kill();
    const complaints = text(child.stderr);
    this.#ended = once(child, 'close').then(
      () => complaints,
      (error: Error) => error.message,
    );
  }

  async listens(port: number): Promise<void> {
    const failed = this.#ended.then((complaints) => {
      throw new Error(`${this.#binary} does not start: ${complaints}`);
    });
    // Its own sign comes first: whoever else is there would accept a connection, too.
    const ready = async (): Promise<boolean> =>
      existsSync(join(this.#folder, PID_FILE)) && (await accepts(port));
    await Promise.race([failed, eventually(ready, PATIENCE_MS.start)]);
  }

  async stop(): Promise<void> {
    this.#kill();
    await this.#ended;
    await rm(this.#folder, { recursive: true });
  }
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect({ port, host: '127.0.0.1' });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/**
 * Ports for this process of Jest alone, below those that the system gives away (32768 to 60999 on Linux), so that nobody takes
 * one between the look and the start of the program.
 */
const PORTS = 750;
const FIRST_PORT = 20_000 + PORTS * (Number(process.env['JEST_WORKER_ID'] ?? 0) % 16);

async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + Math.floor(Math.random() * PORTS);
    const probe = createServer().listen(port, '127.0.0.1');
    try {
      await once(probe, 'listening');
    } catch {
      continue; // taken
    }
    probe.close();
    await once(probe, 'close');
    return port;
  }
}
