import type { ConformanceCase, Feature, Level } from '../testing/index.js';

/** What became of a case. */
export type Outcome = 'passed' | 'failed' | 'not-applicable' | 'skipped' | 'not-run';

export interface Result {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly requirements: readonly string[];
  readonly level: Level;
  readonly outcome: Outcome;
  /** Why it was not run; `undefined` where it was. */
  readonly reason: string | undefined;
  /** `undefined` where it has not failed. */
  readonly failure: Failure | undefined;
  readonly milliseconds: number;
}

export interface Failure {
  readonly expected: string;
  /** The status of the answer that was otherwise; `undefined` when none came, or when it is about more than one. */
  readonly status: number | undefined;
  /** The whole story, in several lines. */
  readonly explanation: string;
}

/** What is known of the API before the cases. */
export interface Found {
  readonly etag: 'strong' | 'weak' | undefined;
  readonly lastModified: boolean;
  readonly ranges: boolean;
  readonly absentPath: string | undefined;
  /** The names of the fields that every request has. */
  readonly fields: readonly string[];
  /** The methods that may be used to write; `undefined`: none. */
  readonly writes: readonly string[] | undefined;
}

/** What every format is made from. Nothing in it is secret, or would disturb a terminal. */
export interface Report {
  readonly url: string;
  readonly found: Found;
  /** What the API claims; `undefined`: everything. */
  readonly features: readonly Feature[] | undefined;
  /** The weakest level at which a failure counts. */
  readonly level: Level;
  readonly results: readonly Result[];
  readonly interrupted: boolean;
  readonly milliseconds: number;
}

const LEVELS: readonly Level[] = ['must', 'should', 'may'];

/** Whether the exit status goes by a failure. */
export function counts({ level: weakest }: Report, { level }: Pick<ConformanceCase, 'level'>): boolean {
  return LEVELS.indexOf(level) <= LEVELS.indexOf(weakest);
}

export function withOutcome({ results }: Pick<Report, 'results'>, outcome: Outcome): Result[] {
  return results.filter((result) => result.outcome === outcome);
}

/** 130 is what a shell says of a command that Ctrl-C has ended. */
export function exitStatus(report: Report): 0 | 1 | 130 {
  if (report.interrupted) return 130;
  return withOutcome(report, 'failed').some((failed) => counts(report, failed)) ? 1 : 0;
}
