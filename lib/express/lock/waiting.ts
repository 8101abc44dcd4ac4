import { lockTimeout } from '../../locks/errors.js';
import { requestAborted } from '../request-aborted.js';
import type { Exchange } from '../exchange.js';

/** The wait of a request for a lock. It is over when the time is up, when the client leaves, or when `end` is called. */
export class Waiting {
  readonly #controller: AbortController = new AbortController();
  readonly #res: Exchange['res'];
  readonly #timer: NodeJS.Timeout;
  readonly #leave: () => void;
  readonly #onGivingUp: (reason: Error) => void;

  /** @param onGivingUp told why, if the wait was in vain, whatever the lock does then */
  constructor({ req, res }: Exchange, key: string, limit: number, onGivingUp: (reason: Error) => void) {
    this.#res = res;
    this.#onGivingUp = onGivingUp;
    this.#timer = setTimeout(() => this.#giveUp(lockTimeout(key)), limit);
    this.#leave = () => this.#giveUp(requestAborted(req));
    res.once('close', this.#leave);
  }

  /** Aborted when the wait was in vain. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#res.off('close', this.#leave);
  }

  #giveUp(reason: Error): void {
    this.end();
    this.#controller.abort(reason);
    this.#onGivingUp(reason);
  }
}
