import { grouped } from '../grouped.js';
import { counts, type Report, type Result } from '../report.js';

/** For CI services: JUnit XML, in the form that they have in common. What fails and does not count is no failure there. */
export function asJUnit(report: Report): string {
  const suites = [...grouped(report.results, ({ group }) => group)].flatMap(([group, members]) => [
    `  <testsuite ${attributes({ name: group, ...totals(report, members) })}>`,
    ...members.map((result) => caseOf(report, result)),
    '  </testsuite>',
  ]);
  const all = attributes({ name: `http-preconditions ${report.url}`, ...totals(report, report.results) });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${all}>`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

function totals(report: Report, members: readonly Result[]): Record<string, string | number> {
  const failures = members.filter((result) => isFailure(report, result)).length;
  const passed = members.filter(({ outcome }) => outcome === 'passed').length;
  const milliseconds = members.reduce((sum, result) => sum + result.milliseconds, 0);
  return {
    tests: members.length,
    failures,
    errors: 0,
    skipped: members.length - failures - passed,
    time: seconds(milliseconds),
  };
}

function caseOf(report: Report, result: Result): string {
  const { group, id, title, milliseconds } = result;
  const about = attributes({ classname: group, name: `${id}: ${title}`, time: seconds(milliseconds) });
  const content = contentOf(report, result);
  return content === '' ? `    <testcase ${about}/>` : `    <testcase ${about}>${content}</testcase>`;
}

function contentOf(report: Report, result: Result): string {
  const { reason, failure, level } = result;
  if (reason !== undefined) return `<skipped ${attributes({ message: reason })}/>`;
  if (failure === undefined) return '';
  const { expected, status, explanation } = failure;
  if (!isFailure(report, result))
    return `<skipped ${attributes({ message: `failed, and does not count: ${level}` })}/><system-out>${escaped(explanation)}</system-out>`;
  const message = `expected ${expected}${status === undefined ? '' : `, got ${status}`}`;
  return `<failure ${attributes({ message, type: level })}>${escaped(explanation)}</failure>`;
}

function isFailure(report: Report, result: Result): boolean {
  return result.outcome === 'failed' && counts(report, result);
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escaped(String(value))}"`)
    .join(' ');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Half a character, where a text was cut, and two that XML does not allow. */
const NOT_XML = /[\p{Surrogate}\ufffe\uffff]/gu;

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? '').replace(NOT_XML, '\ufffd');
}
