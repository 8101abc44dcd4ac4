import type { IncomingMessage } from 'node:http';
import { UNCONDITIONAL } from '../core/decision.js';
import type { Perform } from '../core/types.js';

const CONDITIONAL_FIELDS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
];

/**
 * Takes the evaluated fields of a read out of `req.headers`. `res.send` and `send` (behind `express.static` and
 * `res.sendFile`) would evaluate them again, more laxly, and answer 304 or 412 where the decision was to perform: for
 * dates that are none, commas inside tags, an empty If-None-Match, weak tags in If-Match. Without Range they send the
 * whole representation, as a false If-Range demands. `req.precondition.request` keeps what arrived.
 *
 * On a write the fields stay until `res.sendFile` is called, for handlers that look at them.
 */
export function preventLateEvaluation(req: IncomingMessage, method: string, decision: Perform): void {
  // Nothing is there to be taken out, but for a Range that means nothing to HEAD.
  if (decision === UNCONDITIONAL && method === 'GET') return;
  withdrawConditions(req);
  if (decision.range === 'ignore') delete req.headers.range;
}

/** Takes out all that a file server would evaluate, also a Range that means nothing to the method (section 14.2). */
export function withdrawConditions(req: IncomingMessage): void {
  const { headers, method } = req;
  for (const name of CONDITIONAL_FIELDS) {
    if (headers[name] !== undefined) delete headers[name];
  }
  if (method !== 'GET' && method !== 'QUERY') delete headers.range;
}
