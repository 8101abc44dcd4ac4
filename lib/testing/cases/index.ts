import type { CaseRow } from '../case-row.js';
import { AFTER_WRITES } from './after-writes.js';
import { GENERAL, REFUSAL } from './general.js';
import { IF_MATCH_READS } from './if-match-reads.js';
import { IF_MATCH_WRITES } from './if-match-writes.js';
import { IF_MODIFIED_SINCE } from './if-modified-since.js';
import { IF_NONE_MATCH } from './if-none-match.js';
import { IF_RANGE } from './if-range.js';
import { IF_UNMODIFIED_SINCE_READS } from './if-unmodified-since-reads.js';
import { NOT_MODIFIED } from './not-modified.js';
import { OTHER_WRITES } from './other-writes.js';
import { PRECEDENCE_READS } from './precedence-reads.js';
import { RACES } from './races.js';
import { REQUIRED } from './required.js';

/** Every case, reads first. */
export const CASES: readonly CaseRow[] = [
  ...GENERAL,
  ...IF_NONE_MATCH,
  ...IF_MODIFIED_SINCE,
  ...NOT_MODIFIED,
  ...IF_MATCH_READS,
  ...IF_UNMODIFIED_SINCE_READS,
  ...PRECEDENCE_READS,
  ...IF_RANGE,
  ...REFUSAL,
  ...IF_MATCH_WRITES,
  ...OTHER_WRITES,
  ...AFTER_WRITES,
  ...RACES,
  ...REQUIRED,
];
