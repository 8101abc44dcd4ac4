import { parseEntityTagList } from '../core/entity-tag-list.js';
import type { ConditionalRequest, Perform } from '../core/types.js';

/**
 * Whether the conditions of a write that passed are the kind that protects against a lost update: a true If-Match, an
 * If-Unmodified-Since that was not ignored, or a true If-None-Match where there is no current representation.
 */
export function isProtected(request: ConditionalRequest, decision: Perform, requireTag: boolean): boolean {
  if (decision.guard === 'absent') return true;
  if (request.ifMatch === undefined) return !requireTag && decision.field === 'If-Unmodified-Since';
  return !requireTag || parseEntityTagList(request.ifMatch) !== '*';
}
