import { HTTP_DATES, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE } from './cases/dates.cases.js';
import { ENTITY_TAG_SYNTAX, LIST_SYNTAX } from './cases/entity-tags.cases.js';
import { GUARDS } from './cases/guards.cases.js';
import { IF_MATCH } from './cases/if-match.cases.js';
import { IF_NONE_MATCH } from './cases/if-none-match.cases.js';
import { IF_RANGE } from './cases/if-range.cases.js';
import { METHODS } from './cases/methods.cases.js';
import { POLICIES } from './cases/policy.cases.js';
import { PRECEDENCE } from './cases/precedence.cases.js';
import { STRENGTH } from './cases/strength.cases.js';
import type { EvaluateCase } from './fixtures.js';

/** The rows of the requirement table that an evaluator can show, section by section. */
export const CASES: ReadonlyArray<{ readonly section: string; readonly cases: readonly EvaluateCase[] }> = [
  { section: 'entity tags', cases: ENTITY_TAG_SYNTAX },
  { section: 'lists of entity tags', cases: LIST_SYNTAX },
  { section: 'HTTP-dates', cases: HTTP_DATES },
  { section: 'strong and weak', cases: STRENGTH },
  { section: 'If-Match', cases: IF_MATCH },
  { section: 'If-None-Match', cases: IF_NONE_MATCH },
  { section: 'If-Modified-Since', cases: IF_MODIFIED_SINCE },
  { section: 'If-Unmodified-Since', cases: IF_UNMODIFIED_SINCE },
  { section: 'If-Range', cases: IF_RANGE },
  { section: 'methods and missing resources', cases: METHODS },
  { section: 'order of evaluation', cases: PRECEDENCE },
  { section: 'guards', cases: GUARDS },
  { section: 'policies', cases: POLICIES },
];
