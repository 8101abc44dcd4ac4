import type {
  ConditionField,
  ConditionalRequest,
  Decision,
  EntityTag,
  Failed,
  FalseReason,
  GuardKind,
  NotModified,
  Perform,
  Policy,
  Validators,
} from '../../lib/core/index.js';

/** One row of the requirement table: a request, the current representation, and what has to come of them. */
export interface EvaluateCase extends Omit<ConditionalRequest, 'now'> {
  /** The requirement that the row shows. */
  readonly id: string;
  readonly title: string;
  readonly now?: number;
  readonly current: Validators | null;
  readonly policy?: Policy;
  readonly expected: Decision;
}

/** The clock of the tests, unless a test says otherwise. */
export const NOW: number = Date.UTC(2026, 10, 22, 1, 2, 3, 456);

/** The date of the requirement table, and its neighbours. */
export const T = 'Tue, 15 Nov 1994 12:45:26 GMT';
export const T_MINUS_1 = 'Tue, 15 Nov 1994 12:45:25 GMT';
export const T_PLUS_1 = 'Tue, 15 Nov 1994 12:45:27 GMT';
/** The same moment in the two obsolete forms. */
export const T_RFC850 = 'Tuesday, 15-Nov-94 12:45:26 GMT';
export const T_ASCTIME = 'Tue Nov 15 12:45:26 1994';
export const T_DATE: Date = new Date(Date.UTC(1994, 10, 15, 12, 45, 26));

export const A_RANGE = 'bytes=0-3';

/** A representation with an entity tag and, where given, a modification date. */
export function tagged(etag: EntityTag, lastModified?: string): Validators {
  return lastModified === undefined ? { etag } : { etag, ...modified(lastModified) };
}

/** A representation that is known by its modification date alone. The date is an IMF-fixdate, which Date reads rightly. */
export function modified(lastModified: string): Validators {
  return { lastModified: new Date(lastModified) };
}

/** A representation of which nothing is known but that it exists. */
export const UNTAGGED: Validators = {};

/** No current representation. */
export const ABSENT = null;

/** Every condition that counts is true, and this field's was the last of them. */
export function passed(field: Exclude<ConditionField, 'If-Range'>, guard: GuardKind): Perform {
  return { ...NOTHING_COUNTS, field, reason: 'passed', guard };
}

/** There are conditional fields, and every one of them has to be ignored. */
export const NOTHING_COUNTS: Perform = {
  outcome: 'perform',
  status: undefined,
  field: undefined,
  reason: 'no-condition',
  step: 6,
  guard: 'none',
  range: 'apply',
};

/** The preconditions, if any, are not looked at. */
export function unevaluated(
  reason: 'no-condition' | 'absent' | 'method',
  guard: GuardKind = 'none',
): Perform {
  return { ...NOTHING_COUNTS, reason, step: 0, guard };
}

/** If-Range is true: the range may be served. */
export function rangeApplied(guard: GuardKind = 'none'): Perform {
  return { ...NOTHING_COUNTS, field: 'If-Range', reason: 'passed', step: 5, guard };
}

/** If-Range is false: the whole representation has to be served. */
export function rangeIgnored(reason: FalseReason, guard: GuardKind = 'none'): Perform {
  return { ...NOTHING_COUNTS, field: 'If-Range', reason, step: 5, guard, range: 'ignore' };
}

const FAILED_AT = { 'If-Match': 1, 'If-Unmodified-Since': 2, 'If-None-Match': 3 } as const;
const NOT_MODIFIED_AT = { 'If-None-Match': 3, 'If-Modified-Since': 4 } as const;

/** 412, at the step of section 13.2.2 that belongs to the field. */
export function failed(field: Failed['field'], reason: FalseReason, status: Failed['status'] = 412): Failed {
  return { outcome: 'failed', status, field, reason, step: FAILED_AT[field] };
}

/** 304, at the step of section 13.2.2 that belongs to the field. */
export function notModified(field: NotModified['field'], reason: FalseReason): NotModified {
  return { outcome: 'not-modified', status: 304, field, reason, step: NOT_MODIFIED_AT[field] };
}
