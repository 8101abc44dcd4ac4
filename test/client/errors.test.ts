/** The classes of errors and what tells them apart; which failure becomes which: failures.test.ts. */
import { beforeAll, describe, expect, jest, test } from '@jest/globals';
import * as Client from '../../lib/client/index.js';
import { HttpPreconditionsError, PreconditionFailedError } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { answer, withScript } from './scripted-server.js';

type Library = typeof Client;
const here: Library = Client;

const GUARDS = [
  'isClientError',
  'isResponseError',
  'isPreconditionFailedError',
  'isPreconditionRequiredError',
  'isWeakTagError',
  'isNetworkError',
  'isGaveUpError',
  'isOutcomeUnknownError',
] as const;

type GuardName = (typeof GUARDS)[number];
type ClassName =
  | 'ClientError'
  | 'ResponseError'
  | 'NetworkError'
  | 'WeakTagError'
  | 'GaveUpError'
  | OfAnswers;
type OfAnswers = 'PreconditionFailedError' | 'PreconditionRequiredError' | 'OutcomeUnknownError';

interface Kind {
  readonly name: ClassName;
  readonly code: Client.ClientErrorCode;
  readonly make: (library: Library) => Client.ClientError;
  readonly guards: readonly GuardName[];
}

const CAUSE = new Error('first');
const response = (status: number): Response => new Response('', { status });
const READ = { data: 'last' } as Client.Retrieved<unknown>;

const KINDS: readonly Kind[] = [
  {
    name: 'ClientError',
    code: 'ERR_CLIENT_USAGE',
    make: (library) => new library.ClientError('ERR_CLIENT_USAGE', 'x', { cause: CAUSE }),
    guards: [],
  },
  {
    name: 'ResponseError',
    code: 'ERR_CLIENT_STATUS',
    make: (library) => new library.ResponseError(response(500), 'data', 'x'),
    guards: ['isResponseError'],
  },
  {
    name: 'PreconditionFailedError',
    code: 'ERR_CLIENT_PRECONDITION_FAILED',
    make: (library) => new library.PreconditionFailedError(response(412), 'data', 'x'),
    guards: ['isResponseError', 'isPreconditionFailedError'],
  },
  {
    name: 'PreconditionRequiredError',
    code: 'ERR_CLIENT_PRECONDITION_REQUIRED',
    make: (library) => new library.PreconditionRequiredError(response(428), 'data', 'x'),
    guards: ['isResponseError', 'isPreconditionRequiredError'],
  },
  {
    name: 'WeakTagError',
    code: 'ERR_CLIENT_WEAK_TAG',
    make: (library) => new library.WeakTagError('ERR_CLIENT_WEAK_TAG', 'x'),
    guards: ['isWeakTagError'],
  },
  {
    name: 'NetworkError',
    code: 'ERR_CLIENT_NETWORK',
    make: (library) => new library.NetworkError('ERR_CLIENT_NETWORK', 'x', { cause: CAUSE }),
    guards: ['isNetworkError'],
  },
  {
    name: 'GaveUpError',
    code: 'ERR_CLIENT_GAVE_UP',
    make: (library) => new library.GaveUpError(3, READ, 'unknown', CAUSE),
    guards: ['isGaveUpError'],
  },
  {
    name: 'OutcomeUnknownError',
    code: 'ERR_CLIENT_OUTCOME_UNKNOWN',
    make: (library) => new library.OutcomeUnknownError(READ, 'sent', CAUSE),
    guards: ['isOutcomeUnknownError'],
  },
];

/** The guards that know a value, `isClientError` first. */
function knownBy(library: Library, value: unknown): GuardName[] {
  return GUARDS.filter((guard) => library[guard](value));
}

