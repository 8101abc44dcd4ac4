/** What the server reads from the environment, checked before anything is opened. */
import type { Tokens } from './authentication.js';

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly databaseFile: string;
  readonly tokens: Tokens;
  /** Whether the tokens are those that anybody can read in this file. */
  readonly isDemo: boolean;
  readonly requireConditions: boolean;
}

const DEMO_TOKENS: Tokens = new Map([['demo-token', 'ada@example.test']]);

export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = (name: string): string | undefined => environment[name] || undefined;
  const tokens = given('CALENDAR_TOKENS');
  return {
    port: readPort(given('PORT') ?? '3000'),
    host: given('HOST') ?? '127.0.0.1',
    databaseFile: given('DATABASE_FILE') ?? 'calendar.db',
    tokens: tokens === undefined ? DEMO_TOKENS : readTokens(tokens),
    isDemo: tokens === undefined,
    requireConditions: given('REQUIRE_CONDITIONS') === '1',
  };
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/u.test(text) && port <= 65535) return port;
  throw new Error(`Expected PORT to be a number from 0 to 65535, got ${JSON.stringify(text)}.`);
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
