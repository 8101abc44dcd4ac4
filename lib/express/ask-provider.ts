import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { describeValue, HttpPreconditionsError } from '../errors.js';
import type { ProviderAnswer, VersionProvider } from '../providers/types.js';
import { isThenable } from '../settle.js';

/** Asks the provider, and calls back exactly once, at once if it answers at once. */
export function askProvider<A extends ProviderAnswer>(
  provider: VersionProvider<A>,
  req: Request,
  onAnswer: (answer: A) => void,
  onFailure: (error: unknown) => void,
): void {
  let answer: A | PromiseLike<A>;
  try {
    answer = provider(req as Request<Record<string, string>>);
  } catch (error) {
    onFailure(providerFailure(error, req));
    return;
  }
  if (isThenable(answer)) {
    Promise.resolve(answer).then(onAnswer, (error: unknown) => onFailure(providerFailure(error, req)));
  } else {
    onAnswer(answer);
  }
}

/** How error messages call the provider. The path is the client's text, so it is shown as a JSON string. */
export function providerName(req: IncomingMessage): string {
  return `The version provider of ${req.method ?? ''} ${JSON.stringify(req.url)}`;
}

/**
 * What becomes of a throw or a rejection. An error with a status of its own is meant as an answer, such as the 403 of an
 * access check. Anything else is wrapped: `throw undefined` and `throw 'route'` would mean "go on" to Express.
 */
function providerFailure(cause: unknown, req: IncomingMessage): unknown {
  if (isHttpError(cause)) return cause;
  const failure =
    cause instanceof Error ? `failed: ${cause.message}` : `failed with ${describeValue(cause)}.`;
  return new HttpPreconditionsError('ERR_PROVIDER_FAILED', `${providerName(req)} ${failure}`, { cause });
}

function isHttpError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status <= 599;
}
