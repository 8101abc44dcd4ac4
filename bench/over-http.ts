// How many requests does a server answer in a second, over real connections? The client, autocannon, has a processor to itself.
import { createRequire } from 'node:module';
import { CASES, CONDITIONAL, fieldsOf, ratiosOf } from './cases.js';
import type { Case } from './cases.js';
import { contentOf, pathOf, SIZES } from './contestants.js';
import type { Contestant, Size } from './contestants.js';
import { withRunners } from './processes.js';
import type { Row, Table } from './report.js';
import { interleaved } from './stats.js';

const CONNECTIONS = 10;
const SECONDS = 1;
const ROUNDS: Record<Size, number> = { '1 kB': 11, '10 kB': 5, '100 kB': 5, '1 MB': 5 };

interface Load {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly connections: number;
  readonly duration: number;
}

interface Outcome {
  readonly requests: { readonly average: number };
  readonly statusCodeStats: Readonly<Record<string, unknown>>;
  readonly errors: number;
}

const require = createRequire(new URL('yardsticks/', import.meta.url));
const autocannon = require('autocannon') as (load: Load) => Promise<Outcome>;

async function rateOf(port: number, each: Case, who: Contestant, size: Size): Promise<number> {
  const isWrite = each.method === 'PUT';
  const { requests, statusCodeStats, errors } = await autocannon({
    url: `http://127.0.0.1:${port}${pathOf(size)}`,
    method: each.method,
    headers: { ...fieldsOf(each, who, size), ...(isWrite ? { 'content-type': 'application/json' } : {}) },
    body: isWrite ? JSON.stringify(contentOf(size)) : undefined,
    connections: CONNECTIONS,
    duration: SECONDS,
  });
  const statuses = Object.keys(statusCodeStats).join(' ');
  if (statuses !== String(each.status) || errors > 0)
    throw new Error(`${who}, ${each.name}: answered ${statuses}, with ${errors} errors`);
  return requests.average;
}

async function rowsOf(each: Case): Promise<Row[]> {
  const sizes = CONDITIONAL.includes(each) ? (Object.keys(SIZES) as Size[]) : (['1 kB'] as const);
  return withRunners(each.contestants, async (runners) => {
    const ports = new Map<Contestant, number>();
    for (const [who, runner] of runners) ports.set(who, await runner.ask({ what: 'port' }));
    const rows: Row[] = [];
    for (const size of sizes) {
      const runs = each.contestants.map(
        (who) => [who, () => rateOf(ports.get(who)!, each, who, size)] as const,
      );
      const figures = await interleaved(Object.fromEntries(runs), ROUNDS[size]);
      rows.push({ name: `${each.name}, ${size}`, figures, ratios: ratiosOf(figures, 'rates') });
    }
    return rows;
  });
}

export async function overHttp(): Promise<Table> {
  const rows: Row[] = [];
  for (const each of CASES) rows.push(...(await rowsOf(each)));
  return {
    id: 'over-http',
    title: 'Requests in a second',
    about: `Over HTTP/1.1 with ${CONNECTIONS} connections that stay open; a write sends as much JSON as the resource has.`,
    unit: 'requests/s',
    rows,
  };
}
