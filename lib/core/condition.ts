import type { Condition, FalseReason } from './types.js';

/** The field is absent, or has to be ignored. */
export const NONE: Condition = { result: 'none', guard: undefined, reason: undefined };

/** True, and holds as long as the representation stays the one that was evaluated. */
export const TRUE_FOR_VERSION: Condition = { result: 'true', guard: 'version', reason: undefined };

/** True, and holds as long as there is some representation. */
export const TRUE_WHILE_EXISTING: Condition = { result: 'true', guard: 'exists', reason: undefined };

/** True, and holds as long as there is no representation. */
export const TRUE_WHILE_ABSENT: Condition = { result: 'true', guard: 'absent', reason: undefined };

const FALSE: { [Reason in FalseReason]?: Condition } = {};

/** The same object for the same reason: evaluating costs no memory. */
export function falseBecause(reason: FalseReason): Condition {
  return (FALSE[reason] ??= { result: 'false', guard: undefined, reason });
}
