import { types } from 'node:util';
import type { ErrorCode } from '../errors.js';
import { describeValue, HttpPreconditionsError, isHttpPreconditionsError } from '../errors.js';

/**
 * What is handed to `next` when a function of the user fails. An error with a status of its own is meant as an answer, such
 * as the 403 of an access check, and stays what it is. Anything else is wrapped, because to Express `next(undefined)` and
 * `next('route')` mean to go on.
 *
 * @param who the function, for the message
 */
export function failure(cause: unknown, code: ErrorCode, who: string): unknown {
  try {
    if (isHttpPreconditionsError(cause) || isHttpError(cause)) return cause;
    return new HttpPreconditionsError(code, `${who} ${describeFailure(cause)}`, { cause });
  } catch {
    // Even looking at it fails: a getter that throws, a revoked proxy.
    return new HttpPreconditionsError(code, `${who} failed with something that cannot be inspected.`);
  }
}

function describeFailure(cause: unknown): string {
  return isError(cause) ? `failed: ${cause.message}` : `failed with ${describeValue(cause)}.`;
}

function isHttpError(error: unknown): boolean {
  if (!isError(error)) return false;
  const { status } = error as { status?: unknown };
  return typeof status === 'number' && status >= 400 && status <= 599;
}

/** Also an error of another realm, such as one of Node's own inside Jest. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}
