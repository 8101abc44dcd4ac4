import { NONE } from './condition.js';
import {
  failed,
  NONE_COUNTS,
  notModified,
  PASSED,
  performUnevaluated,
  performWithoutRange,
  UNCONDITIONAL,
  withGuard,
  withoutGuard,
} from './decision.js';
import { evaluateIfMatch } from './if-match.js';
import { evaluateIfModifiedSince } from './if-modified-since.js';
import { evaluateIfNoneMatch } from './if-none-match.js';
import { evaluateIfRange } from './if-range.js';
import { evaluateIfUnmodifiedSince } from './if-unmodified-since.js';
import { methodKind } from './method.js';
import type { ConditionalRequest, Decision, Perform, Policy, Validators } from './types.js';

const DEFAULT_POLICY: Policy = {};

/**
 * Evaluates the preconditions of a request against the current representation, in the order of RFC 9110, section
 * 13.2.2, and says what to do: perform the method, answer 304 (Not Modified), or answer 412 (Precondition Failed).
 *
 * Pure and total: it reads no clock, does no I/O, and throws for nothing that a client may send.
 *
 * @param current the validators of the current (selected) representation; `null` when there is none
 */
export function evaluate(
  request: ConditionalRequest,
  current: Validators | null,
  policy: Policy = DEFAULT_POLICY,
): Decision {
  if (!isConditional(request)) return UNCONDITIONAL;
  const kind = methodKind(request.method, policy);
  if (kind === 'neither') return performUnevaluated('method', 'none');
  if (current === null) {
    // Without its preconditions a read would be answered 404, so they are ignored (section 13.2.1).
    if (kind === 'read') return performUnevaluated('absent', 'none', rangeOfNothing(request));
    if (policy.onMissing === 'perform' && request.ifMatch !== undefined) {
      return performUnevaluated('absent', 'never');
    }
  }
  return evaluateInOrder(request, current, kind, policy);
}

/** Should the handler find something all the same, it is not what If-Range names, to which the client would put a part of it. */
function rangeOfNothing(request: ConditionalRequest): Perform['range'] {
  return request.ifRange !== undefined && hasRange(request) ? 'ignore' : 'apply';
}

function isConditional(request: ConditionalRequest): boolean {
  return (
    request.ifNoneMatch !== undefined ||
    request.ifMatch !== undefined ||
    request.ifModifiedSince !== undefined ||
    request.ifUnmodifiedSince !== undefined ||
    request.ifRange !== undefined
  );
}

function evaluateInOrder(
  request: ConditionalRequest,
  current: Validators | null,
  kind: 'read' | 'write',
  policy: Policy,
): Decision {
  const { now } = request;

  // Step 1: If-Match.
  const ifMatch = evaluateIfMatch(request.ifMatch, current, policy.ifMatch);
  if (ifMatch.result === 'false') return failed('If-Match', ifMatch.reason, 1, policy);
  let decision = withGuard(NONE_COUNTS, ifMatch, PASSED.ifMatch);

  // Step 2: If-Unmodified-Since, when If-Match is not present.
  const ifUnmodifiedSince =
    request.ifMatch === undefined ? evaluateIfUnmodifiedSince(request.ifUnmodifiedSince, current, now) : NONE;
  if (ifUnmodifiedSince.result === 'false') {
    return failed('If-Unmodified-Since', ifUnmodifiedSince.reason, 2, policy);
  }
  decision = withGuard(decision, ifUnmodifiedSince, PASSED.ifUnmodifiedSince);

  // Step 3: If-None-Match, whatever the steps before it said. True, it asks for this very version or for absence, which is never
  // less than what a true If-Match asks for.
  const ifNoneMatch = evaluateIfNoneMatch(request.ifNoneMatch, current, kind);
  if (ifNoneMatch.result === 'false') {
    return kind === 'read'
      ? notModified('If-None-Match', ifNoneMatch.reason, 3)
      : failed('If-None-Match', ifNoneMatch.reason, 3, policy);
  }
  decision = withGuard(decision, ifNoneMatch, PASSED.ifNoneMatch);
  if (kind === 'write') return decision;

  // Step 4: If-Modified-Since, on a read and when If-None-Match is not present.
  const ifModifiedSince =
    request.ifNoneMatch === undefined ? evaluateIfModifiedSince(request.ifModifiedSince, current, now) : NONE;
  if (ifModifiedSince.result === 'false') return notModified('If-Modified-Since', ifModifiedSince.reason, 4);
  decision = withoutGuard(decision, ifModifiedSince, PASSED.ifModifiedSince);

  // Step 5: If-Range, when there is a Range that the method can serve. Step 6: perform the method.
  const ifRange = hasRange(request) ? evaluateIfRange(request.ifRange, current, now) : NONE;
  if (ifRange.result === 'false') return performWithoutRange(decision, ifRange.reason);
  return withoutGuard(decision, ifRange, PASSED.ifRange);
}

/** HEAD has no content of which a range could be sent (section 14.2). */
function hasRange(request: ConditionalRequest): boolean {
  return request.range !== undefined && request.method !== 'HEAD';
}
