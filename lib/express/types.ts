import type { IncomingMessage } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import type { ConditionalRequest, Decision, Policy } from '../core/types.js';
import type { Lock } from '../locks/types.js';
import type { ProviderAnswer, ResourceVersion, SKIP, VersionHeaders } from '../providers/types.js';
import type { WarningOptions } from './observing/types.js';

/** Why the middleware did not let a request through; what a response to it can be built from. */
export interface Refusal {
  /** 412 (Precondition Failed), 428 (Precondition Required), or 400 under `malformed: 400`. */
  readonly status: 400 | 412 | 428;
  readonly code: 'ERR_PRECONDITION_FAILED' | 'ERR_PRECONDITION_MALFORMED' | 'ERR_PRECONDITION_REQUIRED';
  /** The reason phrase of the status. */
  readonly title: string;
  /** One or two sentences for the developer of the client. They do not contain the current entity tag. */
  readonly detail: string;
  /** The field that decided; `undefined` for 428. */
  readonly field: 'If-Match' | 'If-None-Match' | 'If-Unmodified-Since' | undefined;
  /** Why: a word of core's `FalseReason`, or `'required'` for 428. */
  readonly reason: string;
}

/**
 * Answers a refused request in the style of the API. Status, `Cache-Control: no-store` and the removal of fields meant
 * for a 200 are done; what is left is the body, or, where the change was evidently applied already, a 2xx (RFC 9110,
 * section 13.1.1). Its `next` takes errors only: a refused request is never performed, so a bare `next()` is an error as
 * well (ERR_CALLBACK_FAILED). A throw or a rejection goes the same way.
 */
export type Respond = (refusal: Refusal, req: Request, res: Response, next: NextFunction) => unknown;

/** How a lock is used; `lock: memoryLock()` alone is short for `lock: { lock: memoryLock() }`. */
export interface LockOptions {
  readonly lock: Lock;
  /**
   * Names the resource, for all its methods and URLs alike. Default: the path, decoded, in lower case and without a slash at
   * its end.
   *
   * @throws {HttpPreconditionsError} ERR_LOCK_KEY goes to `next` when it returns no text
   */
  readonly key?: ((req: Request) => string) | undefined;
  /** After so many milliseconds without the lock the request is answered 503 (ERR_LOCK_TIMEOUT). Default 5000. */
  readonly wait?: number | undefined;
  /**
   * After so many milliseconds the lock is taken away from a handler that has not answered (ERR_LOCK_LOST). It may still
   * write, and nobody keeps others out any more: make it longer than any handler takes. Default 30000.
   */
  readonly lease?: number | undefined;
  /**
   * The content of the request is awaited before the lock is taken, in memory, up to so many octets. A longer one is read by
   * the handler under the lock, and has to arrive within the lease. Default 1048576 (1 MiB).
   */
  readonly contentLimit?: number | undefined;
}

export interface PreconditionsOptions extends Policy {
  /**
   * Answers 428 (Precondition Required, RFC 6585) to requests that change state without a condition: for these methods,
   * or whenever the function says so. Reads are never concerned. A condition that has to be ignored, such as an
   * If-Unmodified-Since that is no date, is none. Default: no request.
   */
  readonly required?: readonly string[] | ((req: Request) => boolean) | undefined;
  /**
   * Together with `required`, without which it would protect nothing and is refused (ERR_OPTION): on an existing resource only an
   * If-Match that lists tags is enough. Default false.
   */
  readonly requireTag?: boolean | undefined;
  /** Writes the body of a 400, 412 or 428. Default: `application/problem+json` (RFC 9457). */
  readonly respond?: Respond | undefined;
  /** Fields for the 200 and the 304 of this route; those of a version win over them. */
  readonly headers?: VersionHeaders | undefined;
  /** Sends the current ETag on 412 and 428. It invites clients to retry without looking. Default false. */
  readonly exposeEtag?: boolean | undefined;
  /**
   * The content codings that something between this middleware and the client applies, such as `compression()`; the preferred one
   * first. Each gets a strong tag of its own (RFC 9110, section 8.8.3.3): `"v1"` is `"v1--gzip"` in gzip, which If-Match and
   * If-None-Match recognise again. Responses to reads then have `Vary: Accept-Encoding`. Default: none, and every coding is sent
   * under the same tag.
   *
   * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX goes to `next` for a tag of the provider that ends like one of a coding
   */
  readonly contentCodings?: readonly string[] | undefined;
  /**
   * Keeps check and write together, for stores that cannot compare and set, and for handlers that do not use the guard: from
   * before the provider is asked until the handler has ended its answer, no other write has the lock of the same resource.
   * Reads are not locked. The provider is asked for every write, so that `version` is what the handler may rely on. Default:
   * no lock.
   */
  readonly lock?: Lock | LockOptions | undefined;
  /** The clock, in milliseconds since the epoch, read once per request. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /**
   * Looks for misuse of the middleware, and says so by process warnings of the type `HttpPreconditionsWarning`: each once, with a code
   * that docs/error-codes.md explains. Default true. When the environment variable NODE_ENV is `production` while the middleware is
   * made, nothing is looked for, whatever this says.
   */
  readonly warnings?: boolean | WarningOptions | undefined;
}

