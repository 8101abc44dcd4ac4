import type { Request } from 'express';
import { whenKnown } from '../settle.js';
import { SKIP } from './types.js';
import type { ProviderAnswer, VersionProvider } from './types.js';

/**
 * Asks providers in order and takes the first answer that is not `SKIP`; `SKIP` when there is none. A provider that
 * fails is not passed over: its error is the answer.
 */
export function firstOf<A extends ProviderAnswer, P = Record<string, string>>(
  ...providers: readonly VersionProvider<A, P>[]
): VersionProvider<A | typeof SKIP, P> {
  const ask = (req: Request<P>, index: number): A | typeof SKIP | PromiseLike<A | typeof SKIP> => {
    const provider = providers[index];
    if (provider === undefined) return SKIP;
    return whenKnown<A, A | typeof SKIP | PromiseLike<A | typeof SKIP>>(provider(req), (answer) =>
      answer === SKIP ? ask(req, index + 1) : answer,
    ) as A | typeof SKIP | PromiseLike<A | typeof SKIP>;
  };
  return (req) => ask(req, 0);
}

/**
 * A provider for some requests only: those for which the condition holds, or whose path (`req.path`) matches the regular
 * expression. For all others it has no opinion (`SKIP`).
 *
 *     app.use(preconditions(firstOf(when(/^\/events\/[^/]+$/, eventProvider), when(/^\/events$/, feedProvider))))
 */
export function when<A extends ProviderAnswer, P = Record<string, string>>(
  condition: RegExp | ((req: Request<P>) => boolean),
  provider: VersionProvider<A, P>,
): VersionProvider<A | typeof SKIP, P> {
  const holds =
    typeof condition === 'function' ? condition : (req: Request<P>) => req.path.search(condition) !== -1;
  return (req) => (holds(req) ? provider(req) : SKIP);
}
