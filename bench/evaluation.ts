// How long does the decision alone take, beside those who take one, too?
import { createRequire } from 'node:module';
import fresh from 'fresh';
import { evaluate } from 'http-preconditions/core';
import type { ConditionalRequest, Validators } from 'http-preconditions/core';
import { do_not_optimize, measure } from 'mitata';
import type { Row, Table } from './report.js';
import { round } from './report.js';
import { interleaved, quotientOf } from './stats.js';

const ROUNDS = 7;
const NOW = Date.now();
const MODIFIED = 'Tue, 15 Nov 1994 12:45:26 GMT';
const OLDER = 'Tue, 15 Nov 1994 12:45:25 GMT';
const CURRENT: Validators = { etag: '"v1"', lastModified: new Date(MODIFIED) };
const RESPONSE_FIELDS = { etag: '"v1"', 'last-modified': MODIFIED };

type Fields = Readonly<Record<string, string>>;

const CASES: readonly { readonly name: string; readonly method: 'GET' | 'PUT'; readonly fields: Fields }[] = [
  { name: 'GET, no condition', method: 'GET', fields: {} },
  { name: 'GET, one tag that matches', method: 'GET', fields: { 'if-none-match': '"v1"' } },
  { name: 'GET, one weak tag that matches', method: 'GET', fields: { 'if-none-match': 'W/"v1"' } },
  { name: 'GET, one tag that does not match', method: 'GET', fields: { 'if-none-match': '"v2"' } },
  {
    name: 'GET, five tags, the last matches',
    method: 'GET',
    fields: { 'if-none-match': `${tags(4)}, "v1"` },
  },
  { name: 'GET, five tags, none matches', method: 'GET', fields: { 'if-none-match': tags(5) } },
  {
    name: 'GET, fifty tags, the last matches',
    method: 'GET',
    fields: { 'if-none-match': `${tags(49)}, "v1"` },
  },
  { name: 'GET, fifty tags, none matches', method: 'GET', fields: { 'if-none-match': tags(50) } },
  { name: 'GET, the same date', method: 'GET', fields: { 'if-modified-since': MODIFIED } },
  { name: 'GET, an older date', method: 'GET', fields: { 'if-modified-since': OLDER } },
  { name: 'PUT, one tag that matches', method: 'PUT', fields: { 'if-match': '"v1"' } },
  { name: 'PUT, one tag that does not match', method: 'PUT', fields: { 'if-match': '"v2"' } },
  { name: 'PUT, five tags, the last matches', method: 'PUT', fields: { 'if-match': `${tags(4)}, "v1"` } },
  { name: 'PUT, fifty tags, none matches', method: 'PUT', fields: { 'if-match': tags(50) } },
  { name: 'PUT, the same date', method: 'PUT', fields: { 'if-unmodified-since': MODIFIED } },
];

function tags(count: number): string {
  return Array.from({ length: count }, (_, index) => `"tag-${index}"`).join(', ');
}

function requestOf(method: string, fields: Fields): ConditionalRequest {
  return {
    method,
    now: NOW,
    ifMatch: fields['if-match'],
    ifNoneMatch: fields['if-none-match'],
    ifModifiedSince: fields['if-modified-since'],
    ifUnmodifiedSince: fields['if-unmodified-since'],
    ifRange: fields['if-range'],
    range: fields['range'],
  };
}

const installed = createRequire(new URL('yardsticks/', import.meta.url));

interface Precondition {
  readonly header: string;
  readonly check: (req: object, state: object, value: string | undefined) => number;
}

/** As its middleware does, but for the promise. */
function expressPreconditions(method: string, fields: Fields): () => unknown {
  const all = installed('express-preconditions/lib/preconditions') as readonly Precondition[];
  const req = { method, get: (name: string): string | undefined => fields[name] };
  const state = { etag: '"v1"', lastModified: MODIFIED };
  return () =>
    all
      .filter(({ header }) => req.get(header) !== undefined)
      .map((precondition) => precondition.check(req, state, req.get(precondition.header)))
      .find((status) => status !== 200);
}

type Plugin = (req: object, res: object, next: (error?: unknown) => void) => void;

/** Its four handlers one after the other. It has to be told the tag without quotes. */
function restify(method: string, fields: Fields): () => unknown {
  const plugins = (installed('restify/lib/plugins/conditionalRequest') as () => readonly Plugin[])();
  const req = { method, headers: fields, header: (name: string): string | undefined => fields[name] };
  let outcome: unknown;
  const res = {
    etag: 'v1',
    getHeader: (): string => '"v1"',
    header: (): string => MODIFIED,
    send: (status: number): void => {
      outcome = status;
    },
  };
  const next = (error?: unknown): void => {
    if (error !== undefined) outcome = error;
  };
  return () => {
    outcome = undefined;
    for (const plugin of plugins) {
      plugin(req, res, next);
      if (outcome !== undefined) return outcome;
    }
    return outcome;
  };
}

/** The median time of one call in nanoseconds. */
async function timeOf(run: () => unknown): Promise<number> {
  const { p50 } = await measure(() => do_not_optimize(run()), { min_cpu_time: 50e6 });
  return p50;
}

async function rowOf({ name, method, fields }: (typeof CASES)[number]): Promise<Row> {
  const request = requestOf(method, fields);
  const runs: Record<string, () => unknown> = {
    evaluate: () => evaluate(request, CURRENT),
    ...(method === 'GET' ? { fresh: () => fresh(fields, RESPONSE_FIELDS) } : {}),
    'express-preconditions': expressPreconditions(method, fields),
    restify: restify(method, fields),
  };
  const timed = Object.entries(runs).map(([who, run]) => [who, () => timeOf(run)] as const);
  const times = await interleaved(Object.fromEntries(timed), ROUNDS);
  const { evaluate: ours, ...others } = times;
  return {
    name,
    figures: times,
    ratios: Object.fromEntries(
      Object.entries(others).map(([who, theirs]) => [`of ${who}`, round(quotientOf(theirs, ours!))]),
    ),
  };
}

export async function evaluation(): Promise<Table> {
  const rows: Row[] = [];
  for (const each of CASES) rows.push(await rowOf(each));
  return {
    id: 'evaluation',
    title: 'One decision',
    about: 'Nanoseconds, median of seven rounds. Speed beside the others: 2.0 x is twice as fast.',
    unit: 'ns',
    rows,
  };
}
