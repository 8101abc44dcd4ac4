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

/** The decision for a request whose preconditions, if any, are not evaluated. */
export function performUnevaluated(
  reason: 'no-condition' | 'absent' | 'method',
  guard: 'none' | 'never',
): Perform {
  return { outcome: 'perform', status: undefined, field: undefined, reason, step: 0, guard, range: 'apply' };
}

/** The conditions of one request, none of which but If-Range is false. */
export interface PassedConditions {
  readonly ifMatch: Condition;
  readonly ifUnmodifiedSince: Condition;
  readonly ifNoneMatch: Condition;
  readonly ifModifiedSince: Condition;
  readonly ifRange: Condition;
}

/** The decision of steps 5 and 6. */
export function perform(conditions: PassedConditions): Perform {
  const { ifRange } = conditions;
  const guard = guardKind(conditions);
  if (ifRange.result === 'false') {
    const { reason } = ifRange;
    return {
      outcome: 'perform',
      status: undefined,
      field: 'If-Range',
      reason,
      step: 5,
      guard,
      range: 'ignore',
    };
  }
  const field = lastTrueField(conditions);
  const reason = field === undefined ? 'no-condition' : 'passed';
  const step = field === 'If-Range' ? 5 : 6;
  return { outcome: 'perform', status: undefined, field, reason, step, guard, range: 'apply' };
}

/**
 * If-None-Match decides when it is present: true, it asks for this very version or for absence, which is never less
 * than what a true If-Match asks for beside it. If-Match and If-Unmodified-Since are never both evaluated.
 */
function guardKind({ ifNoneMatch, ifMatch, ifUnmodifiedSince }: PassedConditions): GuardKind {
  if (isTrue(ifNoneMatch)) return ifNoneMatch.guard;
  if (isTrue(ifMatch)) return ifMatch.guard;
  return isTrue(ifUnmodifiedSince) ? ifUnmodifiedSince.guard : 'none';
}

function lastTrueField(conditions: PassedConditions): ConditionField | undefined {
  if (isTrue(conditions.ifRange)) return 'If-Range';
  if (isTrue(conditions.ifModifiedSince)) return 'If-Modified-Since';
  if (isTrue(conditions.ifNoneMatch)) return 'If-None-Match';
  if (isTrue(conditions.ifUnmodifiedSince)) return 'If-Unmodified-Since';
  return isTrue(conditions.ifMatch) ? 'If-Match' : undefined;
}

function isTrue(condition: Condition): condition is Extract<Condition, { result: 'true' }> {
  return condition.result === 'true';
}

/** The decision of steps 3 and 4 for a read. */
export function notModified(
  field: NotModified['field'],
  reason: FalseReason,
  step: NotModified['step'],
): NotModified {
  return { outcome: 'not-modified', status: 304, field, reason, step };
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
