import { parseEntityTagList } from '../core/entity-tag-list.js';
import { evaluateIfUnmodifiedSince } from '../core/if-unmodified-since.js';
import type { ConditionalRequest, Perform, Validators } from '../core/types.js';

/**
 * Whether the conditions of a write that passed are the kind that protects against a lost update: a true If-Match, an
 * If-Unmodified-Since that was not ignored, or a true If-None-Match where there is no current representation.
 */
export function isProtected(
  request: ConditionalRequest,
  current: Validators | null,
  decision: Perform,
  requireTag: boolean,
): boolean {
  if (decision.guard === 'absent') return true;
  if (request.ifMatch !== undefined) return !requireTag || parseEntityTagList(request.ifMatch) !== '*';
  if (requireTag) return false;
  return evaluateIfUnmodifiedSince(request.ifUnmodifiedSince, current, request.now).result === 'true';
}
