import type { Request } from 'express';
import { whenKnown } from '../settle.js';
import { SKIP } from './types.js';
import type { ProviderAnswer, VersionProvider } from './types.js';

// oxlint-disable-next-line typescript/no-explicit-any -- providers for all kinds of route parameters go together here
type AnyProvider = VersionProvider<ProviderAnswer, any>;
type AnswerOf<F extends AnyProvider> = Awaited<ReturnType<F>>;
type ParamsOf<F extends AnyProvider> = [F] extends [(req: Request<infer P>) => unknown] ? P : never;

/**
 * Asks providers in order and takes the first answer that is not `SKIP`; `SKIP` when there is none. A provider that
 * fails is not passed over: its error is the answer.
 */
export function firstOf<F extends readonly AnyProvider[]>(
  ...providers: F
): VersionProvider<AnswerOf<F[number]> | typeof SKIP, ParamsOf<F[number]>> {
  type Answer = AnswerOf<F[number]> | typeof SKIP;
  const ask = (req: Request<ParamsOf<F[number]>>, index: number): Answer | PromiseLike<Answer> => {
    const provider = providers[index] as VersionProvider<Answer, ParamsOf<F[number]>> | undefined;
    if (provider === undefined) return SKIP;
    return whenKnown(provider(req), (answer) => (answer === SKIP ? ask(req, index + 1) : answer));
  };
  return (req) => ask(req, 0);
}

/**
 * A provider for some requests only: those for which the condition holds, or whose path (`req.path`) matches the regular
 * expression. For all others it has no opinion (`SKIP`). Paths match as Express routes them by default, in whatever case and with
 * or without a slash at the end; a function decides otherwise.
 *
 *     app.use(preconditions(firstOf(when(/^\/events\/[^/]+$/, eventProvider), when(/^\/events$/, feedProvider))))
 */
export function when<A extends ProviderAnswer, P = Record<string, string>>(
  condition: RegExp | ((req: Request<P>) => boolean),
  provider: VersionProvider<A, P>,
): VersionProvider<A | typeof SKIP, P> {
  const holds = typeof condition === 'function' ? condition : pathLike(condition);
  return (req) => (holds(req) ? provider(req) : SKIP);
}

/** A path that were missed here, and routed all the same, would be written to without a look at its conditions. */
function pathLike(form: RegExp): (req: { readonly path: string }) => boolean {
  const inAnyCase = new RegExp(form, `${form.flags.replace('i', '')}i`);
  return ({ path }) => {
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    return [path, other].some((one) => one.search(inAnyCase) !== -1);
  };
}
