/**
 * The evaluator of RFC 9110, section 13, without Express, I/O or clock: for any server that wants to decide by itself.
 */
export { evaluate } from './evaluate.js';
export { parseEntityTag, formatEntityTag, isWeak, opaqueTag, strongMatch, weakMatch } from './entity-tag.js';
export type { EntityTag, StrongEntityTag, WeakEntityTag } from './entity-tag.js';
export { parseEntityTagList } from './entity-tag-list.js';
export type { EntityTagList } from './entity-tag-list.js';
export { parseHttpDate, formatHttpDate } from './http-date.js';
export { methodKind } from './method.js';
export type { MethodKind } from './method.js';
export type {
  ConditionalRequest,
  ConditionField,
  Decision,
  Failed,
  FalseReason,
  FieldValue,
  GuardKind,
  NotModified,
  Perform,
  Policy,
  Validators,
} from './types.js';
