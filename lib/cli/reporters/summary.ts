import { counts, type Outcome, type Report, type Result, withOutcome } from '../report.js';
import type { Styles } from '../styles.js';

const WORDS: readonly (readonly [outcome: Outcome, words: string])[] = [
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['not-applicable', 'not applicable'],
  ['skipped', 'skipped'],
  ['not-run', 'not run'],
];

const BARE =
  'There was hardly anything to check: the resource has neither ETag nor Last-Modified, by which a condition could name its version.';

/** The last lines: how many of each, and what to do now. */
export function asSummary(report: Report, styles: Styles): string {
  const failed = withOutcome(report, 'failed');
  const parts = WORDS.map(([outcome, words]) => [withOutcome(report, outcome).length, words] as const)
    .filter(([number, words]) => number > 0 || words === 'passed' || words === 'failed')
    .map(([number, words]) => `${number} ${words}`);
  const line = `${parts.join(', ')} (${(report.milliseconds / 1000).toFixed(1)} s)`;
  const isBare = hasNothingToCheck(report);
  const paint = failed.length > 0 || isBare ? styles.bad : styles.good;
  return [
    ...(report.interrupted ? ['Interrupted: this is what was known by then.'] : []),
    styles.strong(paint(line)),
    ...(isBare ? [styles.strong(styles.bad(BARE))] : []),
    ...hintsFor(report, failed),
    '',
  ].join('\n');
}

/** Nobody has said what there should be, and there is nothing. */
function hasNothingToCheck({ found: { etag, lastModified }, features }: Report): boolean {
  return features === undefined && etag === undefined && !lastModified;
}

function hintsFor(report: Report, failed: readonly Result[]): string[] {
  const [first] = failed;
  if (first === undefined) return [];
  const uncounted = failed.filter((result) => !counts(report, result)).length;
  const subject = uncounted === 1 ? '1 failure does' : `${uncounted} failures do`;
  return [
    ...(uncounted > 0 ? [`${subject} not count: --level ${report.level}.`] : []),
    `To run one again: --only ${first.id}. To leave out what is known and meant: --skip with its id.`,
  ];
}
