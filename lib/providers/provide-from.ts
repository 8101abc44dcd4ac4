import type { Request } from 'express';
import { whenKnown } from '../settle.js';
import { SKIP } from './types.js';
import type { ResourceVersion } from './types.js';

/** What a loader may return: the resource, `null` when it does not exist, `SKIP` for no opinion. */
export type Loaded<T> = T | null | typeof SKIP;

/** Loads the resource that a request is for, from wherever it is kept. */
export type Load<L, P> = (req: Request<P>) => L | PromiseLike<L>;

/** A version together with the resource that it is the version of. */
export interface VersionOf<T> extends ResourceVersion {
  /** What the loader returned, so that the handler need not read it again. */
  readonly resource: T;
}

/** A provider that also tells the version of a resource at hand, for `req.precondition.updated(...)`. */
export interface ResourceProvider<L, P = Record<string, string>> {
  (req: Request<P>): Answer<L> | PromiseLike<Answer<L>>;
  /** The version of this resource, such as the row that a handler has just saved. */
  versionOf(this: void, resource: Resource<L>): VersionOf<Resource<L>>;
}

/** What is no resource. A loader that may return `undefined` or nothing is for `preconditions` to refuse. */
type NoResource = null | typeof SKIP | undefined | void;

/** The resource among the things that a loader may return. */
export type Resource<L> = Exclude<L, NoResource>;

type Answer<L> = VersionOf<Resource<L>> | Extract<L, NoResource>;

/**
 * Makes a provider from a loader and a function that reads the validators off what was loaded. `null`, `SKIP` and (so
 * that the middleware can complain about it) `undefined` pass through; a synchronous loader makes a synchronous provider.
 */
export function provideFrom<L, P>(
  load: Load<L, P>,
  validatorsOf: (resource: Resource<L>) => ResourceVersion,
): ResourceProvider<L, P> {
  const versionOf = (resource: Resource<L>): VersionOf<Resource<L>> => ({
    ...validatorsOf(resource),
    resource,
  });
  const answer = (loaded: L): Answer<L> =>
    isResource(loaded) ? versionOf(loaded) : (loaded as Extract<L, NoResource>);
  return Object.assign((req: Request<P>) => whenKnown(load(req), answer), { versionOf });
}

function isResource<L>(loaded: L): loaded is L & Resource<L> {
  return loaded !== SKIP && loaded !== null && loaded !== undefined;
}
