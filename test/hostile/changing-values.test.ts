import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { isHttpPreconditionsError, preconditions, strong } from '../../lib/index.js';
import type { ResourceVersion, VersionHeaders, VersionProvider } from '../../lib/index.js';
import { T, T_DATE, T_MINUS_1, T_PLUS_1 } from '../core/fixtures.js';
import { recordErrors, thenable } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, rawRequest } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { wholeResponse } from './whole-response.js';

const INJECTION = 'x\r\nSet-Cookie: a=1';

/** Gives each value in turn, the last one for ever. */
function inTurn<T>(...values: readonly T[]): () => T {
  let reads = 0;
  return () => values[Math.min(reads++, values.length - 1)]!;
}

/** Text that is fine at the first look and something else at the second. */
function changingField(name: keyof VersionHeaders): VersionHeaders {
  return Object.defineProperty({}, name, { enumerable: true, get: inTurn('Accept', INJECTION) });
}

/** Has other names at the second look. */
function changingNames(): VersionHeaders {
  const targets = inTurn<VersionHeaders>({ Vary: 'Accept' }, { 'Set-Cookie': 'Accept' } as VersionHeaders);
  return new Proxy(
    {},
    {
      ownKeys: () => Reflect.ownKeys(targets()),
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 'Accept' }),
      get: (_target, name) => (typeof name === 'string' ? 'Accept' : undefined),
    },
  );
}

class ChangingDate extends Date {
  readonly #times = inTurn(T_DATE.getTime(), 8.64e15, Number.NaN);
  override getTime(): number {
    return this.#times();
  }
  override getUTCFullYear(): number {
    return 1994;
  }
  override toUTCString(): string {
    return INJECTION;
  }
}

const CHANGING: readonly (readonly [what: string, version: () => ResourceVersion])[] = [
  ['Vary', () => ({ etag: strong('v1'), lastModified: T_DATE, headers: changingField('Vary') })],
  ['Expires', () => ({ etag: strong('v1'), lastModified: T_DATE, headers: changingField('Expires') })],
  [
    'the names of the headers',
    () => ({ etag: strong('v1'), lastModified: T_DATE, headers: changingNames() }),
  ],
  ['a date', () => ({ etag: strong('v1'), lastModified: new ChangingDate(T_DATE) })],
];

describe.each(EXPRESS_VERSIONS)('a version that changes between two looks, over $name:', ({ express }) => {
  test.each(CHANGING)('%s, and what was checked is what counts and is sent', async (_what, version) => {
    const { app, errors } = performing(express, version);
    await withServer(app, async (port) => {
      const response = await rawRequest(port, ['GET /']);
      expect([response.status, fieldOf(response, 'Last-Modified')]).toEqual([200, T]);
      expect((await rawRequest(port, ['GET /', `If-Modified-Since: ${T}`])).status).toBe(304);
      const modified = await rawRequest(port, ['GET /', `If-Modified-Since: ${T_MINUS_1}`]);
      expect([modified.status, fieldOf(modified, 'Last-Modified')]).toEqual([200, T]);
      expect((await rawRequest(port, ['PUT /', `If-Unmodified-Since: ${T}`])).status).toBe(200);
      expect(await wholeResponse(port, ['GET /'])).not.toMatch(/set-cookie/i);
    });
    expect(errors).toEqual([]);
  });

  test('each field of the headers is read once', async () => {
    const reads: string[] = [];
    const read = (name: string, value: string): string => {
      reads.push(name);
      return value;
    };
    const headers = {
      get Vary(): string {
        return read('Vary', 'Accept');
      },
      get Expires(): string {
        return read('Expires', T);
      },
    };
    const { app } = performing(express, () => ({ etag: strong('v1'), headers }));
    await withServer(app, (port) => rawRequest(port, ['GET /']));
    expect(reads).toEqual(['Vary', 'Expires']);
  });

  test('a field that only Vary refuses leaves no other field on the error', async () => {
    const headers = { 'Cache-Control': 'public, max-age=60', Vary: 'no name of a field' };
    const { app, errors } = performing(express, () => ({ etag: strong('v1'), headers }));
    const response = await withServer(app, (port) => rawRequest(port, ['GET /']));
    expect([response.status, fieldOf(response, 'Cache-Control')]).toEqual([500, undefined]);
    expect(errors.map(isHttpPreconditionsError)).toEqual([true]);
  });

  const dates: readonly [string, () => Date][] = [
    ['of another realm', () => runInNewContext(`new Date(${T_DATE.getTime()})`) as Date],
    ['of a subclass', () => new (class extends Date {})(T_DATE)],
    ['with a fraction of a second', () => new Date(T_DATE.getTime() + 999)],
  ];

  test.each(dates)('a date %s is a date', async (_which, lastModified) => {
    const { app } = performing(express, () => ({ lastModified: lastModified() }));
    await withServer(app, async (port) => {
      expect(fieldOf(await rawRequest(port, ['GET /']), 'Last-Modified')).toBe(T);
      expect((await rawRequest(port, ['GET /', `If-Modified-Since: ${T_PLUS_1}`])).status).toBe(304);
    });
  });

  const promises: readonly [string, () => PromiseLike<ResourceVersion>][] = [
    ['within a promise', () => Promise.resolve(Promise.resolve({ etag: strong('v1') }))],
    [
      'that is resolved with a thenable',
      () => thenable((done) => done(thenable((inner) => inner({ etag: strong('v1') })) as never)),
    ],
    [
      'that is resolved twice',
      () =>
        thenable((done) => {
          done({ etag: strong('v1') });
          done({ etag: strong('v2') });
        }),
    ],
    [
      'that is resolved and rejected',
      () =>
        thenable((done, fail) => {
          done({ etag: strong('v1') });
          fail(new Error('late'));
        }),
    ],
    [
      'that is resolved and throws',
      () =>
        thenable((done) => {
          done({ etag: strong('v1') });
          throw new Error('late');
        }),
    ],
    [
      'that is resolved at once and again later',
      () =>
        thenable((done) => {
          done({ etag: strong('v1') });
          setImmediate(done, { etag: strong('v2') });
        }),
    ],
  ];

  test.each(promises)('a promise %s has the first answer, once', async (_which, answer) => {
    let runs = 0;
    const { app, errors } = performing(express, answer, () => runs++);
    await withServer(app, async (port) => {
      expect((await rawRequest(port, ['PUT /', 'If-Match: "v1"'])).status).toBe(200);
      expect((await rawRequest(port, ['PUT /', 'If-Match: "v2"'])).status).toBe(412);
    });
    expect([runs, errors]).toEqual([1, []]);
  });
});

function performing(
  express: ExpressModule,
  provider: VersionProvider,
  onRun: () => void = () => {},
): { app: Express; errors: unknown[] } {
  const app = express();
  app.all('/', preconditions(provider), (_req, res) => {
    onRun();
    res.send('content');
  });
  return { app, errors: recordErrors(app) };
}
