import type { Results, Row, Table } from './report.js';
import { markdownOf } from './report.js';

const BLOCK = /(<!-- bench: ([a-z-]+)(?: only (.*?))? -->\n)[^]*?(<!-- end of bench -->)/g;

/**
 * A page with its blocks of figures as the results have them. `<!-- bench: memory -->` asks for a whole table, and
 * `<!-- bench: memory only 304 | 412 -->` for the essence of some of its rows.
 */
export function includedIn(page: string, results: Results): string {
  return page.replace(BLOCK, (_block, start: string, id: string, only: string | undefined, end: string) => {
    const table = results.tables.find((each) => each.id === id);
    if (table === undefined) throw new Error(`There is no table ${id} in the results.`);
    const markdown = only === undefined ? markdownOf(table) : essenceOf(table, only.split(' | '));
    return `${start}\n${markdown}\n\n${end}`;
  });
}

/** Our own medians, and how they stand to those of the others. */
function essenceOf(table: Table, names: readonly string[]): string {
  const rows = table.rows.filter(({ name }) => names.includes(name));
  return markdownOf({ ...table, rows: rows.map((row) => ({ ...row, figures: ownMedian(row) })) });
}

function ownMedian({ figures }: Row): Row['figures'] {
  const { 'http-preconditions': ours } = figures;
  if (ours === undefined) return {};
  return { 'http-preconditions': { ...ours, lowest: ours.median, highest: ours.median } };
}
