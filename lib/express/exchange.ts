import type { NextFunction, Request, Response } from 'express';

/** One request on its way through the middleware. */
export interface Exchange {
  readonly req: Request;
  readonly res: Response;
  readonly next: NextFunction;
}
