import type { IncomingMessage } from 'node:http';
import type { HttpPreconditionsError } from '../../errors.js';
import { lockLost } from '../../locks/errors.js';
import type { Lock } from '../../locks/types.js';
import { requestName } from '../request-name.js';
import type { Exchange } from '../exchange.js';
import { keepFieldsOfRefusal } from '../response-fields.js';
import { watchAnswer } from './answer.js';

/** A property costs less than an entry of a WeakMap, which every garbage collection has to look at. */
const LOAN = Symbol('http-preconditions.loan');

interface Borrower {
  [LOAN]?: Loan | undefined;
}

/** The loan by which a request holds this very lock already. */
export function loanOf(req: IncomingMessage, lock: Lock, key: string): Loan | undefined {
  return (req as Borrower)[LOAN]?.find(lock, key);
}

/** Whether a request has held a lock, be it of a middleware before this one. */
export function hasLoan(req: IncomingMessage): boolean {
  return (req as Borrower)[LOAN] !== undefined;
}

/** For a request whose answer will not be ended by anybody. */
export function endLoans(req: IncomingMessage): void {
  (req as Borrower)[LOAN]?.endAll();
}

/** A lock as the middleware sees it. */
export interface Held {
  /** Aborted when the lock is lost while it is needed. */
  readonly signal: AbortSignal;
  /** @throws {HttpPreconditionsError} ERR_LOCK_LOST, if the lock has been lost */
  assertHeld(): void;
  /** Gives the lock back, the first time. */
  end(): void;
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
export class Loan implements Held {
  readonly #exchange: Exchange;
  readonly #terms: Terms;
  readonly #timer: NodeJS.Timeout;
  /** What a middleware before this one has taken for the same request. */
  readonly #outer: Loan | undefined;
  isOver = false;
  #loss: HttpPreconditionsError | undefined;
  /** Made when somebody wants the signal: it costs more than all the rest. */
  #controller: AbortController | undefined;

  constructor(exchange: Exchange, terms: Terms) {
    this.#exchange = exchange;
    this.#terms = terms;
    this.#timer = setTimeout(() => this.#expire(), terms.lease).unref();
    const borrower = exchange.req as Borrower;
    this.#outer = borrower[LOAN];
    borrower[LOAN] = this;
    watchAnswer(exchange.res, {
      isRefused: (status) => this.#loss !== undefined && status < 400,
      answerInstead: () => this.#answerLoss(),
      onEnd: () => this.end(),
    });
  }

  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#loss !== undefined) this.#controller.abort(this.#loss);
    }
    return this.#controller.signal;
  }

  find(lock: Lock, key: string): Loan | undefined {
    const isThis = !this.isOver && this.#terms.lock === lock && this.#terms.key === key;
    return isThis ? this : this.#outer?.find(lock, key);
  }

  /** The same lock, for a middleware behind the one that has taken it and will give it back. */
  borrowed(): Held {
    const signal = (): AbortSignal => this.signal;
    return {
      get signal() {
        return signal();
      },
      assertHeld: () => this.assertHeld(),
      end: () => {},
    };
  }

  assertHeld(): void {
    if (this.#loss !== undefined) throw this.#loss;
  }

  end(): void {
    if (this.isOver) return;
    this.isOver = true;
    clearTimeout(this.#timer);
    this.#terms.giveBack();
  }

  endAll(): void {
    this.end();
    this.#outer?.endAll();
  }

  /** Others may have the lock from now on. The handler cannot be stopped, but nobody will be told of a success. */
  lose(loss: HttpPreconditionsError): void {
    if (this.isOver) return;
    const { req, res } = this.#exchange;
    this.#loss = loss;
    this.#controller?.abort(loss);
    // A handler that still waits for content does not get the rest of it.
    if (!req.complete) req.destroy();
    if (res.headersSent) res.destroy();
    this.end();
  }

  /** The handler may never answer, and then nobody else would hear of it. */
  #expire(): void {
    const { key, lease } = this.#terms;
    const loss = lockLost(
      key,
      new Error(`${requestName(this.#exchange.req)} has held it for its lease of ${lease} ms`),
    );
    process.emitWarning(loss.message, { type: 'HttpPreconditionsWarning', code: loss.code });
    this.lose(loss);
  }

  /** In place of an answer that would vouch for a write of which nobody knows whether it was alone. */
  #answerLoss(): void {
    const { res, next } = this.#exchange;
    if (res.headersSent) return;
    keepFieldsOfRefusal(res);
    next(this.#loss);
  }
}
