import type { RequestListener } from 'node:http';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import type { RawResponse } from './raw-http.js';
import { rawRequest } from './raw-http.js';
import { withServer } from './server.js';

/** A handler that proves, by failing, that it ran. */
export const mustNotRun: RequestHandler = () => {
  throw new Error('The handler ran.');
};

/** A middleware that sets fields, as those for CORS, caching or languages do. */
export function setting(fields: Readonly<Record<string, string | string[]>>): RequestHandler {
  return (_req, res, next) => {
    res.set(fields);
    next();
  };
}

/** Collects what reaches the error handler of the app; mount it last. The response is a plain 500 or the error's status. */
export function recordErrors(app: Express): unknown[] {
  const errors: unknown[] = [];
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    errors.push(error);
    if (res.headersSent) next(error);
    else res.status((error as { status?: number }).status ?? 500).end();
  });
  return errors;
}

/** One request to an app of its own. */
export async function ask(
  listener: RequestListener,
  lines: readonly string[],
  body?: string | Buffer,
): Promise<RawResponse> {
  return withServer(listener, (port) => rawRequest(port, lines, body));
}

/** A function that throws anything, also `undefined` and `'route'`, which mean "go on" to Express. */
export function throwing(value: unknown): () => never {
  return () => {
    // oxlint-disable-next-line typescript/only-throw-error -- that is the point
    throw value;
  };
}

/** What is no promise but has a `then`, as the queries of database libraries do. */
export function thenable<T>(
  then: (resolve: (value: T) => void, reject: (error: Error) => void) => void,
): PromiseLike<T> {
  // oxlint-disable-next-line unicorn/no-thenable -- that is the point
  return { then } as PromiseLike<T>;
}
