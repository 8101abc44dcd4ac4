import { grouped } from '../grouped.js';
import { type Report, type Result, withOutcome } from '../report.js';
import type { Styles } from '../styles.js';
import { asHeading } from './heading.js';
import { asSummary } from './summary.js';

/** For people: a line for each case that was run, failures in full below, a summary. */
export function asTable(report: Report, styles: Styles): string {
  const groups = [...grouped(report.results, ({ group }) => group)].map(([group, members]) =>
    [styles.strong(group), ...linesOf(members, styles), ''].join('\n'),
  );
  const failures = withOutcome(report, 'failed').map((failed) => explanationOf(failed, styles));
  return [asHeading(report, styles), ...groups, ...failures, asSummary(report, styles)].join('\n');
}

function linesOf(members: readonly Result[], styles: Styles): string[] {
  const run = members.filter(isRun).map((result) => lineOf(result, styles));
  const notRun = grouped(
    members.filter((member) => !isRun(member)),
    ({ reason }) => reason,
  );
  return [...run, ...[...notRun].map(([reason = '', alike]) => sharedLine(reason, alike, styles))];
}

function isRun({ reason }: Result): boolean {
  return reason === undefined;
}

function lineOf({ id, title, level, outcome }: Result, styles: Styles): string {
  if (outcome === 'passed') return `  ${styles.good('✓')} ${title}`;
  return `  ${styles.bad('✗')} ${title} ${styles.faint(`(${id}, ${level})`)}`;
}

/** What was not run for one reason shares a line, or it would bury the rest. */
function sharedLine(reason: string, alike: readonly Result[], styles: Styles): string {
  const isOne = alike.length === 1;
  const [first] = alike;
  const verb = isOne ? 'does not apply' : 'do not apply';
  const why = first?.outcome === 'not-applicable' ? `${verb}: ${reason}` : reason;
  const line = isOne ? `${first?.title} (${why})` : `${alike.length} cases (${why})`;
  return styles.faint(`  – ${line}`);
}

function explanationOf({ id, level, failure }: Result, styles: Styles): string {
  return `${styles.bad(`✗ ${id}`)} ${styles.faint(`(${level})`)}\n  ${failure?.explanation ?? ''}`;
}
