// Writes docs/api/: of each entry point a report of its types (*.api.md), in whose changes a reviewer sees what becomes
// different for users, and a page for readers (*.md) made of the docstrings. With --check it writes nothing and fails when
// one of them is out of date. Usage: node scripts/api.mjs [--check] [folder, default docs/api]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { extractApi } from './lib/api/extract.mjs';
import { referencePages } from './lib/api/page.mjs';
import { firstDifference } from './lib/api/difference.mjs';
import { formatted, report, root } from './lib/run.mjs';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
const folder = positionals[0] ?? 'docs/api';

const entries = extractApi();
const files = new Map([
  ...entries.map(({ name, report: text }) => [`${name}.api.md`, text]),
  ...referencePages(entries).map(({ name, text }) => [`${name}.md`, formatted(`${name}.md`, text)]),
]);

if (values.check) report([...files].flatMap(outdated), `${folder}: ${files.size} files are up to date`);
else write();

function outdated([name, wanted]) {
  const path = join(resolve(root, folder), name);
  const difference = firstDifference(existsSync(path) ? readFileSync(path, 'utf8') : '', wanted);
  if (difference === undefined) return [];
  const { line, present, wanted: instead } = difference;
  const advice = 'If this is meant, run `npm run api`, and tell users in CHANGELOG.md what they will notice.';
  return [`${folder}/${name}:${line}: "${present}" is "${instead}" by now. ${advice}`];
}

function write() {
  mkdirSync(resolve(root, folder), { recursive: true });
  for (const [name, text] of files) writeFileSync(join(resolve(root, folder), name), text);
  console.log(`${folder}: ${files.size} files written`);
}
