import { readFileSync } from 'node:fs';

/** Of an installed package, under the name that it is installed by: `koa 3.3.0`. */
export function versionOf(installed) {
  return versionIn(`../node_modules/${installed}/package.json`);
}

/** Of this repository. */
export function ownVersion() {
  return versionIn('../../../package.json');
}

function versionIn(path) {
  const { name, version } = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
  return `${name} ${version}`;
}
