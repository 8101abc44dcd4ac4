import { parseArguments } from './arguments.js';
import { check } from './check.js';
import { HELP } from './help.js';
import type { Io } from './io.js';
import { checkOptions } from './options.js';
import { misused, UsageError } from './usage-error.js';
import { VERSION } from './version.js';

const CANNOT = 2;

/** The command: takes what stands behind its name, and gives the exit status. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await perform(argv, io);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    io.stderr.write(`http-preconditions: ${error.message}\n`);
    return CANNOT;
  }
}

async function perform(argv: readonly string[], io: Io): Promise<number> {
  const { values, positionals } = parseArguments(argv);
  const [command, ...operands] = positionals;
  if (values.help === true || command === 'help') return print(io, HELP);
  if (values.version === true) return print(io, `${VERSION}\n`);
  if (command !== 'check') throw misused(whichCommand(command));
  return check(checkOptions(values, operands), io);
}

function whichCommand(given: string | undefined): string {
  if (given === undefined) return 'Expected a command: http-preconditions check URL.';
  if (/^https?:/i.test(given)) return 'Expected the command before the URL: http-preconditions check URL.';
  return 'Expected the command check, got another.';
}

function print({ stdout }: Io, text: string): number {
  stdout.write(text);
  return 0;
}
