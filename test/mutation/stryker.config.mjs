import { name } from './target.mjs';

const reports = `reports/mutation/${name}`;

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`lib/${name}/**/*.ts`],
  plugins: [import.meta.resolve('@stryker-mutator/jest-runner')],
  testRunner: 'jest',
  jest: {
    projectType: 'custom',
    configFile: 'test/mutation/jest.config.mjs',
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  // Stryker would read a tsconfig.json by an interface that TypeScript 7 does not have, and swc looks at no types anyway.
  tsconfigFile: 'tsconfig.absent.json',
  checkers: [],
  disableTypeChecks: false,
  // What has not changed since the last run is not tried again.
  incremental: true,
  incrementalFile: `${reports}.incremental.json`,
  // Not its own `.stryker-tmp`: in a folder whose name begins with a dot, Express finds no file to send.
  tempDirName: 'reports/stryker',
  ignorePatterns: ['/bench', '/coverage', '/dist', '/reports', '/.tmp'],
  reporters: ['clear-text', 'progress', 'html', 'json'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: `${reports}.html` },
  jsonReporter: { fileName: `${reports}.json` },
};
