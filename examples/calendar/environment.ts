/** What the server reads from the environment and from its command line, checked before anything is opened. */
import { parseArgs } from 'node:util';
import type { Tokens } from './authentication.js';

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseFile: string;
  /** A Postgres database, in place of the file. It may hold a password: no message quotes it. */
  readonly databaseUrl: string | undefined;
  /** A part of all tags and tokens, see CalendarStore. */
  readonly epoch: string;
  readonly workers: number;
  readonly tokens: Tokens;
  /** Whether the tokens are those that anybody can read in this file. */
  readonly isDemo: boolean;
  readonly requireConditions: boolean;
}

const DEMO_TOKENS: Tokens = new Map([['demo-token', 'ada@example.test']]);
const MOST_WORKERS = 64;

/** `args` are those behind the name of the program: `--workers 4`. */
export function readEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  args: readonly string[] = [],
): Settings {
  const given = (name: string): string | undefined => environment[name] || undefined;
  const { values: flags } = parseArgs({ args: [...args], options: { workers: { type: 'string' } } });
  const tokens = given('CALENDAR_TOKENS');
  const databaseUrl = readDatabaseUrl(given('DATABASE_URL'));
  const databaseFile = given('DATABASE_FILE') ?? 'calendar.db';
  const workers =
    flags.workers === undefined
      ? readNumber('WORKERS', given('WORKERS') ?? '1', 1, MOST_WORKERS)
      : readNumber('--workers', flags.workers, 1, MOST_WORKERS);
  if (workers > 1 && databaseUrl === undefined && databaseFile === ':memory:')
    throw new Error('Expected a DATABASE_FILE or a DATABASE_URL for several workers: they share no memory.');
  return {
    port: readNumber('PORT', given('PORT') ?? '3000', 0, 65535),
    host: given('HOST') ?? '127.0.0.1',
    databaseFile,
    databaseUrl,
    epoch: readEpoch(given('CALENDAR_EPOCH') ?? ''),
    workers,
    tokens: tokens === undefined ? DEMO_TOKENS : readTokens(tokens),
    isDemo: tokens === undefined,
    requireConditions: given('REQUIRE_CONDITIONS') === '1',
  };
}

function readNumber(name: string, text: string, least: number, most: number): number {
  const number = Number(text);
  if (/^\d+$/u.test(text) && number >= least && number <= most) return number;
  throw new Error(`Expected ${name} to be a number from ${least} to ${most}, got ${JSON.stringify(text)}.`);
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (text === undefined || /^postgres(ql)?:\/\//u.test(text)) return text;
  throw new Error('Expected DATABASE_URL to be postgres://user:password@host:port/database.');
}

function readEpoch(text: string): string {
  if (/^[\w.:+-]{0,64}$/u.test(text)) return text;
  throw new Error(
    `Expected CALENDAR_EPOCH to be up to 64 letters, digits and characters of "_.:+-", got ${JSON.stringify(text)}.`,
  );
}

/** `token=user,token=user`; several tokens may stand for one user. The value is secret, so no message quotes it. */
function readTokens(text: string): Tokens {
  const pairs = text.split(',').map((pair) => /^\s*([^\s=,]+)=([^\s=,@]+@[^\s=,@]+)\s*$/u.exec(pair));
  return new Map(
    pairs.map((pair, index) => {
      const [, token, user] = pair ?? [];
      if (token !== undefined && user !== undefined) return [token, user];
      throw new Error(
        `Expected CALENDAR_TOKENS to be a list of token=user@domain, separated by commas; see no. ${index + 1}.`,
      );
    }),
  );
}
