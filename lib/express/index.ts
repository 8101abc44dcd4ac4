export { preconditions } from './preconditions.js';
export type {
  Guard,
  Precondition,
  PreconditionFor,
  PreconditionsMiddleware,
  PreconditionsOptions,
  Refusal,
  Respond,
} from './types.js';
