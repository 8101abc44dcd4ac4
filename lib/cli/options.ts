import type { Feature, Level } from '../testing/index.js';
import type { Values } from './arguments.js';
import { closest } from './closest.js';
import { type Fields, parseFields } from './fields.js';
import { misused } from './usage-error.js';

/** What `check` is to do. */
export interface CheckOptions {
  readonly url: URL;
  /** Of every request. */
  readonly fields: Fields;
  readonly timeout: number | undefined;
  /** A path where there is nothing. */
  readonly absent: string | undefined;
  /** The file that says how to write. */
  readonly write: string | undefined;
  /** What the API claims; `undefined`: everything. */
  readonly features: readonly Feature[] | undefined;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  /** The weakest level at which a failure counts. */
  readonly level: Level;
  /** Names the cases instead of running them. */
  readonly list: boolean;
  readonly json: boolean;
  readonly junit: string | undefined;
  /** `undefined`: as the terminal and the environment say. */
  readonly color: false | undefined;
}

/** @throws {UsageError} for a value that an option cannot have */
export function checkOptions(values: Values, operands: readonly string[]): CheckOptions {
  return {
    url: parseUrl(operands),
    fields: parseFields(values.header ?? []),
    timeout: values.timeout === undefined ? undefined : parseTimeout(values.timeout),
    absent: values.absent === undefined ? undefined : parsePath(values.absent),
    write: values.write,
    features: values.features?.flatMap((list) => list.split(',')).map(parseFeature),
    only: values.only ?? [],
    skip: values.skip ?? [],
    level: values.level === undefined ? 'should' : parseLevel(values.level),
    list: values.list ?? false,
    json: values.json ?? false,
    junit: values.junit,
    color: values['no-color'] === true ? false : undefined,
  };
}

/** Only what cannot be a secret is quoted: a field without quotes falls into pieces, which come here. */
function parseUrl(operands: readonly string[]): URL {
  const [given, ...others] = operands;
  if (given === undefined) throw misused('Expected the URL of a resource behind check, got none.');
  if (others.length > 0)
    throw misused(
      `Expected one URL behind check, got ${operands.length} words: put a value with spaces in quotes.`,
    );
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw misused(
      'Expected a URL that begins with http:// or https://, such as http://127.0.0.1:3000/notes/1.',
    );
  if (url.username !== '' || url.password !== '')
    throw misused(
      "Expected a URL without a user's name and password: give them with -H 'Authorization: Basic …'.",
    );
  url.hash = '';
  return url;
}

function parseTimeout(given: string): number {
  const milliseconds = Number(given);
  if (Number.isSafeInteger(milliseconds) && milliseconds > 0 && milliseconds < 2 ** 31) return milliseconds;
  throw misused(
    `Expected a number of milliseconds for --timeout, such as 5000, got ${JSON.stringify(given)}.`,
  );
}

function parsePath(given: string): string {
  if (/^\/(?!\/)/.test(given)) return given;
  throw misused(`Expected a path for --absent, such as /notes/none, got ${JSON.stringify(given)}.`);
}

const LEVELS: readonly string[] = ['must', 'should', 'may'] satisfies Level[];

function parseLevel(given: string): Level {
  if (LEVELS.includes(given)) return given as Level;
  throw misused(`Expected must, should or may for --level, got ${JSON.stringify(given)}.`);
}

/** An object, so that the compiler misses a new one. */
const FEATURES: Readonly<Record<Feature, true>> = {
  'If-None-Match': true,
  'If-Modified-Since': true,
  'If-Match': true,
  'If-Unmodified-Since': true,
  'If-Range': true,
  '304': true,
  '412': true,
  '428': true,
  'atomic writes': true,
};

function parseFeature(given: string): Feature {
  const names = new Map(Object.keys(FEATURES).map((name) => [name.toLowerCase(), name as Feature]));
  const wanted = given.trim().toLowerCase();
  const found = names.get(wanted);
  if (found !== undefined) return found;
  const likely = names.get(closest(wanted, [...names.keys()]) ?? '');
  const hint =
    likely === undefined ? `Expected some of ${[...names.values()].join(', ')}.` : `Did you mean ${likely}?`;
  throw misused(`There is no feature ${JSON.stringify(given)}. ${hint}`);
}
