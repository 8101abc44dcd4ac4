import type { Found, Report } from '../report.js';
import type { Styles } from '../styles.js';

/** The top of a report for people: what was looked at, and what it has. */
export function asHeading({ url, found }: Report, styles: Styles): string {
  const facts = factsOf(found);
  const width = Math.max(...facts.map(([label]) => label.length)) + 2;
  const lines = facts.map(([label, text]) => `  ${styles.faint(label.padEnd(width))}${text}`);
  return [styles.strong(url), ...lines, ''].join('\n');
}

function factsOf(found: Found): [label: string, text: string][] {
  const { etag, lastModified, ranges, absentPath, fields, writes } = found;
  return [
    ['ETag', etag ?? 'none'],
    ['Last-Modified', lastModified ? 'there' : 'none'],
    ['Ranges', ranges ? 'served' : 'not served'],
    ['Not found', absentPath ?? 'no path that is answered 404; --absent names one'],
    ...(fields.length === 0 ? [] : [['Sent along', fields.join(', ')] as [string, string]]),
    ['Writes', writes?.join(', ') ?? 'not checked; --write says how to'],
  ];
}
