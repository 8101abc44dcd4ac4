/** The calendar server as several processes behind one port. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { withServer } from '../../helpers/server.js';
import { curl } from '../helpers/curl.js';
import { runExample, type RunningExample } from '../helpers/run-example.js';
import { ADA, eventAt } from './fixtures.js';
import { eventTag } from './use-calendar.js';

const ADDRESS = /on (http:\/\/127\.0\.0\.1:\d+\/calendar\/v3)/;
const TEN = Array.from({ length: 10 }, (_, index) => index);

jest.setTimeout(30_000);

let folder: string;
const running: RunningExample[] = [];

/** Loaded into each process before the server. */
const PRELOADED = {
  'tell.cjs': `
    require('node:diagnostics_channel').subscribe('http.server.request.start', () => {
      console.log('Request to ' + process.pid);
    });`,
  'fail.cjs': `if (require('node:cluster').isWorker) process.exit(7);`,
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'calendar-cluster-'));
  for (const [name, script] of Object.entries(PRELOADED)) await writeFile(join(folder, name), script);
});
afterAll(async () => {
  await Promise.all(running.map((server) => server.exit('SIGTERM')));
  await rm(folder, { recursive: true });
});

function start(
  environment: Record<string, string>,
  preloaded: keyof typeof PRELOADED = 'tell.cjs',
): RunningExample {
  const server = runExample('examples/calendar/server.ts', {
    PORT: '0',
    WORKERS: '3',
    DATABASE_URL: '',
    NODE_OPTIONS: `--require ${join(folder, preloaded)}`,
    ...environment,
  });
  running.push(server);
  return server;
}

/** The status of the answer, on a connection of its own. */
async function statusOf(method: string, url: string, more = ''): Promise<number> {
  const fields = `-H 'Authorization: Bearer demo-token' -H 'Connection: close'`;
  return Number((await curl(`curl -X ${method} ${fields} ${more} ${url}`)).statusLine.split(' ')[1]);
}

async function statusesOf(requests: Promise<number>[]): Promise<number[]> {
  return (await Promise.all(requests)).toSorted((a, b) => a - b);
}

function json(content: object): string {
  return `-H 'Content-Type: application/json' -d '${JSON.stringify(content)}'`;
}

/** Sends requests until three processes have answered. */
async function threeWorkers(server: RunningExample, events: string): Promise<number[]> {
  const begin = server.output().length;
  for (;;) {
    expect(await statusesOf(TEN.map(() => statusOf('GET', events)))).toEqual(TEN.map(() => 200));
    const told = server
      .output()
      .slice(begin)
      .matchAll(/^Request to (\d+)$/gm);
    const pids = new Set([...told].map(([, pid]) => Number(pid)));
    if (pids.size === 3) return [...pids];
  }
}

async function expectOneOfTen(events: string): Promise<void> {
  const overwrite = (hour: number): Promise<number> =>
    statusOf('PUT', `${events}/lunch`, `-H 'If-Match: ${eventTag(1, ADA)}' ${json(eventAt(hour))}`);
  expect(await statusesOf(TEN.map(overwrite))).toEqual([200, ...Array.from({ length: 9 }, () => 412)]);
  const insert = (hour: number): Promise<number> =>
    statusOf('POST', events, json({ id: 'brunch', ...eventAt(hour) }));
  expect(await statusesOf(TEN.map(insert))).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
}

describeOnPostgres('Three workers on Postgres', (database) => {
  let server: RunningExample;
  let events: string;

  beforeAll(async () => {
    server = start({ DATABASE_URL: database.url });
    events = `${await server.printed(ADDRESS)}/calendars/primary/events`;
  });

  test('answer together: of ten writers with one tag, or one id, one succeeds', async () => {
    await threeWorkers(server, events);
    await expectOneOfTen(events);
    expect(server.output().match(/Calendar API on/g)).toHaveLength(1);
  });

  test('are replaced when they end, and the others go on', async () => {
    const [first = 0] = await threeWorkers(server, events);
    await end(first, 'SIGTERM');
    expect(await threeWorkers(server, events)).not.toContain(first);
  });

  test('are replaced on the same port when all die at once', async () => {
    const gone = await threeWorkers(server, events);
    await Promise.all(gone.map((pid) => end(pid, 'SIGKILL')));
    while (!(await statusOf('GET', events).catch(() => false)));
    await threeWorkers(server, events);
    expect(server.output().match(/Calendar API on/g)).toHaveLength(1);
  });

  test('end with the primary', async () => {
    const pids = await threeWorkers(server, events);
    expect(await server.exit('SIGINT')).toBe(0);
    expect(pids.filter(isRunning)).toEqual([]);
  });
});

describe('Several workers', () => {
  test('share a SQLite file: of ten writers with one tag, or one id, one succeeds', async () => {
    const server = start({ DATABASE_FILE: join(folder, 'shared.db') });
    const events = `${await server.printed(ADDRESS)}/calendars/primary/events`;
    await threeWorkers(server, events);
    await expectOneOfTen(events);
    expect(await server.exit('SIGTERM')).toBe(0);
  });

  test('are given up when they end at their start again and again', async () => {
    const server = start({ WORKERS: '2', DATABASE_FILE: join(folder, 'failing.db') }, 'fail.cjs');
    expect(await server.exit()).toBe(1);
    expect(server.output()).toBe('A worker has ended 5 times in a row at its start.\n');
  });

  test('are not started on a port that is in use', async () => {
    await withServer(
      () => {},
      async (port) => {
        const server = start({ PORT: String(port), DATABASE_FILE: join(folder, 'second.db') });
        expect(await server.exit()).toBe(1);
        expect(server.output()).toMatch(new RegExp(`^Port ${port} of 127\\.0\\.0\\.1 is in use\\..*\\n$`));
      },
    );
  });
});

/** Until the primary has noticed. */
async function end(pid: number, signal: NodeJS.Signals): Promise<void> {
  process.kill(pid, signal);
  while (isRunning(pid)) await new Promise(setImmediate);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
