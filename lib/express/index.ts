export { preconditions } from './preconditions.js';
export type { DecisionMessage, WarningCode, WarningOptions } from './observing/types.js';
export type {
  Guard,
  LockOptions,
  Precondition,
  PreconditionFor,
  PreconditionsMiddleware,
  PreconditionsOptions,
  Refusal,
  Respond,
} from './types.js';
