/** Tests on a real Redis server, which is started for them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { createClient } from 'redis';
import { eventually } from './arrivals.js';

/** What the tests use of a client. */
interface Client {
  hGetAll(key: string): Promise<Record<string, string>>;
  keys(pattern: string): Promise<string[]>;
  del(key: string): Promise<number>;
  exists(key: string): Promise<number>;
  eval(script: string, options: { keys: string[]; arguments: string[] }): Promise<unknown>;
  close(): Promise<void>;
}

export interface TestRedis {
  /** A connection to an empty server, from `beforeAll` on; closed after all tests. */
  connect(): Promise<Client>;
}

const CANDIDATES = ['/usr/bin/redis-server', '/usr/local/bin/redis-server', '/opt/homebrew/bin/redis-server'];

/** A group of tests with an empty server of its own. Skipped where there is none; REDIS_SERVER names another binary, or `none`. */
export function describeOnRedis(name: string, define: (redis: TestRedis) => void): void {
  const binary = installed();
  if (binary === undefined) {
    // oxlint-disable-next-line jest/no-disabled-tests, jest/expect-expect -- the closing lines of the run name what was skipped
    test.skip(`${name}: all tests (no Redis here: install it, or let REDIS_SERVER name it)`, () => {});
    return;
  }
  describe(name, () => {
    const redis = new RunningRedis(binary);
    beforeAll(() => redis.start());
    afterAll(() => redis.stop());
    define(redis);
  });
}

function installed(): string | undefined {
  const given = process.env['REDIS_SERVER'];
  if (given === 'none') return undefined;
  return given || CANDIDATES.find((path) => existsSync(path));
}

/** Listens on a socket in a folder of its own and on no port, and keeps nothing. */
class RunningRedis implements TestRedis {
  readonly #binary: string;
  readonly #clients: Client[] = [];
  #folder = '';
  #server: ChildProcess | undefined;

  constructor(binary: string) {
    this.#binary = binary;
  }

  async start(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'http-preconditions-redis-'));
    const settings = { port: '0', unixsocket: this.#socket, dir: this.#folder, save: '', appendonly: 'no' };
    const args = Object.entries(settings).flatMap(([option, value]) => [`--${option}`, value]);
    this.#server = spawn(this.#binary, args, { stdio: 'ignore' });
    await eventually(() => existsSync(this.#socket), 10_000);
  }

  async connect(): Promise<Client> {
    const client = createClient({ socket: { path: this.#socket, tls: false } });
    this.#clients.push(client);
    await client.connect();
    return client;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    this.#server?.kill();
    if (this.#server?.exitCode === null) await once(this.#server, 'exit');
    await rm(this.#folder, { recursive: true });
  }

  get #socket(): string {
    return join(this.#folder, 'redis.sock');
  }
}
