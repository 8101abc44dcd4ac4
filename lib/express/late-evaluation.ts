import type { Request } from 'express';
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
 * On a write nothing is taken out: nobody evaluates there but handlers, which may want to see their fields.
 */
export function preventLateEvaluation(req: Request, decision: Perform): void {
  for (const name of CONDITIONAL_FIELDS) {
    if (req.headers[name] !== undefined) delete req.headers[name];
  }
  // To HEAD a Range means nothing (section 14.2), but `send` would answer it 206.
  if (decision.range === 'ignore' || req.method === 'HEAD') delete req.headers.range;
}
