/** The command cannot do what it was told. The message is all that is shown. */
export class UsageError extends Error {
  override readonly name: string = 'UsageError';
}

/** What stands wrong in a command line, with the way to read on. */
export function misused(message: string): UsageError {
  return new UsageError(`${message} See http-preconditions --help.`);
}
