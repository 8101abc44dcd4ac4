/** When a client leaves, and what becomes of its request: what has run by then, runs on; nothing else is begun for a write. */

/** Where the request is held until its client has left. */
export type Place = 'provider' | 'between' | 'handler';

export interface Outcome {
  /** What was reached, in this order. */
  readonly ran: readonly ('provider' | 'between' | 'handler')[];
  /** The codes, or else the messages, of the errors that the error handler of the app has seen. */
  readonly errors: readonly string[];
}

export interface Moment {
  readonly moment: string;
  /** Nowhere: its client leaves before or after. */
  readonly heldAt?: Place;
  /** What it fails with, once its client has left. */
  readonly fails?: 'throws' | 'rejects';
  readonly GET: Outcome;
  readonly PUT: Outcome;
}

const NOTHING: Outcome = { ran: [], errors: [] };
const ALL: Outcome = { ran: ['provider', 'between', 'handler'], errors: [] };
const NOT_BEGUN: Outcome = { ran: ['provider'], errors: ['ERR_REQUEST_ABORTED'] };
const PROVIDER_FAILED: Outcome = { ran: ['provider'], errors: ['ERR_PROVIDER_FAILED'] };
const HANDLER_FAILED: Outcome = { ...ALL, errors: ['handler'] };

/** Before a request is complete, and after its answer, there is nothing that a middleware could do. */
export const BEFORE: Moment = { moment: 'before its header section is complete', GET: NOTHING, PUT: NOTHING };
export const AFTER: Moment = { moment: 'after the response', GET: ALL, PUT: ALL };

export const MOMENTS: readonly Moment[] = [
  {
    moment: 'while the provider is asked, which then answers',
    heldAt: 'provider',
    // A read does no harm, and whoever comes next may profit from what its handler has put into a cache.
    GET: ALL,
    PUT: NOT_BEGUN,
  },
  {
    moment: 'while the provider is asked, which then rejects',
    heldAt: 'provider',
    fails: 'rejects',
    GET: PROVIDER_FAILED,
    PUT: PROVIDER_FAILED,
  },
  {
    moment: 'while a middleware between provider and handler is at work',
    heldAt: 'between',
    GET: ALL,
    PUT: ALL,
  },
  { moment: 'while the handler is at work, which then answers', heldAt: 'handler', GET: ALL, PUT: ALL },
  {
    moment: 'while the handler is at work, which then hands an error to next',
    heldAt: 'handler',
    fails: 'rejects',
    GET: HANDLER_FAILED,
    PUT: HANDLER_FAILED,
  },
];

/** The provider itself closes the connection, so that this is known although it answers at once. */
export const AT_ONCE: readonly Moment[] = [
  { moment: 'within the provider, which answers at once', GET: ALL, PUT: NOT_BEGUN },
  {
    moment: 'within the provider, which throws at once',
    fails: 'throws',
    GET: PROVIDER_FAILED,
    PUT: PROVIDER_FAILED,
  },
];
