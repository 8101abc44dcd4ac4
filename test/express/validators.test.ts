import { describe, expect, test } from '@jest/globals';
import { preconditions, strong, weak } from '../../lib/index.js';
import type { ResourceVersion, VersionProvider } from '../../lib/index.js';
import { T, T_DATE } from '../core/fixtures.js';
import { ask, mustNotRun, recordErrors, setting } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { fieldOf, rawRequest } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const DAY = 86_400_000;

describe.each(EXPRESS_VERSIONS)('the validators of a 200 over $name', ({ express }) => {
  const get = (version: ResourceVersion, ...fields: string[]): Promise<RawResponse> =>
    ask(
      appWith(express, () => version),
      ['GET /', ...fields],
    );

  test('R-8.8.3.1-a: ETag is that of the provider, with and without a precondition', async () => {
    expect(fieldOf(await get({ etag: strong('m3') }), 'ETag')).toBe('"m3"');
    expect(fieldOf(await get({ etag: strong('m3') }, 'If-None-Match: "m2"'), 'ETag')).toBe('"m3"');
  });

  test('R-8.8.3-j: a weak version is sent with the weakness mark', async () => {
    expect(fieldOf(await get({ etag: weak('v1') }), 'ETag')).toBe('W/"v1"');
  });

  test('R-8.8.3-k: an ETag that is none is an error and is never sent', async () => {
    const app = express();
    app.get(
      '/',
      preconditions(() => ({ etag: 'v1' }) as unknown as ResourceVersion),
      mustNotRun,
    );
    const errors = recordErrors(app);
    const response = await ask(app, ['GET /']);
    expect(response.status).toBe(500);
    expect(fieldOf(response, 'ETag')).toBeUndefined();
    expect(errors).toMatchObject([{ code: 'ERR_ENTITY_TAG_SYNTAX' }]);
  });

  test.each([
    'v1',
    '"v1',
    'v1"',
    '"v 1"',
    '"v"1"',
    'w/"v1"',
    '*',
    '"a", "b"',
    '',
    ' "v1"',
    '"\u0100"',
    '"a"\r\nX: y',
  ])('R-8.8.3-k: %j is no ETag that could be sent', async (etag) => {
    const app = express();
    app.get(
      '/',
      preconditions(() => ({ etag }) as unknown as ResourceVersion),
      mustNotRun,
    );
    const errors = recordErrors(app);
    expect((await ask(app, ['GET /'])).status).toBe(500);
    expect(errors).toMatchObject([{ code: 'ERR_ENTITY_TAG_SYNTAX' }]);
  });

  test('R-8.8.2.1-a: Last-Modified is that of the provider', async () => {
    const response = await get({ lastModified: T_DATE });
    expect([fieldOf(response, 'Last-Modified'), fieldOf(response, 'ETag')]).toEqual([T, undefined]);
  });

  test.each([
    ['0000-01-01T00:00:00.000Z', 'Sat, 01 Jan 0000 00:00:00 GMT'],
    ['0999-12-31T23:59:59.999Z', 'Tue, 31 Dec 0999 23:59:59 GMT'],
    ['1970-01-01T00:00:00.000Z', 'Thu, 01 Jan 1970 00:00:00 GMT'],
    ['1969-12-31T23:59:59.999Z', 'Wed, 31 Dec 1969 23:59:59 GMT'],
    ['2016-02-29T05:06:07.999Z', 'Mon, 29 Feb 2016 05:06:07 GMT'],
  ])('R-5.6.7-k: the date %s is sent as %s, without a character more', async (date, text) => {
    expect(fieldOf(await get({ lastModified: new Date(date) }), 'Last-Modified')).toBe(text);
  });

  test('R-8.8.2.1-b: the provider is asked anew for each request', async () => {
    let version = 0;
    const app = appWith(express, () => ({ etag: strong(++version) }));
    await withServer(app, async (port) => {
      expect(fieldOf(await rawRequest(port, ['GET /']), 'ETag')).toBe('"1"');
      expect(fieldOf(await rawRequest(port, ['GET /', 'If-None-Match: "1"']), 'ETag')).toBe('"2"');
    });
  });

  test('R-8.8.2.1-c: a Last-Modified in the future is sent as the present', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const response = await get({ lastModified: new Date(Date.now() + DAY) });
    const sent = Date.parse(fieldOf(response, 'Last-Modified')!);
    expect(sent).toBeGreaterThanOrEqual(before);
    expect(sent).toBeLessThanOrEqual(Date.parse(fieldOf(response, 'Date')!));
  });

  test('R-8.8.2.1-c: a Last-Modified in the future is sent on a 304 as the present', async () => {
    const lastModified = new Date(Date.now() + DAY);
    const response = await get({ lastModified }, `If-Modified-Since: ${lastModified.toUTCString()}`);
    expect(response.status).toBe(304);
    const sent = Date.parse(fieldOf(response, 'Last-Modified')!);
    expect(sent).toBeLessThanOrEqual(Date.parse(fieldOf(response, 'Date')!));
  });

  test('R-8.8.2.1-c, Pick 13: a Last-Modified in the future is compared as it is', async () => {
    const lastModified = new Date(Date.now() + DAY);
    const response = await get({ lastModified }, `If-Modified-Since: ${new Date().toUTCString()}`);
    expect(response.status).toBe(200);
  });

  test('validators that a middleware before had set give way to those of the version', async () => {
    const app = express();
    const upstream = setting({ ETag: '"old"', 'Last-Modified': 'Tue, 15 Nov 1994 12:45:26 GMT' });
    app.get(
      '/',
      upstream,
      preconditions(() => ({ etag: strong('new') })),
      (_req, res) => {
        res.send('content');
      },
    );
    const response = await ask(app, ['GET /']);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual(['"new"', undefined]);
  });

  test('a handler may set its own', async () => {
    const app = express();
    app.get(
      '/',
      preconditions(() => ({ etag: strong('provided'), lastModified: T_DATE })),
      (_req, res) => {
        res.set({ ETag: '"handler"', 'Last-Modified': 'Wed, 16 Nov 1994 12:45:26 GMT' }).send('content');
      },
    );
    const response = await ask(app, ['GET /']);
    expect(fieldOf(response, 'ETag')).toBe('"handler"');
    expect(fieldOf(response, 'Last-Modified')).toBe('Wed, 16 Nov 1994 12:45:26 GMT');
  });

  test('R-8.8.1-d: equal tags of two resources mean nothing', async () => {
    const tags: Readonly<Record<string, ResourceVersion>> = {
      a: { etag: strong('x') },
      b: { etag: strong('y') },
    };
    const app = express();
    app.get(
      '/:name',
      preconditions((req) => tags[req.params['name']!] ?? null),
      (_req, res) => {
        res.send('content');
      },
    );
    expect((await ask(app, ['GET /a', 'If-None-Match: "x"'])).status).toBe(304);
    expect((await ask(app, ['GET /b', 'If-None-Match: "x"'])).status).toBe(200);
  });

  test('R-8.8.3.3-a: codings have tags of their own', async () => {
    const app = negotiating(express);
    const gzip = ['GET /', 'Accept-Encoding: gzip'];
    expect(fieldOf(await ask(app, gzip), 'ETag')).toBe('"123-b"');
    expect((await ask(app, [...gzip, 'If-None-Match: "123-a"'])).status).toBe(200);
    const notModified = await ask(app, [...gzip, 'If-None-Match: "123-a", "123-b"']);
    expect([notModified.status, fieldOf(notModified, 'Vary')]).toEqual([304, 'Accept-Encoding']);
  });

  test('R-13.2.1-j: conditions test the variant that this request would get', async () => {
    const app = negotiating(express);
    expect((await ask(app, ['GET /', 'If-None-Match: "123-a"'])).status).toBe(304);
    expect((await ask(app, ['GET /', 'If-None-Match: "123-b"'])).status).toBe(200);
    expect((await ask(app, ['GET /', 'Accept-Encoding: gzip', 'If-Match: "123-a"'])).status).toBe(412);
  });
});

function appWith(express: ExpressModule, provider: VersionProvider): ReturnType<ExpressModule> {
  const app = express();
  app.get('/', preconditions(provider), (_req, res) => {
    res.send('content');
  });
  return app;
}

/** An app with two variants of one resource, each with its own tag. */
function negotiating(express: ExpressModule): ReturnType<ExpressModule> {
  return appWith(express, (req) => ({
    etag: strong(req.acceptsEncodings('gzip') === 'gzip' ? '123-b' : '123-a'),
    headers: { Vary: 'Accept-Encoding' },
  }));
}
