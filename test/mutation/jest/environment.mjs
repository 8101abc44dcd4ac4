// The environment of a test file. A mutant is killed by the first test that fails, and the others of the file are left out: Jest ends no
// file early by itself.
import { TestEnvironment } from 'jest-environment-node';
import { isMutantActive } from './active-mutant.mjs';

// oxlint-disable-next-line import/no-default-export -- Jest looks there
export default class extends TestEnvironment {
  #hasFailed = false;

  handleTestEvent({ name, test }) {
    if (!isMutantActive()) return;
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#hasFailed = true;
    if (name === 'test_start' && this.#hasFailed) test.mode = 'skip';
  }
}
