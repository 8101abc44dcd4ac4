/** docs/proxies.md is what these tests run and what they expect. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCUMENT = readFileSync(join(__dirname, '../../docs/proxies.md'), 'utf8');

/** The block of code that begins with that fence: `documented('nginx cache')`. */
export function documented(fence: string): string {
  const [, code] = DOCUMENT.split(`\n\`\`\`${fence}\n`);
  if (code === undefined) throw new Error(`docs/proxies.md has no block of code "${fence}"`);
  return code.slice(0, code.indexOf('\n```'));
}

/** The first table with that heading in its first column, headings first, cell by cell without backquotes. */
export function documentedTable(heading: string): string[][] {
  const start = DOCUMENT.search(new RegExp(`^\\| ${heading} +\\|`, 'm'));
  if (start === -1) throw new Error(`docs/proxies.md has no table "${heading}"`);
  const [table = ''] = DOCUMENT.slice(start).split('\n\n');
  const rows = table.split('\n').map((row) => row.split('|').slice(1, -1));
  return rows.filter((_, index) => index !== 1).map((row) => row.map(textOf));
}

function textOf(cell: string): string {
  return cell.replaceAll('`', '').trim();
}
