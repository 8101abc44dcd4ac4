import type { EntityTag } from './entity-tag.js';

/**
 * The value of one request field: its single line, or every line in order when the field was repeated.
 *
 * `undefined` (where allowed) means that the field is absent. An empty string is a field that is present and empty,
 * which is another thing (RFC 9110, section 5.6.1.2).
 */
export type FieldValue = string | readonly string[];

/** What of a request its preconditions depend on (RFC 9110, sections 13.1 and 14.2). */
export interface ConditionalRequest {
  /** The method, in upper case as it stands in the request line. */
  readonly method: string;
  /** The moment of evaluation in milliseconds since the epoch, such as `Date.now()`: read once per request. */
  readonly now: number;
  readonly ifMatch?: FieldValue | undefined;
  readonly ifNoneMatch?: FieldValue | undefined;
  readonly ifModifiedSince?: FieldValue | undefined;
  readonly ifUnmodifiedSince?: FieldValue | undefined;
  readonly ifRange?: FieldValue | undefined;
  /** Only its presence matters: without Range, If-Range is ignored. */
  readonly range?: FieldValue | undefined;
}

/**
 * The validators of the current representation (RFC 9110, section 8.8).
 *
 * Where a function takes `Validators | null`, `null` means that there is no current representation. An object without
 * `etag` is a representation that exists and whose entity tag is unknown: existence and tag are different facts.
 */
export interface Validators {
  readonly etag?: EntityTag | undefined;
  /** Compared in whole seconds, the resolution of HTTP. */
  readonly lastModified?: Date | undefined;
  /** True when the representation may change twice within one second, so that If-Range must not trust the date. */
  readonly lastModifiedIsWeak?: boolean | undefined;
}

/** The choices that RFC 9110 leaves to the server, and the one documented deviation (`ifMatch: 'weak'`). */
export interface Policy {
  /** The answer to an If-Match, or an If-None-Match on a write, that cannot be parsed. Default 412. */
  readonly malformed?: 412 | 400 | undefined;
  /**
   * How If-Match compares. `'weak'` deviates from RFC 9110, section 13.1.1, for clients behind a proxy that turns `"v1"`
   * into `W/"v1"` when it compresses. Default `'strong'`.
   */
  readonly ifMatch?: 'strong' | 'weak' | undefined;
  /**
   * If-Match on a state-changing request where there is no current representation: `'evaluate'` makes it false (412),
   * `'perform'` hands the request to a handler that answers 404 itself. Default `'evaluate'`.
   */
  readonly onMissing?: 'evaluate' | 'perform' | undefined;
  /** Evaluates QUERY (RFC 10008) like GET. Default false: QUERY is performed unevaluated. */
  readonly query?: boolean | undefined;
}

/** A conditional request field of RFC 9110, section 13.1. */
export type ConditionField =
  | 'If-Match'
  | 'If-None-Match'
  | 'If-Modified-Since'
  | 'If-Unmodified-Since'
  | 'If-Range';

/** Why a condition is false. */
export type FalseReason =
  /** The field is not what its grammar allows. */
  | 'malformed'
  /** If-Match lists no tag at all. */
  | 'empty-list'
  /** There is no current representation. */
  | 'absent'
  /** The current representation has no entity tag to compare with. */
  | 'no-etag'
  /** The opaque tags are equal, but one of the tags is weak and the comparison is strong. */
  | 'weak-tag'
  /** If-Range: the date is the right one, but too recent, or declared too coarse, to be a strong validator. */
  | 'weak-date'
  /** No listed tag is the current one. */
  | 'no-match'
  /** If-None-Match lists the current tag. */
  | 'match'
  /** If-None-Match is `*` and there is a current representation. */
  | 'exists'
  /** If-Unmodified-Since: the representation was modified later. If-Range: its date is not the current one. */
  | 'modified'
  /** If-Modified-Since: the representation was not modified later. */
  | 'not-modified';

/**
 * What a write has to assert so that the conditions that were true still hold at the moment of writing.
 *
 * `'none'`: nothing, no condition was given. `'version'`: still the version that was evaluated. `'exists'`: still some
 * representation. `'absent'`: still none. `'never'`: an If-Match was let through for a missing resource (`onMissing:
 * 'perform'`), nothing may be written.
 */
export type GuardKind = 'none' | 'version' | 'exists' | 'absent' | 'never';

/**
 * A condition is true, false or not there: absent, or to be ignored (RFC 9110, section 13.2.2). All have the same members, which
 * lets the compiler of the engine read them without looking at their shape.
 */
export type Condition =
  | { readonly result: 'none'; readonly guard: undefined; readonly reason: undefined }
  | { readonly result: 'true'; readonly guard: 'version' | 'exists' | 'absent'; readonly reason: undefined }
  | { readonly result: 'false'; readonly guard: undefined; readonly reason: FalseReason };

/** Perform the requested method. */
export interface Perform {
  readonly outcome: 'perform';
  readonly status: undefined;
  /** The last field that was evaluated and was true; `undefined` when none was evaluated. */
  readonly field: ConditionField | undefined;
  /**
   * `'passed'`: every condition that counts is true. `'no-condition'`: there is none that counts. `'absent'`: nothing to evaluate
   * against. `'method'`: there are some, but the method does not select or modify a representation. Otherwise why If-Range is false.
   */
  readonly reason: 'passed' | 'no-condition' | 'absent' | 'method' | FalseReason;
  /** The step of section 13.2.2 that decided: 5 (If-Range), 6, or 0 when nothing had to be evaluated. */
  readonly step: 0 | 5 | 6;
  readonly guard: GuardKind;
  /** `'ignore'`: If-Range is false, so Range must be treated as absent. */
  readonly range: 'apply' | 'ignore';
}

/** Answer 304 (Not Modified). */
export interface NotModified {
  readonly outcome: 'not-modified';
  readonly status: 304;
  readonly field: 'If-None-Match' | 'If-Modified-Since';
  readonly reason: FalseReason;
  readonly step: 3 | 4;
}

/** Answer 412 (Precondition Failed), or 400 for a malformed field where the policy says so. */
export interface Failed {
  readonly outcome: 'failed';
  readonly status: 412 | 400;
  readonly field: 'If-Match' | 'If-Unmodified-Since' | 'If-None-Match';
  readonly reason: FalseReason;
  readonly step: 1 | 2 | 3;
}

/** What to do with a request, which field decided it, why, and at which step of RFC 9110, section 13.2.2. */
export type Decision = Perform | NotModified | Failed;
