import type { IncomingMessage } from 'node:http';
import type { HttpPreconditionsError } from '../../errors.js';
import { lockLost } from '../../locks/errors.js';
import type { Lock } from '../../locks/types.js';
import { requestName } from '../request-name.js';
import type { Exchange } from '../exchange.js';
import { keepFieldsOfRefusal } from '../response-fields.js';
import { watchAnswer } from './answer.js';

/** A property costs less than an entry of a WeakMap, which every garbage collection has to look at. */
const LOANS = Symbol('http-preconditions.loans');

/** What the middleware of one request have taken, the first one first. */
interface Borrower {
  [LOANS]?: Loan[] | undefined;
}

/** The loan by which a request holds this very lock already. */
export function loanOf(req: IncomingMessage, lock: Lock, key: string): Loan | undefined {
  const isThis = ({ isOver, terms }: Loan): boolean => !isOver() && terms.lock === lock && terms.key === key;
  return (req as Borrower)[LOANS]?.find(isThis);
}

/** Whether a request has held a lock, be it of a middleware before this one. */
export function hasLoan(req: IncomingMessage): boolean {
  return (req as Borrower)[LOANS] !== undefined;
}

/** For a request whose answer will not be ended by anybody. */
export function endLoans(req: IncomingMessage): void {
  (req as Borrower)[LOANS]?.forEach(({ end }) => end());
}

/** A lock as the middleware sees it. */
export interface Held {
  /** Aborted when the lock is lost while it is needed. */
  readonly signal: () => AbortSignal;
  /** @throws {HttpPreconditionsError} ERR_LOCK_LOST, if the lock has been lost */
  readonly assertHeld: () => void;
  /** Gives the lock back, the first time. */
  readonly end: () => void;
}

interface Terms {
  readonly lock: Lock;
  readonly key: string;
  /** In milliseconds. */
  readonly lease: number;
  readonly giveBack: () => void;
}

/**
 * The lock that one request holds, from before its version is read until the handler has ended the answer. A client that hangs
 * up does not end it, since the handler may still be writing; the lease does.
 */
export interface Loan extends Held {
  readonly terms: Terms;
  readonly isOver: () => boolean;
  /** Others may have the lock from now on. The handler cannot be stopped, but nobody will be told of a success. */
  readonly lose: (loss: HttpPreconditionsError) => void;
}

export function lend({ req, res, next }: Exchange, terms: Terms): Loan {
  let isOver = false;
  let loss: HttpPreconditionsError | undefined;
  /** Made when somebody wants the signal: it costs more than all the rest. */
  let controller: AbortController | undefined;
  const loan: Loan = {
    terms,
    isOver: () => isOver,
    signal() {
      controller ??= new AbortController();
      if (loss !== undefined) controller.abort(loss);
      return controller.signal;
    },
    assertHeld() {
      if (loss !== undefined) throw loss;
    },
    end() {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      terms.giveBack();
    },
    lose(reason) {
      if (isOver) return;
      loss = reason;
      controller?.abort(reason);
      // A handler that still waits for content does not get the rest of it.
      if (!req.complete) req.destroy();
      if (res.headersSent) res.destroy();
      loan.end();
    },
  };
  const timer = setTimeout(() => loan.lose(leaseExpired(req, terms)), terms.lease).unref();
  watchAnswer(res, {
    isRefused: (status) => loss !== undefined && status < 400,
    // An answer would vouch for a write of which nobody knows whether it was alone.
    answerInstead() {
      if (res.headersSent) return;
      keepFieldsOfRefusal(res);
      next(loss);
    },
    onEnd: loan.end,
  });
  ((req as Borrower)[LOANS] ??= []).push(loan);
  return loan;
}

/** The handler may never answer, and then nobody else would hear of it. */
function leaseExpired(req: IncomingMessage, { key, lease }: Terms): HttpPreconditionsError {
  const held = new Error(`${requestName(req)} has held it for its lease of ${lease} ms`);
  const loss = lockLost(key, held);
  process.emitWarning(loss.message, { type: 'HttpPreconditionsWarning', code: loss.code });
  return loss;
}
