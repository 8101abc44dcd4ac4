/**
 * HTTP preconditions for Express (RFC 9110, section 13).
 *
 * `preconditions(provider)` is the middleware; `strong`, `weak` and the `from…` functions say which version a resource
 * has; the evaluator alone is `http-preconditions/core`.
 */
export * from './express/index.js';
export * from './locks/index.js';
export * from './providers/index.js';
export {
  HttpPreconditionsError,
  isHttpPreconditionsError,
  isPreconditionFailedError,
  PreconditionFailedError,
} from './errors.js';
export type { ErrorCode } from './errors.js';
export type {
  ConditionalRequest,
  Decision,
  EntityTag,
  StrongEntityTag,
  Validators,
  WeakEntityTag,
} from './core/index.js';
