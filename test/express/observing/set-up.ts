import type { Express, Request, RequestHandler, Response } from 'express';
import type { WarningCode } from '../../../lib/index.js';

/** An app, what it is asked, and what the middleware has to say of it. */
export interface SetUp {
  readonly title: string;
  /** Mounts all that the app has. It is called anew for every test. */
  readonly mount: (app: Express) => void;
  /** One after the other. */
  readonly requests: readonly { readonly lines: readonly string[]; readonly body?: string }[];
}

export interface Misuse extends SetUp {
  readonly code: WarningCode;
  /** What the message says, beside the code. */
  readonly says: readonly string[];
  /** What it must not say. */
  readonly hides?: readonly string[];
}

/** So many requests that are the same. */
export function times(
  count: number,
  lines: readonly string[],
  body?: string,
): { lines: readonly string[]; body?: string }[] {
  return Array.from({ length: count }, () => (body === undefined ? { lines } : { lines, body }));
}

export const GET: readonly string[] = ['GET /notes/7'];
export const IF_MATCH = 'If-Match: "v1"';

export function sendNote(_req: Request, res: Response): void {
  res.json({ text: 'Hello' });
}

/** A handler that uses the guard, as a write has to. */
export function underGuard(answer: (req: Request, res: Response) => void): RequestHandler {
  return (req, res) => {
    if (req.precondition!.guard.kind === 'never') res.sendStatus(404);
    else answer(req, res);
  };
}
