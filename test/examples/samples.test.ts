/** The samples, each as a process of its own, all at once on one calendar. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import express, { type RequestHandler } from 'express';
import { calendarApi } from '../../examples/calendar/app.js';
import { seed } from '../../examples/calendar/seed.js';
import { sqliteStore } from '../../examples/calendar/store/sqlite.js';
import type { CalendarStore } from '../../examples/calendar/store/types.js';
import { ADA, EVERYTHING } from './calendar/fixtures.js';
import { serve, type Served } from './calendar/serve.js';
import { runExample, type RunningExample } from './helpers/run-example.js';

const FOLDER = 'examples/samples';
const ROOT = join(__dirname, '../..');

jest.setTimeout(60_000);

interface Sample {
  readonly file: string;
  /** What the server sees: the method, the condition with the tag left open, and the status. */
  readonly exchanges: readonly string[];
}

/** The two that take the longest come first. */
const SAMPLES: Sample[] = [
  {
    file: 'ours/polling.ts',
    exchanges: [
      'POST 200', // the calendar
      'GET 200',
      'GET If-None-Match: "…" 304',
      'POST 200',
      'GET If-None-Match: "…" 200',
      'GET 200', // the phone
      'PUT If-Match: "…" 200', // the phone
      'GET If-None-Match: "…" 200',
      'DELETE If-Match: * 204',
    ],
  },
  {
    file: 'google/polling.ts',
    exchanges: [
      'POST 200', // the calendar
      'GET 200',
      'GET If-None-Match: "…" 304',
      'POST 200',
      'GET If-None-Match: "…" 200',
      'PATCH 200', // somebody else
      'GET If-None-Match: "…" 200',
      'DELETE 204',
    ],
  },
  {
    file: 'ours/conditional-modification.ts',
    exchanges: [
      'POST 200',
      // The phone is faster once.
      'GET 200',
      'GET 200',
      'PUT If-Match: "…" 200',
      'PUT If-Match: "…" 412',
      'GET If-None-Match: "…" 200',
      'PUT If-Match: "…" 200',
      // The phone is faster each time.
      'GET 200',
      'GET 200',
      'PUT If-Match: "…" 200',
      'PUT If-Match: "…" 412',
      ...repeated(4, [
        'GET If-None-Match: "…" 200',
        'GET 200',
        'PUT If-Match: "…" 200',
        'PUT If-Match: "…" 412',
      ]),
      'DELETE If-Match: "…" 204',
    ],
  },
  {
    file: 'google/conditional-modification.ts',
    exchanges: [
      'POST 200',
      // The phone is faster once.
      'GET 200',
      'PATCH 200',
      'PUT If-Match: "…" 412',
      'GET 200',
      'PUT If-Match: "…" 200',
      'GET 200',
      // The phone is faster each time.
      ...repeated(5, ['GET 200', 'PATCH 200', 'PUT If-Match: "…" 412']),
      'DELETE 204',
    ],
  },
  {
    file: 'ours/conditional-retrieval.ts',
    exchanges: [
      'POST 200',
      'GET 200',
      'GET If-None-Match: "…" 304',
      'GET 200', // the phone
      'PUT If-Match: "…" 200', // the phone
      'GET If-None-Match: "…" 200',
      'DELETE If-Match: "…" 204',
    ],
  },
  {
    file: 'google/conditional-retrieval.ts',
    exchanges: [
      'POST 200',
      'GET 200',
      'GET If-None-Match: "…" 304',
      'PATCH 200', // somebody else
      'GET If-None-Match: "…" 200',
      'DELETE 204',
    ],
  },
  {
    file: 'ours/forced-update.ts',
    exchanges: [
      'POST 200',
      'GET 200',
      'GET 200', // the phone
      'PUT If-Match: "…" 200', // the phone
      'PUT If-Match: "…" 412',
      'PUT If-Match: * 200',
      'DELETE If-Match: "…" 204',
    ],
  },
  {
    file: 'google/forced-update.ts',
    exchanges: [
      'POST 200',
      'GET 200',
      'PATCH 200', // somebody else
      'PUT If-Match: "…" 412',
      'PUT If-Match: * 200',
      'DELETE 204',
    ],
  },
  { file: 'ours/insertion.ts', exchanges: ['POST 200', 'POST 409', 'DELETE If-Match: * 204'] },
  { file: 'google/insertion.ts', exchanges: ['POST 200', 'POST 409', 'DELETE 204'] },
  {
    file: 'ours/weak-tag.ts',
    exchanges: ['POST 200', 'GET 200', 'PUT If-Match: "…" 200', 'DELETE If-Match: "…" 204'],
  },
  {
    file: 'google/weak-tag.ts',
    exchanges: ['POST 200', 'GET 200', 'PUT If-Match: W/"…" 412', 'PUT If-Match: "…" 200', 'DELETE 204'],
  },
];

