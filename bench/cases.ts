// The requests that are compared, and who takes part.
import etag from 'etag';
import { contentOf, TAG } from './contestants.js';
import type { Contestant, Size } from './contestants.js';
import { round } from './report.js';
import { quotientOf } from './stats.js';
import type { Measured } from './stats.js';

export interface Case {
  readonly name: string;
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly status: number;
  /** The conditional field; `undefined` for a request without one. */
  readonly condition: (contestant: Contestant, size: Size) => Readonly<Record<string, string>>;
  /** The first one is what the others are compared with. */
  readonly contestants: readonly Contestant[];
}

const WITH_CONDITIONS = ['by hand', 'http-preconditions', 'express-preconditions'] as const;

export const CONDITIONAL: readonly Case[] = [
  {
    name: '304',
    method: 'GET',
    status: 304,
    condition: (contestant, size) => ({ 'if-none-match': tagOf(contestant, size) }),
    contestants: [...WITH_CONDITIONS, 'Express itself'],
  },
  {
    name: '200, changed',
    method: 'GET',
    status: 200,
    condition: () => ({ 'if-none-match': '"v0"' }),
    contestants: [...WITH_CONDITIONS, 'Express itself'],
  },
  {
    name: '412',
    method: 'PUT',
    status: 412,
    condition: () => ({ 'if-match': '"v0"' }),
    contestants: WITH_CONDITIONS,
  },
  {
    name: '204, written',
    method: 'PUT',
    status: 204,
    condition: () => ({ 'if-match': TAG }),
    contestants: WITH_CONDITIONS,
  },
];

/** A 412 whose request is like that of a 304: it has no content, which would have to be received. */
const REFUSED_DELETION: Case = {
  name: '412, without content',
  method: 'DELETE',
  status: 412,
  condition: () => ({ 'if-match': '"v0"' }),
  contestants: WITH_CONDITIONS,
};

const UNCONDITIONAL: readonly Case[] = [
  {
    name: 'GET, no condition',
    method: 'GET',
    status: 200,
    condition: () => ({}),
    contestants: ['no middleware', 'http-preconditions', 'http-preconditions, asynchronous'],
  },
  {
    name: 'PUT, no condition',
    method: 'PUT',
    status: 204,
    condition: () => ({}),
    contestants: ['no middleware', 'http-preconditions'],
  },
];

export const CASES: readonly Case[] = [...UNCONDITIONAL, ...CONDITIONAL, REFUSED_DELETION];

/** How many times as fast as each of the others. */
export function ratiosOf(
  figures: Readonly<Record<string, Measured>>,
  kind: 'times' | 'rates',
): Record<string, number> {
  const ours = figures['http-preconditions']!;
  const others = Object.entries(figures).filter(([who]) => !who.startsWith('http-preconditions'));
  const ratio = (theirs: Measured): number =>
    round(kind === 'times' ? quotientOf(theirs, ours) : quotientOf(ours, theirs));
  return Object.fromEntries(others.map(([who, theirs]) => [`of ${who}`, ratio(theirs)]));
}

/** That of Express itself is a hash of the body. */
function tagOf(contestant: Contestant, size: Size): string {
  return contestant === 'Express itself' ? etag(JSON.stringify(contentOf(size)), { weak: true }) : TAG;
}

export function fieldsOf(each: Case, contestant: Contestant, size: Size): Record<string, string> {
  return { host: 'localhost', accept: '*/*', ...each.condition(contestant, size) };
}
