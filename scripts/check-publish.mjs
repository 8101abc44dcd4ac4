// Keeps a package from being published that nobody could find the way home from: without an address of its repository, from
// which npm also takes where the links of README.md lead, or without an entry for its version in CHANGELOG.md.
// Usage: node scripts/check-publish.mjs [folder, default the repository]
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { report, root } from './lib/run.mjs';

const folder = process.argv[2] ?? root;
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const changelog = readFileSync(join(folder, 'CHANGELOG.md'), 'utf8');

const missing = ['repository', 'bugs', 'homepage'].filter((name) => !(name in manifest));
const entry = `## [${manifest.version}]`;
report(
  [
    ...missing.map((name) => `package.json: "${name}" is missing`),
    ...(changelog.includes(`\n${entry}`) ? [] : [`CHANGELOG.md: "${entry}" is missing`]),
  ],
  `${manifest.name} ${manifest.version}: its repository and its changes are named`,
);
