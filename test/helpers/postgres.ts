/** Tests on a real PostgreSQL server, which the test run has started (test/setup). */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { Client, Pool, type PoolConfig } from 'pg';

export interface TestDatabase {
  /** Leads to an empty database, from `beforeAll` on. */
  readonly url: string;
  /** A pool of connections to it; ended after all tests. */
  pool(options?: PoolConfig): Pool;
}

/** A group of tests with an empty database of its own. Skipped by name where there is no server. */
export function describeOnPostgres(name: string, define: (database: TestDatabase) => void): void {
  const server = process.env['TEST_POSTGRES_URL'];
  if (!server) {
    // oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
    describe.skip(`${name} (no PostgreSQL server here)`, () => {
      define({ url: '', pool: () => new Pool() });
    });
    return;
  }
  describe(name, () => {
    const database = new Database(server);
    beforeAll(() => database.create());
    afterAll(() => database.drop());
    define(database);
  });
}

class Database implements TestDatabase {
  readonly url: string;
  readonly #server: string;
  readonly #name: string = `test_${randomBytes(8).toString('hex')}`;
  readonly #pools = new Set<Pool>();

  constructor(server: string) {
    this.#server = server;
    const url = new URL(server);
    url.pathname = this.#name;
    this.url = url.href;
  }

  pool(options: PoolConfig = {}): Pool {
    const pool = new Pool({ connectionString: this.url, ...options });
    // Tests end connections on purpose; an idle one that breaks is replaced by the pool.
    pool.on('error', () => {});
    this.#pools.add(pool);
    return pool;
  }

  create(): Promise<void> {
    return this.#onServer(`CREATE DATABASE ${this.#name}`);
  }

  async drop(): Promise<void> {
    for (const pool of this.#pools) if (!pool.ended) await pool.end();
    await this.#onServer(`DROP DATABASE ${this.#name} WITH (FORCE)`);
  }

  async #onServer(sql: string): Promise<void> {
    const client = new Client(this.#server);
    await client.connect();
    await client.query(sql);
    await client.end();
  }
}
