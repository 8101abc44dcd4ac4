// Writes docs/conformance.md: every requirement of docs/requirements.json with the tests that carry its id.
// With --check it writes nothing and fails when the page is out of date, when a test names an id that is not in the list,
// or when a requirement that applies has no test. Usage: node scripts/conformance.mjs [--check] [repository folder]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { conformanceFaults, conformancePage, testedIds } from './lib/conformance.mjs';
import { report, root } from './lib/run.mjs';
import { readSources } from './lib/source.mjs';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean' } },
  allowPositionals: true,
});
const folder = resolve(root, positionals[0] ?? '.');
const page = join(folder, 'docs/conformance.md');

const list = JSON.parse(readFileSync(join(folder, 'docs/requirements.json'), 'utf8'));
const tested = testedIds(readSources(join(folder, 'test'), folder));
const wanted = conformancePage(list, tested);

if (values.check) {
  const present = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const outdated = present === wanted ? [] : ['docs/conformance.md is out of date: run `npm run docs`'];
  const applying = list.requirements.filter(({ applies }) => applies).length;
  const inOrder = `docs/conformance.md: ${applying} requirements apply, each has a test`;
  report([...outdated, ...conformanceFaults(list, tested)], inOrder);
} else {
  writeFileSync(page, wanted);
  console.log(
    `docs/conformance.md: ${list.requirements.length} requirements, ${tested.size} ids found in tests`,
  );
}
