/** The calendar server as a process: `npm start`. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { describeOnPostgres } from '../../helpers/postgres.js';
import { curl } from '../helpers/curl.js';
import { runExample, type RunningExample } from '../helpers/run-example.js';

const FILE = 'examples/calendar/server.ts';
const ADDRESS = /on (http:\/\/127\.0\.0\.1:\d+\/calendar\/v3)/;

jest.setTimeout(30_000);

describe('npm start', () => {
  let folder: string;
  const running: RunningExample[] = [];

  function start(environment: Record<string, string> = {}): RunningExample {
    const server = runExample(FILE, {
      PORT: '0',
      DATABASE_FILE: ':memory:',
      DATABASE_URL: '',
      WORKERS: '',
      ...environment,
    });
    running.push(server);
    return server;
  }

  /** The two requests that the server suggests. */
  function suggestions(server: RunningExample): [read: string, write: string] {
    const [read = '', write = ''] = server.output().match(/curl .*/g) ?? [];
    return [read, write];
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'calendar-server-'));
  });
  afterEach(() => Promise.all(running.splice(0).map((server) => server.exit('SIGTERM'))));
  afterAll(() => rm(folder, { recursive: true }));

  test('runs what is tested here', () => {
    expect(readFileSync('package.json', 'utf8')).toContain(`"start": "tsx ${FILE}"`);
  });

  test('suggests a read that is 304, and a write that is 200 once and 412 then, and stops on SIGINT', async () => {
    const server = start();
    await server.printed(ADDRESS);
    expect(server.output()).toContain('demo-token');
    const [read, write] = suggestions(server);
    expect((await curl(read)).statusLine).toBe('HTTP/1.1 304 Not Modified');
    expect((await curl(write)).statusLine).toBe('HTTP/1.1 200 OK');
    expect((await curl(write)).statusLine).toBe('HTTP/1.1 412 Precondition Failed');
    expect((await curl(read)).statusLine).toBe('HTTP/1.1 200 OK');
    expect(await server.exit('SIGINT')).toBe(0);
  });

  test('stops on SIGTERM, with its changes in the file, and goes on from there', async () => {
    const file = { DATABASE_FILE: join(folder, 'kept.db') };
    const before = start(file);
    await before.printed(ADDRESS);
    const [, write] = suggestions(before);
    await curl(write);
    expect(await before.exit('SIGTERM')).toBe(0);

    const after = start(file);
    await after.printed(ADDRESS);
    const [read] = suggestions(after);
    expect((await curl(read)).statusLine).toBe('HTTP/1.1 304 Not Modified');
    const { body } = await curl(read.replace(/-H 'If-None-Match: [^']*' /, ''));
    expect(JSON.parse(body)).toMatchObject({ summary: 'A longer lunch' });
  });

  describeOnPostgres('with DATABASE_URL', (database) => {
    test('stops on SIGTERM, with its changes in the database', async () => {
      const server = start({ DATABASE_URL: database.url });
      await server.printed(ADDRESS);
      const [read, write] = suggestions(server);
      expect((await curl(read)).statusLine).toBe('HTTP/1.1 304 Not Modified');
      expect((await curl(write)).statusLine).toBe('HTTP/1.1 200 OK');
      expect(await server.exit('SIGTERM')).toBe(0);
      const { rows } = await database.pool().query<{ fields: string }>(`
        SELECT fields FROM events WHERE id = 'lunch'`);
      expect(rows.map(({ fields }) => JSON.parse(fields) as object)).toMatchObject([
        { summary: 'A longer lunch' },
      ]);
    });
  });

  test('takes tokens from the environment in place of the demo token, and prints none of them', async () => {
    const server = start({ CALENDAR_TOKENS: 'secret=eve@example.test,other=eve@example.test' });
    const base = await server.printed(ADDRESS);
    const statusOf = async (token: string): Promise<string | undefined> =>
      (await curl(`curl -H 'Authorization: Bearer ${token}' ${base}/calendars/primary`)).statusLine.split(
        ' ',
      )[1];
    expect([await statusOf('secret'), await statusOf('other'), await statusOf('demo-token')]).toEqual([
      '200',
      '200',
      '401',
    ]);
    expect(server.output()).not.toContain('secret');
  });

  test('says that the port is in use', async () => {
    const port = /\d{2,}(?=\/)/.exec(await start().printed(ADDRESS))?.[0] ?? '';
    const second = start({ PORT: port });
    expect(await second.exit()).toBe(1);
    expect(second.output()).toContain(`Port ${port} of 127.0.0.1 is in use.`);
    expect(second.output()).not.toContain('    at ');
  });

  test('says that the database cannot be opened', async () => {
    const server = start({ DATABASE_FILE: '/nowhere/calendar.db' });
    expect(await server.exit()).toBe(1);
    expect(server.output()).toBe('Cannot open the database "/nowhere/calendar.db". Does its folder exist?\n');
  });

  test('says that the database cannot be reached, without the password', async () => {
    const server = start({ DATABASE_URL: 'postgres://ada:sesame@127.0.0.1:1/calendar' });
    expect(await server.exit()).toBe(1);
    const reason = 'connect ECONNREFUSED 127.0.0.1:1';
    expect(server.output()).toBe(`Cannot open the database of DATABASE_URL: ${reason}\n`);
  });
});
