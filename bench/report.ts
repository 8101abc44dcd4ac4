// What was measured, as data, as text for a terminal and as Markdown.
import type { Spread } from './stats.js';

export interface Row {
  readonly name: string;
  /** By contestant. */
  readonly figures: Readonly<Record<string, Spread>>;
  /** What is to be seen in the figures, by its name. */
  readonly ratios: Readonly<Record<string, number>>;
}

export interface Table {
  readonly id: string;
  readonly title: string;
  /** What the figures are. */
  readonly about: string;
  readonly unit: 'ns' | 'µs' | 'requests/s' | 'kB' | 'MB';
  readonly rows: readonly Row[];
}

export interface Results {
  readonly machine: string;
  readonly tables: readonly Table[];
}

/** Two digits behind the point below 10, and none from there on: no more is to be seen through the noise. */
export function round(value: number): number {
  return value < 10 ? Number(value.toFixed(2)) : Math.round(value);
}

function columnsOf(rows: readonly Row[], part: 'figures' | 'ratios'): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row[part])))];
}

/** `28`, and `26–31` where the rounds differ. */
function shown(spread: Spread | undefined): string {
  if (spread === undefined) return '';
  const [median, lowest, highest] = [spread.median, spread.lowest, spread.highest].map(number);
  return lowest === highest ? median! : `${median} (${lowest}–${highest})`;
}

function number(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(0) : value.toFixed(1);
}

function cellsOf(table: Table): string[][] {
  const [figures, ratios] = [columnsOf(table.rows, 'figures'), columnsOf(table.rows, 'ratios')];
  const head = ['', ...figures.map((name) => `${name} (${table.unit})`), ...ratios];
  const body = table.rows.map((row) => [
    row.name,
    ...figures.map((name) => shown(row.figures[name])),
    ...ratios.map((name) => (row.ratios[name] === undefined ? '' : `${row.ratios[name]} x`)),
  ]);
  return [head, ...body];
}

export function textOf(table: Table): string {
  const cells = cellsOf(table);
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((line) => line[column]!.length)));
  const lines = cells.map((line) =>
    line
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return [`${table.title}: ${table.about}`, ...lines].join('\n');
}

export function markdownOf(table: Table): string {
  const [head, ...body] = cellsOf(table);
  const rule = head!.map((_, column) => (column === 0 ? '---' : '--:'));
  const lines = [head!, rule, ...body].map((line) => `| ${line.join(' | ')} |`);
  return [`**${table.title}.** ${table.about}`, '', ...lines].join('\n');
}
