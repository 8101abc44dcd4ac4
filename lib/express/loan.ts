import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';
import type { HttpPreconditionsError } from '../errors.js';
import { lockLost } from '../locks/errors.js';
import type { Lock } from '../locks/types.js';
import { requestName } from './request-name.js';
import type { Exchange } from './respond.js';
import { keepFieldsOfRefusal } from './response-fields.js';

const LOANS = new WeakMap<IncomingMessage, Loan>();

/** The loan of a request that holds a lock. */
export function loanOf(req: IncomingMessage): Loan | undefined {
  return LOANS.get(req);
}

/** For a request whose answer will not be ended by anybody. */
export function endLoan(req: IncomingMessage): void {
  LOANS.get(req)?.end();
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
  readonly #controller: AbortController = new AbortController();
  #isOver = false;
  #isLossTold = false;

  constructor(exchange: Exchange, terms: Terms) {
    this.#exchange = exchange;
    this.#terms = terms;
    this.#timer = setTimeout(() => this.#expire(), terms.lease).unref();
    LOANS.set(exchange.req, this);
    this.#endWithAnswer();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  isOf(lock: Lock, key: string): boolean {
    return this.#terms.lock === lock && this.#terms.key === key;
  }

  /** The same lock, for a middleware behind the one that has taken it and will give it back. */
  borrowed(): Held {
    return { signal: this.signal, assertHeld: () => this.assertHeld(), end: () => {} };
  }

  assertHeld(): void {
    this.#isLossTold = this.signal.aborted;
    this.signal.throwIfAborted();
  }

  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    clearTimeout(this.#timer);
    LOANS.delete(this.#exchange.req);
    this.#terms.giveBack();
  }

  /** Others may have the lock from now on. The handler cannot be stopped, but its answer will be `loss`. */
  lose(loss: HttpPreconditionsError): void {
    if (this.#isOver) return;
    this.#controller.abort(loss);
    // A handler that still waits for content does not get the rest of it.
    if (!this.#exchange.req.complete) this.#exchange.req.destroy();
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

  #endWithAnswer(): void {
    const { res } = this.#exchange;
    // Node has no event for it: 'finish' stays away when the client has left.
    const end = res.end.bind(res) as (...args: unknown[]) => unknown;
    const endAndGiveBack = (...args: unknown[]): Response => {
      if (this.signal.aborted && !this.#isLossTold) {
        this.#answerLoss();
      } else {
        end(...args);
        this.end();
      }
      return res;
    };
    res.end = endAndGiveBack as Response['end'];
    // A stream that was piped into a response which is closed has stopped without ending it.
    res.on('unpipe', () => {
      if (res.closed) this.end();
    });
  }

  /** In place of an answer that would vouch for a write of which nobody knows whether it was alone. */
  #answerLoss(): void {
    const { res, next } = this.#exchange;
    this.#isLossTold = true;
    if (res.headersSent) {
      res.destroy();
      return;
    }
    keepFieldsOfRefusal(res);
    next(this.signal.reason);
  }
}