/**
 * What a write must assert in the store for its conditions to hold at the moment of writing. A check before the handler
 * runs is advisory on its own: somebody else may write in between.
 */
export type Guard<V extends ResourceVersion> =
  /** Nothing: no condition was given. */
  | { readonly kind: 'none' }
  /** Still this version: `… WHERE id = $1 AND version = $2`. */
  | { readonly kind: 'version'; readonly version: V }
  /** Still some representation (`If-Match: *`): an UPDATE, never an INSERT. */
  | { readonly kind: 'exists' }
  /** Still none (`If-None-Match: *`): an INSERT that fails on a duplicate key. */
  | { readonly kind: 'absent' }
  /**
   * Write nothing. The resource is missing and If-Match was given, so the answer is 404 (`onMissing: 'perform'` only); a
   * responder sees it for every request that is refused.
   */
  | { readonly kind: 'never' };

/** The outcome of the preconditions of one request, for the handler. */
export interface Precondition<V extends ResourceVersion = ResourceVersion> {
  /**
   * What the provider returned. `null`: there is no current representation. `undefined`: the provider was not asked,
   * because nothing depended on it (a write without conditions).
   */
  readonly version: V | null | undefined;
  /** Whether there was a current representation; `undefined` when the provider was not asked. */
  readonly exists: boolean | undefined;
  readonly guard: Guard<V>;
  readonly decision: Decision;
  /**
   * The method and the conditional fields as they arrived. On a read they are taken out of `req.headers` once they have
   * been evaluated, so that `res.send` and `res.sendFile` do not judge them a second time.
   */
  readonly request: ConditionalRequest;
  /**
   * Aborted when the lock of this request is lost while the handler runs: its connection ended, or its lease. Others may then
   * write; give it to whatever can still be stopped. `undefined` without the option `lock`.
   */
  readonly signal: AbortSignal | undefined;
  /**
   * Announces the new version on the response to a successful write: sets ETag and Last-Modified, and removes the one
   * that the version does not have. Does nothing on DELETE, after which there is no representation to describe.
   *
   * On the response to a PUT they may be sent only if the content was stored as it came, without any transformation, so
   * that the client can go on editing what it sent (RFC 9110, section 9.3.4). On PATCH and POST they describe the new
   * representation (section 8.8; for POST with 201 that of the created resource).
   *
   * @throws {HttpPreconditionsError} ERR_RESPONSE_SENT when the header section is sent already, and the codes of an
   *   invalid version
   */
  updated(version: ResourceVersion): void;
  /**
   * Answers the 412 that the evaluation would have given, for a write that the store refused under its guard: the race
   * was lost after the check. Code that does not know the request throws a `PreconditionFailedError` instead.
   *
   * @throws {HttpPreconditionsError} ERR_NO_PRECONDITION when the request has no condition that could fail,
   *   ERR_RESPONSE_SENT when the header section is sent already
   */
  fail(): void;
}

/**
 * A symbol, because `res.locals` has every string; one of the language, because a symbol of ours would be another one in the
 * types for CommonJS, and a program that holds both would not compile.
 */
type Provision = typeof Symbol.species;

/** Carries the type of a provider's versions from the middleware to the handlers behind it; it has no value. */
interface Provided<C> {
  readonly [Symbol.species]?: { readonly precondition: C };
}

/** What handlers see: the version's type, and `undefined` where the provider may have skipped the request. */
export type PreconditionFor<A extends ProviderAnswer> =
  | Precondition<Exclude<A, null | typeof SKIP>>
  | (typeof SKIP extends A ? undefined : never);

/** The middleware: any place that takes a request handler takes it. */
export interface PreconditionsMiddleware<A extends ProviderAnswer = ProviderAnswer> {
  (
    req: IncomingMessage,
    // oxlint-disable-next-line typescript/no-explicit-any -- what Express itself says of `res.locals`
    res: Response & { locals: Record<string, any> & Provided<PreconditionFor<A>> },
    next: (error?: unknown) => void,
  ): void;
  /**
   * The precondition of a request that has passed this middleware, typed by its provider; for handlers that are declared
   * elsewhere, where `req.precondition` cannot know the type. `undefined` only when the provider skipped the request.
   *
   * @throws {HttpPreconditionsError} ERR_NOT_EVALUATED when the request has not passed this middleware
   */
  of(req: IncomingMessage): PreconditionFor<A>;
}

declare module 'express-serve-static-core' {
  // The type parameters have to be repeated as they are declared there.
  // oxlint-disable-next-line typescript/no-explicit-any
  interface Request<P, ResBody, ReqBody, ReqQuery, LocalsObj extends Record<string, any>> {
    /**
     * The outcome of the preconditions; `undefined` where no `preconditions` middleware has evaluated the request. Behind
     * one in the same call (`app.put(path, preconditions(provider), handler)`) it has the type of the provider.
     */
    readonly precondition: Provision extends keyof LocalsObj
      ? NonNullable<LocalsObj[Provision]>['precondition']
      : Precondition | undefined;
  }
}
