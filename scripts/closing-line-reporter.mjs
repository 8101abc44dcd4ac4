// A jest reporter that ends every run with one line a person or a program can read at a glance: `N passed, N failed`.
// It also names each skipped test, so that nothing is left out of a run unnoticed.
// Jest always runs its own summary after every other reporter: printing when the process exits keeps this line the last.

const SKIPPED = new Set(['pending', 'todo', 'disabled']);

export default class ClosingLineReporter {
  #filtered;

  constructor(globalConfig) {
    this.#filtered = Boolean(globalConfig.testNamePattern);
  }

  onRunComplete(_contexts, results) {
    const text = closingLines(results, this.#filtered).join('\n');
    process.once('exit', () => process.stdout.write(`${text}\n`));
  }
}

function closingLines(results, filtered) {
  const tests = results.testResults.flatMap((file) => file.testResults);
  const skipped = tests.filter((test) => SKIPPED.has(test.status));
  // A file that could not be run at all (a syntax error, a missing import) counts as one failure.
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  // With `-t name` all but the chosen tests are skipped, and their names are only noise.
  const names = filtered ? [] : skipped.map((test) => `skipped: ${test.fullName}`);
  return [...names, counts.join(', ')];
}
