import { grouped } from '../grouped.js';
import type { Report } from '../report.js';
import type { Styles } from '../styles.js';
import { asHeading } from './heading.js';

/** The cases by their ids, and whether they apply, for choosing among them. */
export function asList(report: Report, styles: Styles): string {
  const groups = [...grouped(report.results, ({ group }) => group)].map(([group, members]) => {
    const width = Math.max(...members.map(({ id }) => id.length)) + 2;
    const lines = members.map(({ id, title, level, outcome, reason }) => {
      const note = outcome === 'not-run' ? ` (${level})` : ` (${level}; ${reason})`;
      const line = `${id.padEnd(width)}${title}${styles.faint(note)}`;
      return outcome === 'not-run' ? `  ${line}` : `${styles.faint('–')} ${line}`;
    });
    return [styles.strong(group), ...lines, ''].join('\n');
  });
  return [asHeading(report, styles), ...groups, 'A – stands before what does not apply.', ''].join('\n');
}
