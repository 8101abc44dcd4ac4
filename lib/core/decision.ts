import type {
  Condition,
  ConditionField,
  Failed,
  FalseReason,
  GuardKind,
  NotModified,
  Perform,
  Policy,
} from './types.js';

/** The decision for a request without any conditional field. */
export const UNCONDITIONAL: Perform = Object.freeze(performUnevaluated('no-condition', 'none'));

/** The decision for a request whose conditional fields have to be ignored. */
export const NONE_COUNTS: Perform = Object.freeze({ ...UNCONDITIONAL, step: 6 });

/** The decision for a request whose preconditions, if any, are not evaluated. */
export function performUnevaluated(
  reason: 'no-condition' | 'absent' | 'method',
  guard: 'none' | 'never',
  range: Perform['range'] = 'apply',
): Perform {
  return { outcome: 'perform', status: undefined, field: undefined, reason, step: 0, guard, range };
}

/** The decisions to perform the method because this field was the last that counted, and was true. */
export type Passed = Readonly<Record<GuardKind, Perform>>;

/** There are few of them, and each is made once: to evaluate a request costs no memory. */
export const PASSED: Readonly<
  Record<'ifMatch' | 'ifUnmodifiedSince' | 'ifNoneMatch' | 'ifModifiedSince' | 'ifRange', Passed>
> = {
  ifMatch: passed('If-Match', 6),
  ifUnmodifiedSince: passed('If-Unmodified-Since', 6),
  ifNoneMatch: passed('If-None-Match', 6),
  ifModifiedSince: passed('If-Modified-Since', 6),
  ifRange: passed('If-Range', 5),
};

function passed(field: ConditionField, step: 5 | 6): Passed {
  const decision = (guard: GuardKind): Perform =>
    Object.freeze({
      outcome: 'perform',
      status: undefined,
      field,
      reason: 'passed',
      step,
      guard,
      range: 'apply',
    });
  return {
    none: decision('none'),
    version: decision('version'),
    exists: decision('exists'),
    absent: decision('absent'),
    never: decision('never'),
  };
}

/** The decision so far, after a condition that brings a guard of its own if it is true. */
export function withGuard(before: Perform, condition: Condition, decisions: Passed): Perform {
  return condition.guard === undefined ? before : decisions[condition.guard];
}

/** The decision so far, after a condition that is about what is sent, and leaves the guard as it was. */
export function withoutGuard(before: Perform, condition: Condition, decisions: Passed): Perform {
  return condition.guard === undefined ? before : decisions[before.guard];
}

/** The decision of step 5 for an If-Range that is false. */
export function performWithoutRange(before: Perform, reason: FalseReason): Perform {
  return { ...before, field: 'If-Range', reason, step: 5, range: 'ignore' };
}

const NOT_MODIFIED: { [Reason in FalseReason]?: NotModified } = {};

/** The decision of steps 3 and 4 for a read. Each reason belongs to one of the two fields, so it is key enough. */
export function notModified(
  field: NotModified['field'],
  reason: FalseReason,
  step: NotModified['step'],
): NotModified {
  return (NOT_MODIFIED[reason] ??= Object.freeze<NotModified>({
    outcome: 'not-modified',
    status: 304,
    field,
    reason,
    step,
  }));
}

/** The decision of steps 1 to 3 for a condition that is false. */
export function failed(
  field: Failed['field'],
  reason: FalseReason,
  step: Failed['step'],
  policy: Policy = {},
): Failed {
  const status = reason === 'malformed' ? (policy.malformed ?? 412) : 412;
  return { outcome: 'failed', status, field, reason, step };
}
