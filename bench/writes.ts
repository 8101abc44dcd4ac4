// What does it cost to lose no write? Accepted writes per second under the guard and under each lock, beside the same handler
// with the check alone; and how often a lock can be taken and given back. Run: npm run bench:writes
// Server, clients and PostgreSQL share the machine, so the figures are for comparison with each other.
import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { memoryLock, postgresLock } from 'http-preconditions';
import type { Lock } from 'http-preconditions';
import { Pool } from 'pg';
import { createPostgresCounters, memoryCounters, postgresCounters } from '../test/helpers/counter-stores.js';
import type { CounterStore } from '../test/helpers/counter-stores.js';
import { counterApp } from '../test/helpers/counters.js';
import type { Protection } from '../test/helpers/counters.js';
import { startPostgres } from '../test/setup/embedded-postgres.mjs';

// What a user runs, and not what a developer does: nobody looks for misuse.
process.env['NODE_ENV'] = 'production';

const ROUNDS = 5;
const ROUND_MS = 1000;
const CLIENTS = 32;

interface Contestant {
  readonly name: string;
  /** Does it once; told which of the clients asks. */
  readonly run: (client: number) => Promise<unknown>;
}

/** Times per second, median and range over the rounds, in turn so that a drift of the machine hits all alike. */
async function race(contestants: readonly Contestant[]): Promise<Record<string, object>> {
  const rates = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  // Round 0 is for the compiler and the connections, and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const { name, run } of contestants) {
      const rate = await ratePerSecond(run, round === 0 ? ROUND_MS / 4 : ROUND_MS);
      if (round > 0) rates.get(name)?.push(rate);
    }
  }
  const baseline = medianOf(rates.get(contestants[0]!.name)!);
  return Object.fromEntries([...rates].map(([name, values]) => [name, rowOf(values, baseline)]));
}

async function ratePerSecond(run: Contestant['run'], forMs: number): Promise<number> {
  const start = performance.now();
  let done = 0;
  const client = async (number: number): Promise<void> => {
    while (performance.now() - start < forMs) {
      await run(number);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)));
  return (done * 1000) / (performance.now() - start);
}

function rowOf(values: readonly number[], baseline: number): object {
  const median = medianOf(values);
  return {
    'per second': Math.round(median),
    lowest: Math.round(Math.min(...values)),
    highest: Math.round(Math.max(...values)),
    ratio: `${(median / baseline).toPrecision(2)} x`,
  };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

/** A client that writes its own counter again and again, each time with the tag that it was given last. */
async function writer(store: CounterStore, protection: Protection, name: string): Promise<Contestant['run']> {
  for (let client = 0; client < CLIENTS; client++) await store.create(`${name} ${client}`);
  const server = createServer(counterApp(express, { store, protection })).listen(0, '127.0.0.1');
  server.unref();
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const versions = new Map<number, number>();
  return async (client) => {
    const reply = await put(agent, port, `${name} ${client}`, versions.get(client) ?? 1);
    if (reply.status !== 200) throw new Error(`A write was answered ${reply.status}.`);
    versions.set(client, reply.version);
  };
}

function put(
  agent: Agent,
  port: number,
  id: string,
  version: number,
): Promise<{ status: number; version: number }> {
  return new Promise((resolve, reject) => {
    const headers = { 'Content-Type': 'application/json', 'If-Match': `"${version}"` };
    const target = {
      host: '127.0.0.1',
      port,
      path: `/counters/${encodeURIComponent(id)}`,
      method: 'PUT',
      headers,
      agent,
    };
    const sent = request(target, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          version: (JSON.parse(text) as { version: number }).version,
        });
      });
    });
    sent.on('error', reject).end(JSON.stringify({ value: version }));
  });
}

async function compareWrites(title: string, store: CounterStore, locks: Record<string, Lock>): Promise<void> {
  const protections: Record<string, Protection> = { 'the check alone': 'nothing', guard: 'guard' };
  for (const [name, lock] of Object.entries(locks)) protections[name] = { lock };
  const contestants: Contestant[] = [];
  for (const [name, protection] of Object.entries(protections)) {
    contestants.push({ name, run: await writer(store, protection, name) });
  }
  console.log(`Accepted writes, ${title}, ${CLIENTS} clients, each on its own resource`);
  console.table(await race(contestants));
}

async function timeLocks(locks: Record<string, Lock>): Promise<void> {
  const contestants = Object.entries(locks).flatMap(([name, lock]): Contestant[] => {
    let turn = 0;
    return [
      { name: `${name}, one key`, run: () => lock.withLock('hot', () => undefined) },
      {
        name: `${name}, 10,000 keys`,
        run: () => lock.withLock(`key ${(turn += 1) % 10_000}`, () => undefined),
      },
    ];
  });
  console.log(`Taking a lock and giving it back, ${CLIENTS} at a time`);
  console.table(await race(contestants));
}

const postgres = await startPostgres();
try {
  const pool = new Pool({ connectionString: postgres.url, max: 20 });
  pool.on('error', () => {}); // the server is stopped before all connections have ended
  await createPostgresCounters(pool);
  const locks = { 'memory lock': memoryLock(), 'PostgreSQL lock': postgresLock(pool) };

  await compareWrites('in memory', memoryCounters(), { 'memory lock': memoryLock() });
  await compareWrites('in PostgreSQL', postgresCounters(pool), locks);
  await timeLocks(locks);
  await pool.end();
} finally {
  await postgres.stop();
}
process.exit();
