import { describe, expect, test } from '@jest/globals';
import { HttpPreconditionsError, preconditions } from '../../lib/index.js';
import type { PreconditionsOptions, VersionProvider } from '../../lib/index.js';
import { BAD_OPTIONS, GOOD_OPTIONS } from './options.cases.js';

/** The error of building a middleware; fails when there is none. */
function errorOf(build: () => unknown): HttpPreconditionsError {
  try {
    build();
  } catch (error) {
    if (error instanceof HttpPreconditionsError) return error;
    throw error;
  }
  throw new Error('It was built.');
}

const absent: VersionProvider = () => null;

describe('the options are checked when the middleware is built', () => {
  test.each(BAD_OPTIONS)('$title is refused', ({ options, message, code = 'ERR_OPTION' }) => {
    const error = errorOf(() => preconditions(absent, options as PreconditionsOptions));
    expect(error.code).toBe(code);
    for (const part of message) expect(error.message).toContain(part);
    expect(error.message).toContain(`[${code}: see docs/error-codes.md]`);
  });

  test.each(GOOD_OPTIONS)('%j is accepted', (options) => {
    expect(typeof preconditions(absent, options)).toBe('function');
  });

  test.each([undefined, null, {}, 'provider', Promise.resolve(null)])(
    'a provider that is no function of the request is refused: %p',
    (provider) => {
      const error = errorOf(() => preconditions(provider as never));
      expect(error.code).toBe('ERR_OPTION');
      expect(error.message).toContain('expected a version provider, a function of the request');
    },
  );

  test('the middleware takes three arguments and has a name, so that Express and stack traces know it', () => {
    const middleware = preconditions(absent);
    expect([middleware.length, middleware.name]).toEqual([3, 'preconditionsMiddleware']);
  });
});