function repeated(times: number, exchanges: string[]): string[] {
  return Array.from({ length: times }, () => exchanges).flat();
}

function sourceOf(file: string): string {
  return readFileSync(join(ROOT, FOLDER, file), 'utf8');
}

/** The command and the output that the comment at the top shows. */
function transcriptOf(file: string): { command: string; output: string } {
  const [comment = ''] = sourceOf(file).split('*/');
  const lines = comment.split('\n').map((line) => line.replace(/^ \*\s*/, ''));
  const [, transcript = ''] = lines.join('\n').split('$ ');
  const [, command = '', output = ''] = /^(.*)\n([^]*)$/.exec(transcript) ?? [];
  return { command, output: `${output.trimEnd()}\n` };
}

/** Writes down each exchange under the token of whom it is with. */
function recorder(): { record: RequestHandler; exchangesOf: (token: string) => string[] } {
  const seen: { token: string; request: string; status: number }[] = [];
  return {
    record: (req, res, next) => {
      const conditions = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since']
        .filter((name) => req.get(name) !== undefined)
        .map((name) => `${name}: ${req.get(name)?.replaceAll(/"[^"]*"/g, '"…"')}`);
      const [, token = ''] = req.get('Authorization')?.split(' ') ?? [];
      const exchange = { token, request: [req.method, ...conditions].join(' '), status: 0 };
      seen.push(exchange);
      res.on('finish', () => {
        exchange.status = res.statusCode;
      });
      next();
    },
    exchangesOf: (token) =>
      seen
        .filter((exchange) => exchange.token === token)
        .map(({ request, status }) => `${request} ${status}`),
  };
}

/** A poll that comes twice because a machine is slow says no more than one. */
function isNoRepeatedPoll(exchange: string, index: number, all: readonly string[]): boolean {
  return exchange !== all[index - 1] || !exchange.endsWith(' 304');
}

async function idsIn(store: CalendarStore): Promise<string[]> {
  const calendars = await store.entries.list(ADA);
  const { rows } = await store.events.list(ADA, EVERYTHING);
  return [...calendars.map(({ calendar }) => calendar.id), ...rows.map(({ id }) => id)];
}

describe('The samples', () => {
  const store = sqliteStore(':memory:');
  const { record, exchangesOf } = recorder();
  const running = new Map<string, RunningExample>();
  let served: Served;
  let before: string[];

  beforeAll(async () => {
    await seed(store, [ADA], new Date());
    before = await idsIn(store);
    const tokens = new Map(SAMPLES.map(({ file }) => [file, ADA]));
    served = await serve(express().use(record, calendarApi({ store, tokens })));
    for (const { file } of SAMPLES) {
      const environment = { CALENDAR_URL: served.origin, CALENDAR_TOKEN: file };
      running.set(file, runExample(join(FOLDER, file), environment));
    }
    await Promise.all([...running.values()].map((sample) => sample.exit()));
  });
  afterAll(async () => {
    await Promise.all([...running.values()].map((sample) => sample.exit('SIGTERM')));
    await served.close();
    await store.close();
  });

  test.each(SAMPLES)('print what their comments say: $file', ({ file }) => {
    const { command, output } = transcriptOf(file);
    expect(command).toBe(`npx tsx ${FOLDER}/${file}`);
    expect(running.get(file)?.output()).toBe(output);
  });

  test.each(SAMPLES)('end by themselves, without an error: $file', async ({ file }) => {
    expect(await running.get(file)?.exit()).toBe(0);
  });

  test.each(SAMPLES)('send what they say, and get what they show: $file', ({ file, exchanges }) => {
    expect(exchangesOf(file).filter(isNoRepeatedPoll)).toEqual(exchanges);
  });

  test('leave nothing behind', async () => {
    expect(before).toContain('lunch');
    expect(await idsIn(store)).toEqual(before);
  });

  test.each(['ours', 'google'])('are all run here, and listed in the README: %s', (side) => {
    const names = readdirSync(join(ROOT, FOLDER, side)).filter((name) => name !== 'calendar.ts');
    const files = names.map((name) => `${side}/${name}`);
    const run = SAMPLES.map(({ file }) => file).filter((file) => file.startsWith(side));
    expect(run.toSorted()).toEqual(files.toSorted());
    for (const file of files) expect(sourceOf('README.md')).toContain(`](${file})`);
  });

  test.each(SAMPLES)('are about thirty lines long: $file', ({ file }) => {
    const [, code = ''] = sourceOf(file).split('*/\n');
    expect(code.split('\n').filter((line) => /\w/.test(line)).length).toBeLessThanOrEqual(40);
  });
});
