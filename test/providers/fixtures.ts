import type { ErrorRequestHandler, Express, Request } from 'express';
import express5 from 'express';
import { preconditions } from '../../lib/index.js';
import type { PreconditionsOptions, ProviderAnswer, VersionProvider } from '../../lib/index.js';
import type { ExpressModule } from '../helpers/express-versions.js';

/** Parameters as a route with `:id` has them. */
export interface Params {
  readonly id: string;
}

interface Settings extends PreconditionsOptions {
  readonly express?: ExpressModule;
}

/**
 * An app whose resources are `/:id`. Its handler answers what it got as `req.precondition`: 404 when there is no current
 * representation, else 200 with what the provider returned; an error is answered with its status, code and message.
 */
export function serve<A extends ProviderAnswer, P>(
  provider: VersionProvider<A, P>,
  { express = express5, ...options }: Settings = {},
): Express {
  const app = express();
  app.all('/:id', preconditions(provider, options), (req, res) => {
    const seen = req.precondition as { version?: unknown; exists?: boolean } | undefined;
    res.status(seen?.exists === false ? 404 : 200).json({ ran: true, version: seen?.version });
  });
  app.use(answerError);
  return app;
}

// Express tells an error handler by its four parameters.
const answerError: ErrorRequestHandler = (error: Error & { status: number }, _req, res, _next) => {
  const { status, message, cause } = error;
  const { code } = error as { code?: string };
  res.status(status).json({ code, message, cause: (cause as { code?: string } | undefined)?.code });
};

/** A request as far as a provider looks at it, for asking one without an app. */
export function requestTo(path: string, id = 'a'): Request<Params> & Request<Record<string, string>> {
  return { method: 'GET', url: path, path, params: { id } } as unknown as Request<Params> &
    Request<Record<string, string>>;
}

/** Like the query of a database library: it runs each time that somebody calls `then`, and not before. */
export class LazyQuery<T> implements PromiseLike<T> {
  runs = 0;
  readonly #result: T;

  constructor(result: T) {
    this.#result = result;
  }

  // oxlint-disable-next-line unicorn/no-thenable -- a thenable is what it is
  then<R, E>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    this.runs += 1;
    return Promise.resolve(this.#result).then(onFulfilled, onRejected);
  }
}

/** An error of the file system, as Node makes them. */
export function systemError(code: string): Error & { code: string } {
  return Object.assign(new Error(`${code}: planted, stat '/secret'`), { code });
}
