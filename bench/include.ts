import type { Results } from './report.js';
import { markdownOf } from './report.js';

const BLOCK = /(<!-- bench: ([a-z-]+)(?: only (.*?))? -->\n)[^]*?(<!-- end of bench -->)/g;

/**
 * A page with its blocks of figures as the results have them. `<!-- bench: memory -->` asks for a whole table, and
 * `<!-- bench: memory only 304 | 412 -->` for some of its rows.
 */
export function includedIn(page: string, results: Results): string {
  return page.replace(BLOCK, (_block, start: string, id: string, only: string | undefined, end: string) => {
    const table = results.tables.find((each) => each.id === id);
    if (table === undefined) throw new Error(`There is no table ${id} in the results.`);
    const names = only?.split(' | ');
    const rows = names === undefined ? table.rows : table.rows.filter(({ name }) => names.includes(name));
    return `${start}\n${markdownOf({ ...table, rows })}\n\n${end}`;
  });
}
