/**
 * HTTP preconditions for Express (RFC 9110, section 13).
 *
 * `preconditions(provider)` is the middleware; `strong`, `weak` and the `from…` functions say which version a resource
 * has; the evaluator alone is `http-preconditions/core`.
 */
export { preconditions } from './express/index.js';
export type {
  Guard,
  Precondition,
  PreconditionFor,
  PreconditionsMiddleware,
  PreconditionsOptions,
  Refusal,
  Respond,
} from './express/index.js';

export {
  firstOf,
  fromBody,
  fromMembers,
  fromStat,
  fromTimestamp,
  fromVersion,
  SKIP,
  strong,
  weak,
  when,
} from './providers/index.js';
export type {
  FromBodyOptions,
  FromTimestampOptions,
  Load,
  Loaded,
  LoadedStats,
  Member,
  ProviderAnswer,
  Resource,
  ResourceProvider,
  ResourceVersion,
  Version,
  VersionHeaders,
  VersionOf,
  VersionProvider,
} from './providers/index.js';

export { HttpPreconditionsError, isHttpPreconditionsError } from './errors.js';
export type { ErrorCode } from './errors.js';

export type {
  ConditionalRequest,
  Decision,
  EntityTag,
  StrongEntityTag,
  Validators,
  WeakEntityTag,
} from './core/index.js';
