/**
 * Four processes and 32 clients for some seconds, while processes are killed: LONG_RUN_SECONDS=120 for longer than the default.
 * What the clients were told is compared with what the database has kept.
 */
import { expect, jest, test } from '@jest/globals';
import type { Pool } from 'pg';
import { type CounterRow, createPostgresCounters, postgresCounters } from '../../helpers/counter-stores.js';
import { describeOnPostgres, type TestDatabase } from '../../helpers/postgres.js';
import { type Attempt, runClients } from './clients.js';
import { Processes } from './processes.js';

const SECONDS = Number(process.env['LONG_RUN_SECONDS'] ?? 3);
const IDS = ['a', 'b', 'c', 'd'];

jest.setTimeout(SECONDS * 1000 + 60_000);

/** A row of the log that the store keeps in the same statement as the change. */
interface Change {
  readonly id: string;
  readonly over: number;
  readonly version: number;
  readonly value: number;
  readonly attempt: string;
}

interface Course {
  readonly attempts: readonly Attempt[];
  readonly acknowledged: readonly Attempt[];
  readonly changes: readonly Change[];
  readonly rows: ReadonlyMap<string, CounterRow>;
  readonly kills: number;
}

async function run(database: TestDatabase, protection: string, killEveryMs?: number): Promise<Course> {
  const pool = database.pool();
  await pool.query('DROP TABLE IF EXISTS counters, writes');
  await createPostgresCounters(pool);
  for (const id of IDS) await postgresCounters(pool).create(id);

  const processes = new Processes({ DATABASE_URL: database.url, PROTECTION: protection });
  try {
    await processes.start(4);
    const until = AbortSignal.timeout(SECONDS * 1000);
    const load = { clients: 32, ids: IDS, ports: () => processes.ports, random: Math.random, until };
    const killing = killEveryMs === undefined ? undefined : killFromTimeToTime(processes, killEveryMs, until);
    const attempts = await runClients(load);
    await killing;
    const acknowledged = attempts.filter(({ status }) => status === 200);
    return { attempts, acknowledged, ...(await kept(pool)), kills: processes.kills };
  } finally {
    await processes.stop();
  }
}

async function killFromTimeToTime(processes: Processes, everyMs: number, until: AbortSignal): Promise<void> {
  while (!until.aborted) {
    await new Promise((resolve) => {
      setTimeout(resolve, everyMs);
    });
    await processes.killOne(Math.random);
  }
}

async function kept(pool: Pool): Promise<Pick<Course, 'changes' | 'rows'>> {
  const { rows: changes } = await pool.query<Change>('SELECT * FROM writes ORDER BY id, version');
  const { rows } = await pool.query<CounterRow & { id: string }>('SELECT * FROM counters');
  return { changes, rows: new Map(rows.map((row) => [row.id, row])) };
}

/** The attempts whose change was made on another version than the one in their tag. */
function stale(attempts: readonly Attempt[], { changes }: Course): Change[] {
  const sent = new Map(attempts.map(({ attempt, over }) => [attempt, over]));
  return changes.filter(({ attempt, over }) => sent.has(attempt) && sent.get(attempt) !== over);
}

function sum(rows: Course['rows']): number {
  return [...rows.values()].reduce((total, { value }) => total + value, 0);
}

describeOnPostgres('Four processes with 32 clients, some of them killed', (database) => {
  test.each(['guard', 'lock'])('lose no acknowledged write under the %s', async (protection) => {
    const course = await run(database, protection, 400);
    const { attempts, acknowledged, changes, rows, kills } = course;
    const unknown = attempts.filter(({ status }) => status === undefined);
    const { length } = acknowledged;
    console.info(
      `${protection}: ${length} acknowledged, ${unknown.length} replies lost, ` +
        `${attempts.filter(({ status }) => status === 412).length} refused, ${kills} processes killed, sum ${sum(rows)}`,
    );
    expect(length).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(0);

    expect(sum(rows)).toBeGreaterThanOrEqual(length);
    expect(sum(rows)).toBeLessThanOrEqual(length + unknown.length);
    // What a process had sent when it was killed may be carried out after its lock is free (docs/writes.md).
    expect(stale(protection === 'guard' ? attempts : acknowledged, course)).toEqual([]);
    // Each is in the log, once, as the client was told.
    const log = new Map(changes.map((change) => [change.attempt, change]));
    expect(log.size).toBe(changes.length);
    expect(acknowledged.filter(({ attempt, version }) => log.get(attempt)?.version !== version)).toEqual([]);
    // And the log knows of no change of which the clients do not.
    expect(sum(rows)).toBe(changes.length);
  });

  test('lose writes with the check alone, so that a loss would be seen', async () => {
    const course = await run(database, 'nothing');
    expect(stale(course.attempts, course).length).toBeGreaterThan(0);
    expect(sum(course.rows)).toBeLessThan(course.acknowledged.length);
  });
});
