import { describeValue, HttpPreconditionsError } from '../errors.js';

/** Nothing was written, and trying again soon may help. */
const TRY_AGAIN = { status: 503, headers: { 'Retry-After': '1' } };

/** Others held the lock for as long as one was willing to wait. */
export function lockTimeout(key: string, cause?: unknown): HttpPreconditionsError {
  return new HttpPreconditionsError(
    'ERR_LOCK_TIMEOUT',
    `The lock ${JSON.stringify(key)} was held by others for the whole time that this request waits. Nothing was written.`,
    cause === undefined ? TRY_AGAIN : { ...TRY_AGAIN, cause },
  );
}

/** The lock could not be asked for. */
export function lockFailed(key: string, cause: unknown): HttpPreconditionsError {
  return new HttpPreconditionsError(
    'ERR_LOCK_FAILED',
    `The lock ${JSON.stringify(key)} could not be taken: ${reasonOf(cause)}. Nothing was written.`,
    { ...TRY_AGAIN, cause },
  );
}

/** The lock came free before its holder had finished. */
export function lockLost(key: string, cause: unknown): HttpPreconditionsError {
  return new HttpPreconditionsError(
    'ERR_LOCK_LOST',
    `The lock ${JSON.stringify(key)} was lost while it was needed: ${reasonOf(cause)}. Whether the write was made is not known, ` +
      'and others may have written in between.',
    { ...TRY_AGAIN, cause },
  );
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message.replace(/\.$/, '') : describeValue(cause);
}
