import type { NextFunction, Request, Response } from 'express';
import type { Precondition } from './types.js';

export interface Owned {
  /** The middleware that a `req.precondition` is from. */
  readonly owner: symbol;
}

/**
 * One request on its way through the middleware. Express gives each request and each response a prototype at run time, so that no
 * engine knows its way around in them: to look for a property once is dear enough.
 */
export interface Exchange {
  readonly req: Request;
  readonly res: Response;
  readonly next: NextFunction;
  /** The `req.precondition` of a middleware before this one. */
  readonly outer: (Precondition & Owned) | undefined;
}
