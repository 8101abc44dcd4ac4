import type { Request, Response } from 'express';
import type { Decision } from '../../core/types.js';

/** What is published on the channel `http-preconditions:decision`, before the decision is carried out. */
export interface DecisionMessage {
  readonly request: Request;
  /** Not begun yet. */
  readonly response: Response;
  /**
   * The pattern of the route, such as `/events/:id`, behind the path that its router is mounted on. `undefined` where the middleware
   * runs before a route is chosen (`app.use`).
   */
  readonly route: string | undefined;
  readonly decision: Decision;
  /** What the middleware answers. `undefined`: it lets the request through to the handler. */
  readonly status: 304 | 400 | 412 | 428 | undefined;
  /**
   * How long the provider took, in milliseconds. `undefined` when it was not asked, when it had been asked before somebody began to
   * listen, and for a lost race.
   */
  readonly providerDuration: number | undefined;
  /** True: the handler refuses a request that was let through before, since somebody else was faster (`fail()`). */
  readonly lostRace: boolean;
}

/** Every warning; each has an entry in docs/error-codes.md. */
export type WarningCode =
  | 'WARN_ABSENT_ANSWERED'
  | 'WARN_BEFORE_AUTHENTICATION'
  | 'WARN_CODED_STRONG_TAG'
  | 'WARN_ETAG_NOT_EXPOSED'
  | 'WARN_FIELDS_NOT_ON_304'
  | 'WARN_GUARD_UNUSED'
  | 'WARN_NO_VALIDATOR'
  | 'WARN_OTHER_ETAG'
  | 'WARN_SLOW_PROVIDER'
  | 'WARN_UPDATED_UNUSED'
  | 'WARN_WEAK_TAG';

export interface WarningOptions {
  /** After so many milliseconds a provider is called slow. Default 1000. */
  readonly slowProvider?: number | undefined;
  /** Warnings that are not wanted. Default: none. */
  readonly ignore?: readonly WarningCode[] | undefined;
}
