import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { ErrorRequestHandler } from 'express';
import request from 'supertest';
import type * as Errors from '../lib/errors.js';
import { HttpPreconditionsError, isHttpPreconditionsError, preconditions, strong } from '../lib/index.js';
import { thenable } from './helpers/apps.js';
import { EXPRESS_VERSIONS } from './helpers/express-versions.js';

function thrownBy(make: () => unknown): Error {
  try {
    make();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Expected it to throw.');
}

/** What an error message shows of a value, read off the message for a provider that is none. */
function shown(value: unknown): string | undefined {
  const { message } = thrownBy(() => preconditions(value as () => null));
  return /, got ([^]*)\. \[ERR_OPTION: see docs\/error-codes\.md\]$/.exec(message)?.[1];
}

describe('An error', () => {
  test('has the code as a member, and in its message beside the page to read', () => {
    const error = new HttpPreconditionsError('ERR_OPTION', 'Something is wrong.');
    expect(error.code).toBe('ERR_OPTION');
    expect(error.name).toBe('HttpPreconditionsError');
    expect(error.message).toBe('Something is wrong. [ERR_OPTION: see docs/error-codes.md]');
    expect(String(error)).toBe(`HttpPreconditionsError: ${error.message}`);
  });

  test('is an Error with a stack that begins where it was made', () => {
    const error = new HttpPreconditionsError('ERR_OPTION', 'x');
    expect(error).toBeInstanceOf(Error);
    expect(error.stack?.split('\n')[1]).toContain('errors.test.ts');
  });

  test('is a 500 that is not exposed, unless it is made with another status', () => {
    expect(new HttpPreconditionsError('ERR_OPTION', 'x')).toMatchObject({ status: 500, expose: false });
    const aborted = new HttpPreconditionsError('ERR_REQUEST_ABORTED', 'x', { status: 400 });
    expect(aborted).toMatchObject({ status: 400, expose: false });
  });

  test.each([{ cause: new Error('first') }, { cause: undefined }, { cause: 'text' }])(
    'keeps $cause as its cause',
    ({ cause }) => {
      const error = new HttpPreconditionsError('ERR_PROVIDER_FAILED', 'x', { cause });
      expect(Object.hasOwn(error, 'cause')).toBe(true);
      expect(error.cause).toBe(cause);
    },
  );

  test('has no cause when none was given', () => {
    expect(Object.hasOwn(new HttpPreconditionsError('ERR_OPTION', 'x'), 'cause')).toBe(false);
  });
});

describe('isHttpPreconditionsError', () => {
  test('knows the errors of this package', () => {
    expect(isHttpPreconditionsError(new HttpPreconditionsError('ERR_OPTION', 'x'))).toBe(true);
    expect(isHttpPreconditionsError(thrownBy(() => strong('a b')))).toBe(true);
  });

  test.each([
    { value: new Error('x') },
    { value: new TypeError('x') },
    { value: Object.assign(new Error('x'), { code: 'ERR_OPTION', status: 500 }) },
    { value: undefined },
    { value: null },
    { value: 'HttpPreconditionsError' },
    { value: {} },
    { value: () => 'HttpPreconditionsError' },
  ])('does not take $value for one', ({ value }) => {
    expect(isHttpPreconditionsError(value)).toBe(false);
  });

  describe('with another copy of the package, as ESM beside CommonJS', () => {
    let other: typeof Errors;
    beforeAll(async () => {
      jest.resetModules();
      other = await import('../lib/errors.js');
    });

    test('knows the errors of that copy, which instanceof does not', () => {
      const error = new other.HttpPreconditionsError('ERR_OPTION', 'x');
      expect(error).not.toBeInstanceOf(HttpPreconditionsError);
      expect(isHttpPreconditionsError(error)).toBe(true);
      expect(other.isHttpPreconditionsError(new HttpPreconditionsError('ERR_OPTION', 'x'))).toBe(true);
    });
  });
});

describe('A message shows', () => {
  test.each([
    { value: 'v"1', text: String.raw`"v\"1" (string)` },
    { value: '', text: '"" (string)' },
    { value: 'two\nlines', text: String.raw`"two\nlines" (string)` },
    { value: undefined, text: 'undefined' },
    { value: null, text: 'null' },
    { value: 0, text: '0 (number)' },
    { value: Number.NaN, text: 'NaN (number)' },
    { value: 5n, text: '5 (bigint)' },
    { value: false, text: 'false (boolean)' },
    { value: Symbol('s'), text: 'Symbol(s) (symbol)' },
    { value: { password: 'secret' }, text: '[object Object] (object)' },
    { value: ['secret'], text: '[object Array] (object)' },
    { value: new Map([['secret', 1]]), text: '[object Map] (object)' },
    { value: Promise.resolve('secret'), text: 'a promise that was not awaited (object)' },
    { value: thenable(() => {}), text: 'a promise that was not awaited (object)' },
    { value: JSON.parse('{"then":"secret"}') as object, text: '[object Object] (object)' },
    { value: Object.create(null) as object, text: '[object Object] (object)' },
  ])('$value as $text', ({ value, text }) => {
    expect(shown(value)).toBe(text);
  });

  test('a text of up to 80 characters whole, its quotes included, and a longer one cut', () => {
    expect(shown('x'.repeat(78))).toBe(`"${'x'.repeat(78)}" (string)`);
    expect(shown('x'.repeat(79))).toBe(`"${'x'.repeat(78)}… (string)`);
    expect(shown('x'.repeat(1e6))).toHaveLength(80 + ' (string)'.length);
  });

  test('a function by its name alone', () => {
    const options = { now: (): number => 0 };
    const wrong = { headers: options.now, required: 'PUT' };
    expect(() => preconditions(() => null, wrong as never)).toThrow('got now (function)');
    expect(() => preconditions(() => null, { headers: () => null } as never)).toThrow(
      'got headers (function)',
    );
  });
});

describe.each(EXPRESS_VERSIONS)('On $name', ({ express }) => {
  const failure = new Error('the password is wrong');

  test('an error reaches the error handler with its code, its status and its cause', async () => {
    const seen: unknown[] = [];
    const app = express();
    app.use(preconditions(() => Promise.reject(failure)));
    const onError: ErrorRequestHandler = (error: HttpPreconditionsError, _req, res, _next) => {
      seen.push(error);
      res.sendStatus(error.status);
    };
    app.use(onError);
    await request(app).get('/a').expect(500);
    expect(seen).toEqual([
      expect.objectContaining({ code: 'ERR_PROVIDER_FAILED', status: 500, cause: failure }),
    ]);
    expect(isHttpPreconditionsError(seen[0])).toBe(true);
  });

  test('an error that nobody handles stands in the log, and in production its text is kept from the client', async () => {
    const app = express();
    app.set('env', 'production');
    app.use(preconditions(() => Promise.reject(failure)));
    const log = jest.spyOn(console, 'error');
    const logged = new Promise<unknown>((resolve) => log.mockImplementation(resolve));
    const response = await request(app).get('/a').expect(500);
    expect(response.text).not.toMatch(/password|ERR_/);
    expect(String(await logged)).toContain('ERR_PROVIDER_FAILED');
    log.mockRestore();
  });
});