describe.each(KINDS)('$name', ({ name, code, make, guards }) => {
  test('is an Error with a name, a code, and a message that says where to read on', () => {
    const error = make(here);
    expect(error).toBeInstanceOf(Error);
    expect(error).toBeInstanceOf(Client.ClientError);
    expect(error).toBeInstanceOf(here[name]);
    expect([error.name, error.code]).toEqual([name, code]);
    expect(error.message).toMatch(new RegExp(String.raw` \[${code}: see docs/error-codes\.md\]$`));
    expect(String(error)).toBe(`${name}: ${error.message}`);
  });

  test('has no status, by which Express would answer with it', () => {
    const error = make(here);
    expect('status' in error || 'statusCode' in error || 'headers' in error).toBe(false);
  });

  test('is known by its guards, and by no other', () => {
    expect(knownBy(here, make(here))).toEqual(['isClientError', ...guards]);
  });

  describe('of another copy of the package', () => {
    let other: Library;
    beforeAll(async () => {
      await jest.isolateModulesAsync(async () => {
        other = await import('../../lib/client/index.js');
      });
    });

    test('is no instance of this one, but known by its guards', () => {
      const error = make(other);
      expect(error).not.toBeInstanceOf(Client.ClientError);
      expect(knownBy(here, error)).toEqual(['isClientError', ...guards]);
    });
  });
});

describe('What an error carries', () => {
  test('is the answer and its data', () => {
    const answered = response(409);
    expect(new Client.ResponseError(answered, { a: 1 }, 'x')).toMatchObject({ data: { a: 1 } });
    expect(new Client.ResponseError(answered, { a: 1 }, 'x').response).toBe(answered);
  });

  test('is what became of the attempts', () => {
    expect(new Client.GaveUpError(3, READ, 'not-written', CAUSE)).toMatchObject({
      attempts: 3,
      last: READ,
      outcome: 'not-written',
      cause: CAUSE,
      message: expect.stringContaining('3 attempts: first'),
    });
  });

  test('is the content that was sent', () => {
    expect(new Client.OutcomeUnknownError(READ, { a: 1 }, CAUSE)).toMatchObject({
      last: READ,
      sent: { a: 1 },
      cause: CAUSE,
    });
  });

  test('is no cause, where there is none', () => {
    expect('cause' in new Client.WeakTagError('ERR_CLIENT_WEAK_TAG', 'x')).toBe(false);
  });
});

describe('The guards know', () => {
  const coded = (code: unknown): object => Object.assign(new Error('x'), { code });
  const throwing = {
    get code(): never {
      throw new Error('code was read');
    },
  };

  test.each<readonly [string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['a string', 'ERR_CLIENT_STATUS'],
    ['a number', 412],
    ['a plain error', new Error('ERR_CLIENT_STATUS')],
    ['an error of the platform', new DOMException('x', 'AbortError')],
    ['an error of Node', coded('ECONNREFUSED')],
    ['a code that begins alike', coded('ERR_CLIENTELE')],
    ['a code that is a number', coded(20)],
    ['a code that is a symbol', coded(Symbol('ERR_CLIENT_STATUS'))],
    ['a code that is an object', coded({})],
    ['a code that is an object without prototype', coded(Object.create(null))],
    ['an object without prototype', Object.create(null)],
    ['a function', () => {}],
    ['an error of the middleware', new HttpPreconditionsError('ERR_OPTION', 'x')],
    ['the refusal that a handler throws', new PreconditionFailedError()],
  ])('nothing else: %s', (_what, value) => {
    expect(knownBy(here, value)).toEqual([]);
  });

  test('what reading a code throws is not swallowed', () => {
    expect(() => Client.isClientError(throwing)).toThrow('code was read');
  });

  test('an error by its code alone, so that it may come from another realm', () => {
    const foreign = Object.assign(Object.create(null) as object, { code: 'ERR_CLIENT_NETWORK' });
    expect(knownBy(here, foreign)).toEqual(['isClientError', 'isNetworkError']);
  });
});

describe.each(EXPRESS_VERSIONS)('An app that lets an error of the client through, $name', ({ express }) => {
  test.each([412, 428, 404, 409])(
    'answers 500 and not %i: the fault is not with its caller',
    async (status) => {
      await withScript([answer(status)], async ({ client, origin }) => {
        const app = express();
        app.set('env', 'test'); // logs nothing
        app.get('/', (_req, _res, next) => {
          client.put(`${origin}/note`, {}, { ifMatch: '"1"' }).catch(next);
        });
        await withServer(app, async (port) => {
          expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(500);
        });
      });
    },
  );
});
