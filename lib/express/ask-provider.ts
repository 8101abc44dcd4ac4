import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import type { ProviderAnswer, VersionProvider } from '../providers/types.js';
import { isThenable } from '../settle.js';
import { failure } from './failure.js';
import { requestName } from './request-name.js';

/** Asks the provider, and calls back exactly once, at once if it answers at once. */
export function askProvider(
  provider: VersionProvider,
  req: Request,
  onAnswer: (answer: ProviderAnswer) => void,
  onFailure: (error: unknown) => void,
): void {
  const fail = (cause: unknown): void => onFailure(providerFailure(cause, req));
  let known: ProviderAnswer;
  try {
    const answer = provider(req as Request<Record<string, string>>);
    if (isThenable(answer)) {
      Promise.resolve(answer).then(onAnswer, fail);
      return;
    }
    known = answer;
  } catch (error) {
    fail(error);
    return;
  }
  onAnswer(known);
}

/** What is handed to `next` when the provider, or a getter of what it returned, fails. */
export function providerFailure(cause: unknown, req: IncomingMessage): unknown {
  return failure(cause, 'ERR_PROVIDER_FAILED', providerName(req));
}

/** How error messages call the provider. */
export function providerName(req: IncomingMessage): string {
  return `The version provider of ${requestName(req)}`;
}
