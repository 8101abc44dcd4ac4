import type { Request } from 'express';
import { describeValue, HttpPreconditionsError, isHttpPreconditionsError } from '../../errors.js';
import { lockFailed, lockLost } from '../../locks/errors.js';
import { awaitContent } from './content.js';
import { failure } from '../failure.js';
import { lend, loanOf } from './loan.js';
import type { Held, Loan } from './loan.js';
import type { LockSettings } from './options.js';
import { requestAborted } from '../request-aborted.js';
import { requestName } from '../request-name.js';
import type { Exchange } from '../exchange.js';
import { startWaiting } from './waiting.js';

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

/** For a lock that settles without having run what it was given to the end. */
const BROKEN_CONTRACT = new Error('the lock did not keep to its contract');

function takeLock(exchange: Exchange, settings: LockSettings, key: string, run: (held: Held) => void): void {
  const { lock, wait, lease } = settings;
  const { req, res, next } = exchange;
  const outer = loanOf(req, lock, key);
  if (outer !== undefined) {
    run({ ...outer, end: () => {} });
    return;
  }
  let loan: Loan | undefined;
  let isRefused = false;
  const refuse = (error: unknown): void => {
    waiting.end();
    if (isRefused || res.writableEnded) return;
    isRefused = true;
    next(error);
  };
  const waiting = startWaiting(exchange, key, wait, refuse);
  const hold = (): Promise<void> | undefined => {
    waiting.end();
    // Too late, or somebody else has answered: there is nothing to protect.
    if (isRefused || res.writableEnded || loan !== undefined) return undefined;
    return new Promise((giveBack) => {
      loan = lend(exchange, { lock, key, lease, giveBack });
      run(loan);
    });
  };
  const fail = (cause: unknown): void => {
    if (loan?.isOver() === true) return;
    const describe = loan === undefined ? lockFailed : lockLost;
    const error = isHttpPreconditionsError(cause) ? cause : describe(key, cause);
    if (loan === undefined) refuse(error);
    else loan.lose(error);
  };
  const limits = { signal: waiting.signal, wait, lease, onLost: fail };
  // The promise also catches what a lock throws.
  new Promise((resolve) => resolve(lock.withLock(key, hold, limits))).then(() => fail(BROKEN_CONTRACT), fail);
}
