import type { ResourceVersion } from '../../../providers/types.js';
import type { Settings } from '../../options.js';
import type { EvaluatedPrecondition } from '../../precondition.js';
import type { Decided } from '../watcher.js';
import type { SharedFields } from './shared-fields.js';

/** A decision, and whose it is. */
export interface Considered extends Decided {
  readonly settings: Settings;
  /** How a warning calls the request. */
  readonly name: string;
}

/** A request that was let through, when its answer has been sent. */
export interface Answered extends Considered {
  readonly precondition: EvaluatedPrecondition<ResourceVersion>;
  /** What a 304 in place of this answer would have carried. */
  readonly of304: SharedFields;
  /** The same of this answer, as far as it was set behind the middleware. */
  readonly of200: SharedFields;
}

/** Says what is wrong, what was to be expected and what to do; `undefined` where nothing is known to be wrong. */
export type Notice<Seen> = (seen: Seen) => string | undefined;

export function isSuccess({ exchange: { res } }: Considered): boolean {
  return res.statusCode >= 200 && res.statusCode <= 299;
}

/** Whether the answer has the content of the representation, or a part of it, or would have it but for HEAD. */
export function sendsRepresentation({ kind, exchange: { res } }: Considered): boolean {
  return kind === 'read' && (res.statusCode === 200 || res.statusCode === 206);
}
