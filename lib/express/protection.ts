import { failed } from '../core/decision.js';
import { parseEntityTagList } from '../core/entity-tag-list.js';
import { evaluateIfUnmodifiedSince } from '../core/if-unmodified-since.js';
import type { ConditionalRequest, Failed, Perform, Validators } from '../core/types.js';

/** A request whose conditions passed, and what they were evaluated against. */
export interface Passed {
  readonly request: ConditionalRequest;
  readonly current: Validators | null;
  readonly decision: Perform;
}

/**
 * Whether the conditions are of the kind that protects against a lost update: a true If-Match, an If-Unmodified-Since that
 * was not ignored, or a true If-None-Match where there is no current representation.
 */
export function isProtected(passed: Passed, requireTag: boolean | undefined): boolean {
  const { request, decision } = passed;
  if (decision.guard === 'absent') return true;
  if (request.ifMatch !== undefined) return !requireTag || listsTags(request);
  return !requireTag && countsUnmodifiedSince(passed);
}

/**
 * The decision that the evaluation would have taken, had it seen what the store saw when it refused the write.
 * `undefined` when no condition was given, so that none can be false.
 */
export function lostRace(passed: Passed): Failed | undefined {
  switch (passed.decision.guard) {
    case 'none':
      return undefined;
    case 'absent':
      return failed('If-None-Match', 'exists', 3);
    case 'exists':
    case 'never':
      return failed('If-Match', 'absent', 1);
    case 'version':
      if (listsTags(passed.request)) return failed('If-Match', 'no-match', 1);
      if (countsUnmodifiedSince(passed)) return failed('If-Unmodified-Since', 'modified', 2);
      return failed('If-None-Match', 'match', 3);
  }
}

function listsTags({ ifMatch }: ConditionalRequest): boolean {
  return ifMatch !== undefined && parseEntityTagList(ifMatch) !== '*';
}

function countsUnmodifiedSince({ request, current }: Passed): boolean {
  if (request.ifMatch !== undefined) return false;
  return evaluateIfUnmodifiedSince(request.ifUnmodifiedSince, current, request.now).result === 'true';
}
