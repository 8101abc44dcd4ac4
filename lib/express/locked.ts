import type { Request } from 'express';
import { describeValue, HttpPreconditionsError, isHttpPreconditionsError } from '../errors.js';
import { lockFailed, lockLost } from '../locks/errors.js';
import { awaitContent } from './content.js';
import { failure } from './failure.js';
import { Loan, loanOf } from './loan.js';
import type { Held } from './loan.js';
import type { LockSettings } from './lock-options.js';
import { requestAborted } from './request-aborted.js';
import { requestName } from './request-name.js';
import type { Exchange } from './respond.js';
import { Waiting } from './waiting.js';

/**
 * Runs the rest of a write under the lock of its resource. The content is awaited first: a client that sends it slowly does not
 * hold the lock meanwhile, and the version is read when the handler can begin.
 *
 * What goes wrong before `run` is called goes to `next`, and nothing is written.
 */
export function runLocked(exchange: Exchange, settings: LockSettings, run: (held: Held) => void): void {
  const { req, next } = exchange;
  let key: string;
  try {
    key = readKey(req, settings);
  } catch (error) {
    next(failure(error, 'ERR_CALLBACK_FAILED', 'The option `lock.key`'));
    return;
  }
  awaitContent(
    req,
    settings.contentLimit,
    () => takeLock(exchange, settings, key, run),
    () => next(requestAborted(req)),
  );
}

function readKey(req: Request, { key: keyOf }: LockSettings): string {
  const key: unknown = keyOf(req);
  if (typeof key === 'string' && key !== '') return key;
  throw new HttpPreconditionsError(
    'ERR_LOCK_KEY',
    `The option \`lock.key\` returned ${describeValue(key)} for ${requestName(req)}. Expected a text that names the resource, ` +
      'the same for all its methods and URLs.',
  );
}

function takeLock(exchange: Exchange, settings: LockSettings, key: string, run: (held: Held) => void): void {
  const { lock, wait, lease } = settings;
  const { req, res, next } = exchange;
  const outer = loanOf(req);
  if (outer?.isOf(lock, key) === true) {
    run(outer.borrowed());
    return;
  }
  const waiting = new Waiting(exchange, key, wait);
  let loan: Loan | undefined;
  const hold = (): Promise<void> | undefined => {
    waiting.end();
    // Too late, or somebody else has answered: there is nothing to protect.
    if (waiting.signal.aborted || res.writableEnded || loan !== undefined) return undefined;
    return new Promise((giveBack) => {
      loan = new Loan(exchange, { lock, key, lease, giveBack });
      run(loan);
    });
  };
  // Called also when all went well, which a loan that is over takes no notice of.
  const over = (cause: unknown): void => {
    waiting.end();
    if (loan !== undefined) loan.lose(isHttpPreconditionsError(cause) ? cause : lockLost(key, cause));
    else if (waiting.signal.aborted) next(waiting.signal.reason);
    else if (!res.writableEnded) next(isHttpPreconditionsError(cause) ? cause : lockFailed(key, cause));
  };
  const limits = { signal: waiting.signal, wait, lease, onLost: over };
  // The promise also catches what a lock throws.
  new Promise((resolve) => resolve(lock.withLock(key, hold, limits))).then(
    () => over(new Error('the lock did not keep to its contract')),
    over,
  );
}
