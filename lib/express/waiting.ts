import { lockTimeout } from '../locks/errors.js';
import { requestAborted } from './request-aborted.js';
import type { Exchange } from './respond.js';

/** The wait of a request for a lock. It is over when the time is up, when the client leaves, or when `end` is called. */
export class Waiting {
  readonly #controller: AbortController = new AbortController();
  readonly #res: Exchange['res'];
  readonly #timer: NodeJS.Timeout;
  readonly #leave: () => void;

  constructor({ req, res }: Exchange, key: string, limit: number) {
    this.#res = res;
    this.#timer = setTimeout(() => this.#abort(lockTimeout(key)), limit);
    this.#leave = () => this.#abort(requestAborted(req));
    res.once('close', this.#leave);
  }

  /** Aborted with an error for `next`, when the wait was in vain. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#res.off('close', this.#leave);
  }

  #abort(reason: Error): void {
    this.end();
    this.#controller.abort(reason);
  }
}
