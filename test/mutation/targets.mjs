/**
 * The folders of lib that are mutated, each with the tests that it is held to: its own, those over HTTP included. Left out are tests that
 * measure time, or take long for the little that they alone would see.
 */
export const TARGETS = {
  core: { tests: ['test/core/**/*.test.ts', '!test/core/linear.test.ts'] },
  locks: { tests: ['test/locks/**/*.test.ts'], needsPostgres: true },
  client: { tests: ['test/client/**/*.test.ts'] },
  express: {
    tests: [
      'test/express/**/*.test.ts',
      'test/faults/{departure,failed-answers,late-failures,listeners,streams}.test.ts',
    ],
  },
};
