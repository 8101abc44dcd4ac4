import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { ask, mustNotRun, setting } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldNames, fieldOf, rawRequests } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { T, T_DATE, T_PLUS_1 } from '../core/fixtures.js';

const V1: ResourceVersion = { etag: strong('v1') };
const MATCHING = ['GET /', 'If-None-Match: "v1"'];

describe.each(EXPRESS_VERSIONS)('a 304 over $name', ({ express }) => {
  /** An app whose handler must not run, behind a middleware that sets fields for the 200. */
  function appWith(
    version: ResourceVersion,
    upstream: Readonly<Record<string, string | string[]>> = {},
    options: PreconditionsOptions = {},
  ): Express {
    const app = express();
    app.get(
      '/',
      setting(upstream),
      preconditions(() => version, options),
      mustNotRun,
    );
    return app;
  }

  test('R-15.4.5-b: repeats what the 200 carries of the six fields that section 15.4.5 names', async () => {
    const app = express();
    const version = { ...V1, headers: { 'Content-Location': '/en', Expires: T } };
    const options = { headers: { 'Cache-Control': 'private, max-age=60' } };
    app.get(
      '/',
      setting({ Vary: 'Accept' }),
      preconditions(() => version, options),
      (_req, res) => {
        res.send('content');
      },
    );
    const performed = await ask(app, ['GET /']);
    const notModified = await ask(app, MATCHING);
    expect([performed.status, notModified.status]).toEqual([200, 304]);
    const six = ['Content-Location', 'ETag', 'Vary', 'Cache-Control', 'Expires'].map((name) => [
      fieldOf(performed, name),
      fieldOf(notModified, name),
    ]);
    expect(six).toEqual([
      ['/en', '/en'],
      ['"v1"', '"v1"'],
      ['Accept', 'Accept'],
      ['private, max-age=60', 'private, max-age=60'],
      [T, T],
    ]);
    expect(fieldOf(notModified, 'Date')).toBeDefined();
  });

  test('R-6.6.1-a: carries Date', async () => {
    const response = await ask(appWith(V1), MATCHING);
    expect(fieldOf(response, 'Date')).toMatch(/^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/);
  });

  test('R-12.5.5-a: keeps the Vary of a middleware before it and adds that of the version, each field once', async () => {
    const version = { ...V1, headers: { Vary: 'Accept-Encoding, origin' } };
    const options = { headers: { Vary: 'Accept' } };
    const response = await ask(appWith(version, { Vary: 'Origin' }, options), MATCHING);
    expect(fieldOf(response, 'Vary')).toBe('Origin, Accept, Accept-Encoding');
  });

  test('R-12.5.5-b: has no Vary of its own: the conditional fields select nothing', async () => {
    expect(fieldOf(await ask(appWith(V1), MATCHING), 'Vary')).toBeUndefined();
  });

  test('keeps Vary: * as it is', async () => {
    const version = { ...V1, headers: { Vary: 'Accept' } };
    expect(fieldOf(await ask(appWith(version, { Vary: '*' }), MATCHING), 'Vary')).toBe('*');
  });

  test('R-15.4.5-c: drops every field about content that a middleware before it had set', async () => {
    const response = await ask(
      appWith(V1, {
        'Content-Type': 'text/html',
        'Content-Encoding': 'gzip',
        'Content-Language': 'de',
        'Content-Range': 'bytes 0-3/9',
        'Content-Disposition': 'attachment',
        'Content-Digest': 'sha-256=:AA==:',
        'Repr-Digest': 'sha-256=:AA==:',
        'Content-MD5': 'AA==',
        Trailer: 'Server-Timing',
      }),
      MATCHING,
    );
    expect(fieldNames(response)).toEqual(['connection', 'date', 'etag', 'x-powered-by']);
  });

  test('R-15.4.5-f: has no Content-Type that a cache would copy over its stored one', async () => {
    const response = await ask(appWith(V1, { 'Content-Type': 'application/json' }), MATCHING);
    expect(fieldOf(response, 'Content-Type')).toBeUndefined();
  });

  test('R-8.6-a: drops a Content-Length that was set before it', async () => {
    const response = await ask(appWith(V1, { 'Content-Length': '5' }), MATCHING);
    expect(response.status).toBe(304);
    expect(fieldOf(response, 'Content-Length')).toBeUndefined();
  });

  test('drops a Transfer-Encoding that was set before it', async () => {
    const response = await ask(appWith(V1, { 'Transfer-Encoding': 'chunked' }), MATCHING);
    expect(response.status).toBe(304);
    expect(fieldOf(response, 'Transfer-Encoding')).toBeUndefined();
  });

  test('R-15.4.5-d: ends after its header section, so that the next response follows at once', async () => {
    await withServer(appWith(V1, { 'Content-Length': '5' }), async (port) => {
      const responses = await rawRequests(port, [
        { lines: MATCHING },
        { lines: ['HEAD /', 'If-None-Match: "v1"'] },
        { lines: [...MATCHING, 'Connection: close'] },
      ]);
      expect(responses.map(({ status }) => status)).toEqual([304, 304, 304]);
    });
  });

  test('keeps what is not about content: cookies, CORS, security, the caching fields of the 200', async () => {
    const upstream = {
      'Access-Control-Allow-Origin': 'https://example.com',
      'Access-Control-Expose-Headers': 'ETag',
      'Cache-Control': 'no-cache',
      'Content-Security-Policy': "default-src 'self'",
      Expires: T,
      'Surrogate-Control': 'max-age=60',
      'X-Request-Id': '7',
    };
    const response = await ask(appWith(V1, upstream), MATCHING);
    for (const [name, value] of Object.entries(upstream))
      expect([name, fieldOf(response, name)]).toEqual([name, value]);
    const cookies = await ask(appWith(V1, { 'Set-Cookie': ['a=1', 'b=2'] }), MATCHING);
    expect(cookies.lines.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value)).toEqual([
      'a=1',
      'b=2',
    ]);
  });

  test('R-8246-2-a: is sent for an immutable representation, too', async () => {
    const options = { headers: { 'Cache-Control': 'max-age=31536000, immutable' } };
    const response = await ask(appWith(V1, {}, options), MATCHING);
    expect(response.status).toBe(304);
    expect(fieldOf(response, 'Cache-Control')).toBe('max-age=31536000, immutable');
  });

  test('the fields of a version win over those of the options, and those over a middleware before', async () => {
    const version = { ...V1, headers: { 'Cache-Control': 'max-age=3' } };
    const options = { headers: { 'Cache-Control': 'max-age=2', Expires: T } };
    const upstream = { 'Cache-Control': 'max-age=1', Expires: T_PLUS_1 };
    const response = await ask(appWith(version, upstream, options), MATCHING);
    expect(fieldOf(response, 'Cache-Control')).toBe('max-age=3');
    expect(fieldOf(response, 'Expires')).toBe(T);
  });

  test('a field that the version has as undefined takes nothing away', async () => {
    const version = { ...V1, headers: { 'Cache-Control': undefined, Vary: undefined } };
    const response = await ask(appWith(version, { 'Cache-Control': 'max-age=1', Vary: 'Accept' }), MATCHING);
    expect(fieldOf(response, 'Cache-Control')).toBe('max-age=1');
    expect(fieldOf(response, 'Vary')).toBe('Accept');
  });

  test('R-15.4.5-c: carries Last-Modified only where there is no tag', async () => {
    const dated = ['GET /', `If-Modified-Since: ${T}`];
    const both = await ask(appWith({ ...V1, lastModified: T_DATE }), dated);
    expect([both.status, fieldOf(both, 'ETag'), fieldOf(both, 'Last-Modified')]).toEqual([
      304,
      '"v1"',
      undefined,
    ]);
    const dateOnly = await ask(appWith({ lastModified: T_DATE }), dated);
    expect([dateOnly.status, fieldOf(dateOnly, 'ETag'), fieldOf(dateOnly, 'Last-Modified')]).toEqual([
      304,
      undefined,
      T,
    ]);
  });

  test('R-15.4.5-e: carries the tag of the version, not one that was set before it', async () => {
    const response = await ask(appWith(V1, { ETag: '"old"', 'Last-Modified': T }), MATCHING);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual(['"v1"', undefined]);
  });
});
