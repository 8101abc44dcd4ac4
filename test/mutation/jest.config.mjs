// The tests of one target, for Stryker, which runs Jest once for each mutant: without a database of its own each time, and without a
// word at the end.
import { fileURLToPath } from 'node:url';
import whole from '../../jest.config.mjs';
import { target } from './target.mjs';

const { globalSetup: _, globalTeardown: __, reporters: ___, ...config } = whole;
const rootDir = fileURLToPath(new URL('../../', import.meta.url));

export default {
  ...config,
  rootDir,
  testMatch: target.tests.map((glob) => glob.replace(/^!?/, (not) => not + rootDir)),
  setupFilesAfterEnv: [`${rootDir}test/mutation/jest/fixed-seed.ts`],
  testEnvironment: `${rootDir}test/mutation/jest/environment.mjs`,
  runner: `${rootDir}test/mutation/jest/runner.mjs`,
};
