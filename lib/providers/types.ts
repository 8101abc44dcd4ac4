import type { Request } from 'express';
import type { Validators } from '../core/types.js';

/**
 * What a provider returns for a request that it has no opinion on: the request passes as if the middleware were not
 * mounted. For providers of a whole app; a provider of one route has no need of it. (A write without conditions passes
 * unasked: then Express's automatic ETag is missing from its response, whatever the provider would have said.)
 */
export const SKIP: unique symbol = Symbol.for('http-preconditions.SKIP');

/** Response fields that a 304 must repeat because the 200 would carry them (RFC 9110, section 15.4.5). */
export interface VersionHeaders {
  readonly 'Cache-Control'?: string | undefined;
  readonly 'Content-Location'?: string | undefined;
  readonly Expires?: string | undefined;
  /** Added to what Vary already lists, never replacing it. */
  readonly Vary?: string | undefined;
}

/**
 * The current version of a resource: the validators of the representation that this request would get, and the fields
 * that go with it. It may carry more, such as the row it was read from: the handler gets the same object back in
 * `req.precondition.version`, so nothing is read twice.
 */
export interface ResourceVersion extends Validators {
  readonly headers?: VersionHeaders | undefined;
}

/** What a provider may answer: a version, `null` for no current representation, `SKIP` for no opinion. */
export type ProviderAnswer<V extends ResourceVersion = ResourceVersion> = V | null | typeof SKIP;

/**
 * Finds the current version of the resource that a request is for.
 *
 * `undefined` is no answer but an error, because a forgotten `return` must not switch the protection off. So are a throw
 * and a rejection: the handler does not run and `next(error)` is called. An error with a `status` of its own between
 * 400 and 599 is passed on as it is; any other becomes the `cause` of an `ERR_PROVIDER_FAILED`.
 *
 * It is asked at most once per request, and not at all when the answer cannot depend on it.
 */
export type VersionProvider<A extends ProviderAnswer = ProviderAnswer, P = Record<string, string>> = (
  req: Request<P>,
) => A | PromiseLike<A>;
