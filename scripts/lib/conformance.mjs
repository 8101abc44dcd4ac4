// Joins the list of requirements with the tests that carry their ids. Pure: data and text in, Markdown and messages out.
import { stringLiterals } from './source.mjs';

const ID = /\b(?:R-\d[0-9A-Za-z.-]*|[MN]-\d+\b)/g;

/** Which test files carry which id, from string literals alone: an id in a comment tests nothing. */
export function testedIds(files) {
  const tested = new Map();
  for (const { path, text } of files) {
    for (const [match] of stringLiterals(text).join('\n').matchAll(ID)) {
      const id = match.replace(/[.-]+$/, '');
      tested.set(id, (tested.get(id) ?? new Set()).add(path));
    }
  }
  return tested;
}

/** What keeps the tests and the list apart: ids nobody knows, and requirements nobody tests. */
export function conformanceFaults({ requirements }, tested) {
  const known = new Set(requirements.map(({ id }) => id));
  const unknown = [...tested]
    .filter(([id]) => !known.has(id))
    .map(([id, paths]) => `${[...paths].join(', ')}: ${id} is not in docs/requirements.json`);
  const untested = requirements
    .filter(({ id, applies }) => applies && !tested.has(id))
    .map(({ id, section, text }) => `no test carries ${id} (${section}): ${text}`);
  return [...unknown, ...untested];
}

/** The whole of docs/conformance.md. */
export function conformancePage({ groups, requirements }, tested) {
  const rowsOf = (group) => requirements.filter((requirement) => requirement.group === group.id);
  const sections = groups.map((group) => groupSection(group, rowsOf(group), tested));
  return [introduction(groups, rowsOf, tested), ...sections].join('\n\n') + '\n';
}

function introduction(groups, rowsOf, tested) {
  const rows = groups.map((group) => {
    const all = rowsOf(group);
    const applying = all.filter(({ applies }) => applies);
    const covered = applying.filter(({ id }) => tested.has(id));
    return [`${group.id}. ${group.title}`, all.length, applying.length, covered.length];
  });
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  const total = ['**all**', sum(1), sum(2), sum(3)];
  return [
    '# Conformance',
    '',
    'What the RFCs ask for, in our own words, and the tests that carry each requirement’s id. The text of the RFC wins if the',
    'two ever differ. This page is made by `npm run docs` from [requirements.json](requirements.json) and the tests;',
    '`npm run check:conformance` fails when it is out of date or when a requirement that applies has no test.',
    '',
    'Levels: MUST, SHOULD and MAY are the RFC’s own; *def* is a definition or a piece of grammar, *note* a fact that follows or',
    'was measured. *(client)* marks what binds the client, *(cache)* what binds somebody else.',
    '',
    table(['group', 'requirements', 'applying here', 'with a test'], [...rows, total]),
  ].join('\n');
}

function groupSection(group, requirements, tested) {
  const rows = requirements.map((requirement) => [
    requirement.id,
    requirement.section,
    requirement.level,
    requirement.text,
    evidence(requirement, tested.get(requirement.id)),
  ]);
  const heading = `## ${group.id}. ${group.title}`;
  return `${heading}\n\n${table(['requirement', 'RFC', 'level', 'what it says', 'tests'], rows)}`;
}

function evidence({ applies, reason }, paths) {
  if (paths)
    return [...paths]
      .toSorted()
      .map((path) => `[${path.replace(/^test\//, '')}](../${path})`)
      .join('<br>');
  return applies ? '**none**' : `*not applicable:* ${reason}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
