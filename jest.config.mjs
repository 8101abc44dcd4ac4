// Dates must come out right in every time zone, so the suite runs in one that is not UTC unless TZ says otherwise.
process.env.TZ ??= 'America/New_York';

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // Much of the time goes by in other processes: servers and databases.
  maxWorkers: '100%',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  moduleNameMapper: {
    '^http-preconditions$': '<rootDir>/lib/index.ts',
    '^http-preconditions/(core|client|testing)$': '<rootDir>/lib/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
        module: { type: 'commonjs' },
      },
    ],
  },
  setupFiles: ['<rootDir>/test/setup/silence-warnings.ts'],
  globalSetup: '<rootDir>/test/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.mjs',
  coverageProvider: 'v8',
  collectCoverageFrom: ['lib/**/*.ts'],
  reporters: ['default', '<rootDir>/scripts/closing-line-reporter.mjs'],
};
