// Times everything, prints it, keeps it in results.json, and puts it into README.md and docs/performance.md.
// Run: npm run bench, for one table npm run bench -- evaluation; the machine should have nothing else to do.
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { evaluation } from './evaluation.js';
import { includedIn } from './include.js';
import { overHttp } from './over-http.js';
import type { Results, Table } from './report.js';
import { textOf } from './report.js';
import { growth, memory, processorTime } from './without-sockets.js';

const SUITES: Readonly<Record<string, () => Promise<Table>>> = {
  evaluation,
  'over-http': overHttp,
  'processor-time': processorTime,
  memory,
  growth,
};

const RESULTS = new URL('results.json', import.meta.url);
const PAGES = ['README.md', 'docs/performance.md'].map((page) => new URL(`../${page}`, import.meta.url));

function machine(): string {
  const [first, ...others] = cpus();
  return `Node ${process.versions.node} on ${others.length + 1} x ${first!.model.trim()}`;
}

function withoutRounds(name: string, value: unknown): unknown {
  return name === 'rounds' ? undefined : value;
}

const wanted = process.argv[2];
if (wanted !== undefined && !(wanted in SUITES))
  throw new Error(`There is no table ${wanted}. Expected one of ${Object.keys(SUITES).join(', ')}.`);

const before = JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
const tables: Table[] = [];
for (const [id, suite] of Object.entries(SUITES)) {
  const known = before.tables.find((table) => table.id === id);
  const table = wanted === undefined || wanted === id ? await suite() : known;
  if (table === undefined) continue;
  if (table !== known) console.log(`\n${textOf(table)}`);
  tables.push(table);
}

const results: Results = { machine: machine(), tables };
writeFileSync(RESULTS, `${JSON.stringify(results, withoutRounds, 2)}\n`);
for (const page of PAGES) writeFileSync(page, includedIn(readFileSync(page, 'utf8'), results));
