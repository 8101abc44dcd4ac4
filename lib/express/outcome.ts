import type { IncomingMessage } from 'node:http';
import type { Exchange, Owned } from './exchange.js';
import type { Precondition } from './types.js';

/** The `req.precondition` of a middleware before this one; what somebody else has put there is none. */
export function outerOf(req: IncomingMessage): (Precondition & Owned) | undefined {
  const { precondition } = req as object as { readonly precondition?: Partial<Owned> | null };
  return typeof precondition?.owner === 'symbol' ? (precondition as Precondition & Owned) : undefined;
}

/** What the middleware adds to a request: for all to see, and under a symbol of its own where that is not enough for `of`. */
interface Passed {
  precondition?: Owned;
  [owner: symbol]: Owned | undefined;
}

/**
 * Makes the outcome known to `of`, and, unless the provider skipped the request (`undefined`), as `req.precondition`. To add a property
 * to a request is dear, since Express gives each a prototype at run time: one is enough where there is one middleware.
 */
export function publish(exchange: Exchange, owner: symbol, outcome: Owned | undefined): void {
  const passed = exchange.req as object as Passed;
  const { outer } = exchange;
  if (outer !== undefined && outer.owner !== owner) passed[outer.owner] = outer;
  if (outcome === undefined) passed[owner] = undefined;
  else passed.precondition = outcome;
}

/** `undefined`: the request has not passed. Otherwise its outcome, which is `undefined` when the provider skipped it. */
export function published(req: IncomingMessage, owner: symbol): readonly [unknown] | undefined {
  const passed = req as object as Passed;
  const { precondition } = passed;
  if (precondition?.owner === owner) return [precondition];
  return owner in passed ? [passed[owner]] : undefined;
}
