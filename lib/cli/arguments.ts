import { parseArgs } from 'node:util';
import { closest } from './closest.js';
import { messageOf } from './message-of.js';
import { misused } from './usage-error.js';

const OPTIONS = {
  header: { type: 'string', short: 'H', multiple: true },
  write: { type: 'string' },
  absent: { type: 'string' },
  timeout: { type: 'string' },
  features: { type: 'string', multiple: true },
  only: { type: 'string', multiple: true },
  skip: { type: 'string', multiple: true },
  level: { type: 'string' },
  list: { type: 'boolean' },
  json: { type: 'boolean' },
  junit: { type: 'string' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Parsed = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>;

/** What was given, by the names of the options; nothing of it is checked but that these exist. */
export type Values = Parsed['values'];

export interface Arguments {
  readonly values: Values;
  readonly positionals: readonly string[];
}

/** @throws {UsageError} for an option that does not exist, or has no value where it needs one */
export function parseArguments(argv: readonly string[]): Arguments {
  refuseUnknown(argv);
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Of several lines, and without a full stop. It names options, never their values.
    throw misused(messageOf(error).replaceAll('\n', ' ').replace(/\.?$/, '.'));
  }
}

function refuseUnknown(argv: readonly string[]): void {
  const { tokens } = parseArgs({ args: [...argv], options: OPTIONS, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || token.name in OPTIONS) continue;
    const likely = closest(token.name, Object.keys(OPTIONS));
    const hint = likely === undefined ? '' : ` Did you mean --${likely}?`;
    throw misused(`There is no option ${token.rawName}.${hint}`);
  }
}
