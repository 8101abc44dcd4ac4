// What core takes and gives. Nothing here runs: see handlers.test-d.ts.
import { expectTypeOf } from 'expect-type';
import {
  evaluate,
  formatEntityTag,
  formatHttpDate,
  isWeak,
  methodKind,
  opaqueTag,
  parseEntityTag,
  parseEntityTagList,
  parseHttpDate,
  strongMatch,
  weakMatch,
} from 'http-preconditions/core';
import type {
  ConditionalRequest,
  ConditionField,
  Decision,
  EntityTag,
  Failed,
  FalseReason,
  FieldValue,
  GuardKind,
  MethodKind,
  NotModified,
  Perform,
  Policy,
  StrongEntityTag,
  Validators,
  WeakEntityTag,
} from 'http-preconditions/core';

declare const decision: Decision;
declare const tag: EntityTag;

// The evaluator.
expectTypeOf(evaluate).toEqualTypeOf<
  (request: ConditionalRequest, current: Validators | null, policy?: Policy) => Decision
>();
evaluate({ method: 'GET', now: 0 }, null);
evaluate({ method: 'PUT', now: 0, ifMatch: ['"a"', '"b"'] }, { etag: '"a"' }, { malformed: 400 });
// @ts-expect-error -- the clock is an argument
evaluate({ method: 'GET' }, null);
// @ts-expect-error -- no representation is null, not undefined
evaluate({ method: 'GET', now: 0 }, undefined);
// @ts-expect-error -- the double quotes are part of an entity tag
evaluate({ method: 'GET', now: 0 }, { etag: 'a' });
// @ts-expect-error -- misspelt
evaluate({ method: 'GET', now: 0, ifMatches: '"a"' }, null);
// @ts-expect-error -- no such policy
evaluate({ method: 'GET', now: 0 }, null, { malformed: 500 });
expectTypeOf<FieldValue>().toEqualTypeOf<string | readonly string[]>();
expectTypeOf<ConditionalRequest>().toEqualTypeOf<{
  readonly method: string;
  readonly now: number;
  readonly ifMatch?: FieldValue | undefined;
  readonly ifNoneMatch?: FieldValue | undefined;
  readonly ifModifiedSince?: FieldValue | undefined;
  readonly ifUnmodifiedSince?: FieldValue | undefined;
  readonly ifRange?: FieldValue | undefined;
  readonly range?: FieldValue | undefined;
}>();
expectTypeOf<Validators>().toEqualTypeOf<{
  readonly etag?: EntityTag | undefined;
  readonly lastModified?: Date | undefined;
  readonly lastModifiedIsWeak?: boolean | undefined;
}>();

// A decision is a union that a switch can exhaust.
switch (decision.outcome) {
  case 'perform':
    expectTypeOf(decision).toEqualTypeOf<Perform>();
    break;
  case 'not-modified':
    expectTypeOf(decision).toEqualTypeOf<NotModified>();
    break;
  case 'failed':
    expectTypeOf(decision).toEqualTypeOf<Failed>();
    break;
  default:
    expectTypeOf(decision).toEqualTypeOf<never>();
}
expectTypeOf<Perform>().toEqualTypeOf<{
  readonly outcome: 'perform';
  readonly status: undefined;
  readonly field: ConditionField | undefined;
  readonly reason: 'passed' | 'no-condition' | 'absent' | 'method' | FalseReason;
  readonly step: 0 | 5 | 6;
  readonly guard: GuardKind;
  readonly range: 'apply' | 'ignore';
}>();
expectTypeOf<NotModified>().toEqualTypeOf<{
  readonly outcome: 'not-modified';
  readonly status: 304;
  readonly field: 'If-None-Match' | 'If-Modified-Since';
  readonly reason: FalseReason;
  readonly step: 3 | 4;
}>();
expectTypeOf<Failed>().toEqualTypeOf<{
  readonly outcome: 'failed';
  readonly status: 412 | 400;
  readonly field: 'If-Match' | 'If-Unmodified-Since' | 'If-None-Match';
  readonly reason: FalseReason;
  readonly step: 1 | 2 | 3;
}>();
expectTypeOf<ConditionField>().toEqualTypeOf<
  'If-Match' | 'If-None-Match' | 'If-Modified-Since' | 'If-Unmodified-Since' | 'If-Range'
>();
expectTypeOf<GuardKind>().toEqualTypeOf<'none' | 'version' | 'exists' | 'absent' | 'never'>();
expectTypeOf<FalseReason>().toEqualTypeOf<
  | 'malformed'
  | 'empty-list'
  | 'absent'
  | 'no-etag'
  | 'weak-tag'
  | 'weak-date'
  | 'no-match'
  | 'match'
  | 'exists'
  | 'modified'
  | 'not-modified'
>();

// Entity tags, lists and dates: what cannot be read is undefined.
expectTypeOf(parseEntityTag).toEqualTypeOf<(text: string) => EntityTag | undefined>();
expectTypeOf(formatEntityTag).toEqualTypeOf<
  (opaque: string, weakness?: 'strong' | 'weak') => EntityTag | undefined
>();
expectTypeOf(parseEntityTagList).toEqualTypeOf<
  (fieldValue: FieldValue) => '*' | readonly EntityTag[] | undefined
>();
expectTypeOf(opaqueTag).toEqualTypeOf<(tag: EntityTag) => string>();
expectTypeOf(strongMatch).toEqualTypeOf<(a: EntityTag, b: EntityTag) => boolean>();
expectTypeOf(weakMatch).toEqualTypeOf<(a: EntityTag, b: EntityTag) => boolean>();
expectTypeOf(parseHttpDate).toEqualTypeOf<(text: string, now: number) => number | undefined>();
expectTypeOf(formatHttpDate).toEqualTypeOf<(date: Date) => string | undefined>();
expectTypeOf(methodKind).toEqualTypeOf<(method: string, policy: Policy) => MethodKind>();
expectTypeOf<MethodKind>().toEqualTypeOf<'read' | 'write' | 'neither'>();
if (isWeak(tag)) {
  expectTypeOf(tag).toEqualTypeOf<WeakEntityTag>();
} else {
  expectTypeOf(tag).toEqualTypeOf<StrongEntityTag>();
}
// @ts-expect-error -- the double quotes are part of an entity tag
weakMatch('a', tag);
