import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NextFunction, Request, Response } from 'express';
import { describeValue, HttpPreconditionsError } from '../errors.js';
import type { ProviderAnswer, VersionProvider } from '../providers/types.js';
import { handle } from './handle.js';
import type { Mounted } from './mounted.js';
import { makeWatcher } from './observing/warnings/make-watcher.js';
import { resolveOptions } from './options.js';
import { outerOf, published } from './outcome.js';
import { requestName } from './request-name.js';
import type { PreconditionFor, PreconditionsMiddleware, PreconditionsOptions } from './types.js';

/**
 * Makes the middleware that evaluates the preconditions of a request before its handler runs (RFC 9110, section 13): it
 * asks the provider for the current version, answers 304, 412 or 428 where these are due, and lets all other requests
 * through with `req.precondition`.
 *
 *     app.put('/events/:id', authenticate, preconditions(loadEvent), express.json(), async (req, res) => { … })
 *
 * Mount it behind authentication and other checks that do not need the content, since their answers come first (section
 * 13.2.1): otherwise 304 and 412 tell anybody which version is current.
 *
 * @throws {HttpPreconditionsError} ERR_OPTION for options or a provider that cannot be used
 */
export function preconditions<A extends ProviderAnswer, P = Record<string, string>>(
  provider: VersionProvider<A, P>,
  options: PreconditionsOptions = {},
): PreconditionsMiddleware<A> {
  if (typeof provider !== 'function') {
    throw new HttpPreconditionsError(
      'ERR_OPTION',
      `preconditions() expected a version provider, a function of the request, got ${describeValue(provider)}.`,
    );
  }
  const settings = resolveOptions(options);
  const mounted: Mounted = {
    settings,
    // Which parameters a route captures is known where it is mounted, and to the author of the provider.
    provider: provider as unknown as VersionProvider,
    owner: Symbol('http-preconditions.outcome'),
    watcher: makeWatcher(settings),
  };

  function preconditionsMiddleware(req: IncomingMessage, res: ServerResponse, next: NextFunction): void {
    handle({ req: req as Request, res: res as Response, next, outer: outerOf(req) }, mounted);
  }

  function of(req: IncomingMessage): PreconditionFor<A> {
    const outcome = published(req, mounted.owner);
    if (outcome !== undefined) return outcome[0] as PreconditionFor<A>;
    throw new HttpPreconditionsError(
      'ERR_NOT_EVALUATED',
      `${requestName(req)} has not passed this preconditions middleware. Mount it before the handler.`,
    );
  }

  return Object.assign(preconditionsMiddleware, { of });
}
