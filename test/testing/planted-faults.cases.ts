import { FAULTS_IN_ANSWERS } from './planted/answers.cases.js';
import { FAULTS_IN_DATES } from './planted/dates.cases.js';
import { FAULTS_IN_EVALUATION } from './planted/evaluation.cases.js';
import type { Fault } from './planted/fault.js';
import { FAULTS_IN_RANGES } from './planted/ranges.cases.js';
import { FAULTS_IN_TAGS } from './planted/tags.cases.js';
import { FAULTS_IN_WRITES } from './planted/writes.cases.js';

export const FAULTS: readonly Fault[] = [
  ...FAULTS_IN_TAGS,
  ...FAULTS_IN_DATES,
  ...FAULTS_IN_EVALUATION,
  ...FAULTS_IN_ANSWERS,
  ...FAULTS_IN_RANGES,
  ...FAULTS_IN_WRITES,
];
