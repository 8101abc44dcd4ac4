/**
 * Writes docs/interop.md, and results.json, of which it is made. With --check it writes nothing, and fails when they are out of date
 * for what is installed. A server that is not installed keeps the results that it had. Usage: node test/interop/run.mjs [--check]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { examine } from './lib/examine.mjs';
import { formatted } from './lib/formatted.mjs';
import { pageOf } from './lib/page.mjs';
import { SERVERS } from './servers/index.mjs';

const MOST_SECONDS = 180;

const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;
const files = {
  results: new URL('results.json', import.meta.url),
  page: new URL('../../docs/interop.md', import.meta.url),
};

const watchdog = setTimeout(() => {
  console.error(`not finished within ${MOST_SECONDS} seconds`);
  process.exit(1);
}, MOST_SECONDS * 1000);

const recorded = existsSync(files.results) ? JSON.parse(readFileSync(files.results, 'utf8')) : [];
const results = [];
for (const server of SERVERS) results.push(...(await resultOf(server)));
clearTimeout(watchdog);

const wanted = {
  results: await formatted('results.json', JSON.stringify(results, null, 2)),
  page: await formatted('interop.md', pageOf(results)),
};
for (const [file, text] of Object.entries(wanted))
  if (check) compare(files[file], text);
  else writeFileSync(files[file], text);

async function resultOf(server) {
  if (server.missing !== undefined) {
    console.log(`${server.name}: skipped, ${server.missing}`);
    return recorded.filter(({ name }) => name === server.name);
  }
  const result = await examine(server);
  const { name, version, applying, failures } = result;
  console.log(`${name} (${version}): ${applying - failures.length} of ${applying} cases that apply passed`);
  return [result];
}

function compare(file, text) {
  const present = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (present === text) return;
  console.error(
    `${file.pathname.split('/').slice(-2).join('/')} is out of date: run node test/interop/run.mjs`,
  );
  process.exitCode = 1;
}
