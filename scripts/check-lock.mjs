// Checks package-lock.json. Native tools come as one optional package per platform: when the lock lacks one of them,
// `npm ci` refuses it, or people on that platform miss the binary. And the lock must not tie anyone to a registry host.
// Usage: node scripts/check-lock.mjs [file, default package-lock.json]
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { report, root } from './lib/run.mjs';

const file = process.argv[2] ?? 'package-lock.json';
const { packages } = JSON.parse(readFileSync(resolve(root, file), 'utf8'));

/** Where Node would look for `name` from the package at `path`: in its own node_modules, then in each one further up. */
function candidates(path, name) {
  const parts = path === '' ? [] : path.split(/(?=\/node_modules\/)/);
  const folders = parts.map((_, index) => `${parts.slice(0, parts.length - index).join('')}/`);
  return [...folders, ''].map((folder) => `${folder}node_modules/${name}`);
}

function faultsOf([path, entry]) {
  const label = path === '' ? 'the project itself' : path;
  const missing = Object.keys(entry.optionalDependencies ?? {})
    .filter((name) => !candidates(path, name).some((candidate) => candidate in packages))
    .map(
      (name) =>
        `${file}: ${label} names ${name}, which has no entry: pin a version whose platform packages all exist`,
    );
  const tied =
    'resolved' in entry
      ? [`${file}: ${label} has a "resolved" field: install with omit-lockfile-registry-resolved`]
      : [];
  const open = path !== '' && !('integrity' in entry) ? [`${file}: ${label} has no integrity`] : [];
  return [...missing, ...tied, ...open];
}

const entries = Object.entries(packages);
report(
  entries.flatMap(faultsOf),
  `${file}: ${entries.length} entries, no platform package missing, no registry named`,
);
