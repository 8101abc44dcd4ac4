// Runs the test files for one mutant: only those with a test that meets it, the quick ones first, until one fails. Stryker names the
// tests, but lets Jest load every file to look for them, which would take most of the time.
import { readFileSync, writeFileSync } from 'node:fs';
import TestRunner from 'jest-runner';
import { isMutantActive } from './active-mutant.mjs';

/** What the run without a mutant has found: in the sandbox of Stryker, where all its processes find it, and gone when the run is over. */
const FOUND = new URL('found.json', import.meta.url);

// oxlint-disable-next-line import/no-default-export -- Jest looks there
export default class extends TestRunner {
  async runTests(tests, watcher, options) {
    const inTurn = { ...options, serial: true };
    if (!isMutantActive()) return this.#runAll(tests, watcher, inTurn);
    let isKilled = false;
    this.on('test-file-success', ([, { numFailingTests }]) => (isKilled ||= numFailingTests > 0));
    this.on('test-file-failure', () => (isKilled = true));
    for (const test of relevant(tests, this._globalConfig.testNamePattern))
      if (!isKilled) await super.runTests([test], watcher, inTurn);
  }

  async #runAll(tests, watcher, options) {
    const found = {};
    this.on('test-file-success', ([{ path }, { testResults, perfStats }]) => {
      found[path] = { names: testResults.map(({ fullName }) => fullName), took: perfStats.runtime };
    });
    await super.runTests(tests, watcher, options);
    writeFileSync(FOUND, JSON.stringify(found));
  }
}

function relevant(tests, namePattern = '') {
  const found = JSON.parse(readFileSync(FOUND, 'utf8'));
  const pattern = new RegExp(namePattern, 'i');
  return tests
    .filter(({ path }) => found[path].names.some((name) => pattern.test(name)))
    .toSorted((a, b) => found[a.path].took - found[b.path].took);
}
