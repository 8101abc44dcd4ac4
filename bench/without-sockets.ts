// What does a request cost the server, when nothing is sent over a connection?
import { CASES, CONDITIONAL, ratiosOf } from './cases.js';
import type { Case } from './cases.js';
import { SIZES } from './contestants.js';
import type { Contestant, Size } from './contestants.js';
import type { Task } from './contestant-process.js';
import type { Runner } from './processes.js';
import { withRunners } from './processes.js';
import type { Row, Table } from './report.js';
import { interleaved, spreadOf } from './stats.js';
import type { Measured, Spread } from './stats.js';

/** So many requests a round, fewer where each sends much. */
const COUNTS: Record<Size, number> = { '1 kB': 5000, '10 kB': 2500, '100 kB': 500, '1 MB': 100 };

const ROUNDS: Record<Size, number> = { '1 kB': 11, '10 kB': 5, '100 kB': 5, '1 MB': 3 };

type Runners = ReadonlyMap<Contestant, Runner>;

function contest(
  runners: Runners,
  each: Case,
  task: Task,
  rounds: number,
): Promise<Record<string, Measured>> {
  const runs = each.contestants.map((who) => [who, () => runners.get(who)!.ask(task)] as const);
  return interleaved(Object.fromEntries(runs), rounds);
}

async function timesOf(each: Case): Promise<Row[]> {
  const sizes: readonly Size[] =
    CONDITIONAL.includes(each) && each.method === 'GET' ? (Object.keys(SIZES) as Size[]) : ['1 kB'];
  return withRunners(each.contestants, async (runners) => {
    const rows: Row[] = [];
    for (const size of sizes) {
      const task = { what: 'time', name: each.name, size, count: COUNTS[size] } as const;
      const figures = await contest(runners, each, task, ROUNDS[size]);
      rows.push({ name: `${each.name}, ${size}`, figures, ratios: ratiosOf(figures, 'times') });
    }
    return rows;
  });
}

export async function processorTime(): Promise<Table> {
  const rows: Row[] = [];
  for (const each of CASES) rows.push(...(await timesOf(each)));
  return {
    id: 'processor-time',
    title: 'Processor time of one request',
    about: 'Without sockets: Node, Express, the middleware and the handler together.',
    unit: 'µs',
    rows,
  };
}

async function bytesOf(each: Case): Promise<Row> {
  return withRunners(each.contestants, async (runners) => {
    const size = '1 kB';
    await contest(runners, each, { what: 'serve', name: each.name, size, count: 20_000 }, 0);
    const figures = await contest(runners, each, { what: 'bytes', name: each.name, size, count: 1000 }, 5);
    return { name: each.name, figures, ratios: {} };
  });
}

export async function memory(): Promise<Table> {
  const rows: Row[] = [];
  for (const each of CASES) rows.push(await bytesOf(each));
  return {
    id: 'memory',
    title: 'Memory that one request takes before it is collected',
    about:
      'Without sockets, with 1 kB of JSON. The most is for the request, the response and the stand-in for a socket.',
    unit: 'kB',
    rows,
  };
}

/** How much more of the heap is in use after a million requests than after a hundred thousand. */
export async function growth(): Promise<Table> {
  const contestants = ['no middleware', 'http-preconditions'] as const;
  const names = ['GET, no condition', '304', '412'] as const;
  const rows = await withRunners(contestants, async (runners) => {
    const figures: Record<string, Spread> = {};
    for (const who of contestants) {
      const runner = runners.get(who)!;
      const serve = async (count: number): Promise<number> => {
        for (const name of who === 'no middleware' ? names.slice(0, 1) : names)
          await runner.ask({ what: 'serve', name, size: '1 kB', count: Math.ceil(count / names.length) });
        return runner.ask({ what: 'heap' });
      };
      const before = await serve(100_000);
      figures[who] = spreadOf([((await serve(900_000)) - before) / 1e6]);
    }
    return [{ name: 'GET without a condition, 304 and 412', figures, ratios: {} }];
  });
  return {
    id: 'growth',
    title: 'Growth of the heap',
    about:
      'What is in use after a million requests, less what was after a hundred thousand, each time after a collection.',
    unit: 'MB',
    rows,
  };
}
