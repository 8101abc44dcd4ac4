import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { T, T_DATE, T_MINUS_1 } from '../core/fixtures.js';
import { ask, mustNotRun, setting } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldNames, fieldOf, jsonOf } from '../helpers/raw-http.js';

const CURRENT: ResourceVersion = { etag: strong('secret-7'), lastModified: T_DATE };
const STALE = ['PUT /', 'If-Match: "v6"'];

describe.each(EXPRESS_VERSIONS)('a 412 over $name', ({ express }) => {
  function appWith(
    upstream: Readonly<Record<string, string | string[]>> = {},
    options: PreconditionsOptions = {},
    version: ResourceVersion | null = CURRENT,
  ): Express {
    const app = express();
    app.all(
      '/',
      setting(upstream),
      preconditions(() => version, options),
      mustNotRun,
    );
    return app;
  }

  test('R-9457-3-a: is problem details with the name of the field', async () => {
    const response = await ask(appWith(), STALE);
    expect(response.status).toBe(412);
    expect(fieldOf(response, 'Content-Type')).toBe('application/problem+json');
    expect(jsonOf(response)).toEqual({
      type: 'about:blank',
      title: 'Precondition Failed',
      status: 412,
      detail: expect.stringMatching(/^If-Match is false: .+\.$/),
      code: 'ERR_PRECONDITION_FAILED',
      field: 'If-Match',
      reason: 'no-match',
    });
  });

  test.each<readonly [ResourceVersion | null, string, string]>([
    [CURRENT, 'If-Match:', 'it lists no entity tag. Send the ETag of the version that you have seen.'],
    [null, 'If-Match: "v6"', 'the resource has no current representation.'],
    [CURRENT, 'If-None-Match: *', 'the resource exists already.'],
    [CURRENT, 'If-None-Match: "secret-7"', 'the resource has a version that it lists.'],
    [
      CURRENT,
      `If-Unmodified-Since: ${T_MINUS_1}`,
      'the resource was modified after that date. Get the resource again',
    ],
  ])('says what is so, of %j and %s', async (version, line, explanation) => {
    const { detail } = jsonOf(await ask(appWith({}, {}, version), ['PUT /', line]));
    expect(detail).toContain(`${line.split(':')[0]} is false: ${explanation}`);
  });

  test('R-9457-3-a: is problem details whatever Accept says', async () => {
    const response = await ask(appWith(), [...STALE, 'Accept: text/html']);
    expect(fieldOf(response, 'Content-Type')).toBe('application/problem+json');
  });

  test.each([
    [412, {}],
    [400, { malformed: 400 as const }],
  ])('R-9457-3-b: the member status is the status, %i', async (status, options) => {
    const response = await ask(appWith({}, options), ['PUT /', 'If-Match: v6']);
    expect(response.status).toBe(status);
    expect(jsonOf(response)).toMatchObject({
      status,
      title: status === 400 ? 'Bad Request' : 'Precondition Failed',
      code: 'ERR_PRECONDITION_MALFORMED',
      reason: 'malformed',
    });
  });

  test.each([
    ['If-Match: "v6"', 'If-Match'],
    ['If-Match: W/"secret-7"', 'If-Match'],
    ['If-Match:', 'If-Match'],
    ['If-Match: v6', 'If-Match'],
    ['If-None-Match: *', 'If-None-Match'],
    [`If-Unmodified-Since: ${T_MINUS_1}`, 'If-Unmodified-Since'],
  ])('R-9457-3-c: %j is told apart without the current version', async (line, field) => {
    const response = await ask(appWith(), ['PUT /', line]);
    expect(jsonOf(response)).toMatchObject({ status: 412, field, detail: expect.stringContaining(field) });
    const text = response.body.toString('utf8');
    for (const internal of ['secret-7"', T, 'node_modules', 'preconditions.ts'])
      expect(text.replaceAll('W/"secret-7"', '')).not.toContain(internal);
  });

  test('R-15.5-a: advises nothing that may overwrite a resource which has no tag', async () => {
    for (const version of [{}, { lastModified: T_DATE }]) {
      const { detail, reason } = jsonOf(await ask(appWith({}, {}, version), STALE));
      expect(reason).toBe('no-etag');
      expect(detail).toContain('no entity tag to compare with. The server has to give it one');
      expect(detail).not.toMatch(/\*|If-Unmodified-Since/);
    }
  });

  test('R-15.5-a: a malformed value is shown to the developer of the client', async () => {
    const response = await ask(appWith(), ['PUT /', 'If-Match: v6']);
    expect(jsonOf(response)['detail']).toContain('received v6.');
  });

  test('R-15.5-a: a long malformed value is cut', async () => {
    const response = await ask(appWith(), ['PUT /', `If-Match: ${'v6 '.repeat(4000)}`]);
    expect(response.body.length).toBeLessThan(600);
  });

  test('R-15.5-a: a malformed value with octets above 7F keeps the content as long as Content-Length says', async () => {
    const response = await ask(appWith(), ['PUT /', 'If-Match: \xe9\xff']);
    expect(fieldOf(response, 'Content-Length')).toBe(String(response.body.length));
    expect(jsonOf(response)['detail']).toContain('received éÿ.');
  });

  test('R-15.5-a: a malformed value on several lines is shown as one', async () => {
    const response = await ask(appWith(), ['PUT /', 'If-None-Match: a', 'If-None-Match: b']);
    expect(jsonOf(response)['detail']).toContain('received a, b.');
  });

  test('R-15.5-a: a HEAD gets the fields of the GET and no content', async () => {
    const [get, head] = [
      await ask(appWith(), ['GET /', STALE[1]!]),
      await ask(appWith(), ['HEAD /', STALE[1]!]),
    ];
    expect([get.status, head.status]).toEqual([412, 412]);
    expect(head.body).toHaveLength(0);
    expect(fieldNames(head)).toEqual(fieldNames(get));
    expect(fieldOf(head, 'Content-Length')).toBe(fieldOf(get, 'Content-Length'));
  });

  test('R-15.5.13-b: cannot be stored through what a middleware before it had set for the 200', async () => {
    const response = await ask(
      appWith({
        'Cache-Control': 'public, max-age=60',
        'CDN-Cache-Control': 'max-age=60',
        'Surrogate-Control': 'max-age=60',
        Expires: 'Thu, 01 Jan 2099 00:00:00 GMT',
        Pragma: 'x',
      }),
      ['GET /', 'If-Match: "v6"'],
    );
    expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
    for (const name of ['CDN-Cache-Control', 'Surrogate-Control', 'Expires', 'Pragma'])
      expect([name, fieldOf(response, name)]).toEqual([name, undefined]);
  });

  test('R-15.5.13-b: cannot be stored through the targeted field of a particular cache (RFC 9213)', async () => {
    const upstream = { 'Cloudflare-CDN-Cache-Control': 'max-age=60' };
    const response = await ask(appWith(upstream), ['GET /', 'If-Match: "v6"']);
    expect(fieldOf(response, 'Cloudflare-CDN-Cache-Control')).toBeUndefined();
  });

  test('R-15.5.13-b: does not carry the fields of the version and of the options', async () => {
    const version = {
      ...CURRENT,
      headers: { 'Cache-Control': 'max-age=60', Expires: T, 'Content-Location': '/en' },
    };
    const response = await ask(appWith({}, { headers: version.headers }, version), [
      'GET /',
      'If-Match: "v6"',
    ]);
    expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
    expect([fieldOf(response, 'Expires'), fieldOf(response, 'Content-Location')]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('does not carry fields about the content of the 200', async () => {
    const upstream = {
      'Content-Encoding': 'gzip',
      'Content-Language': 'de',
      'Content-Length': '5',
      'Content-Type': 'a/b',
    };
    const response = await ask(appWith(upstream), STALE);
    expect([fieldOf(response, 'Content-Encoding'), fieldOf(response, 'Content-Language')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(fieldOf(response, 'Content-Type')).toBe('application/problem+json');
    expect(jsonOf(response)).toMatchObject({ status: 412 });
  });

  test('keeps CORS, cookies and security fields, so that a script can read it', async () => {
    const upstream = {
      'Access-Control-Allow-Origin': 'https://example.com',
      'Content-Security-Policy': "default-src 'self'",
      'Set-Cookie': 'a=1',
      Vary: 'Origin',
    };
    const response = await ask(appWith(upstream), STALE);
    for (const [name, value] of Object.entries(upstream))
      expect([name, fieldOf(response, name)]).toEqual([name, value]);
  });

  test('R-15.5.13-c: carries no ETag and no Last-Modified, not even such as were set before it', async () => {
    const response = await ask(appWith({ ETag: '"old"', 'Last-Modified': T }), STALE);
    expect([fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual([undefined, undefined]);
  });

  test('R-15.5.13-c: carries the current ETag where `exposeEtag` asks for it, and still not in its content', async () => {
    const response = await ask(appWith({}, { exposeEtag: true }), STALE);
    expect([response.status, fieldOf(response, 'ETag')]).toEqual([412, '"secret-7"']);
    expect(fieldOf(response, 'Last-Modified')).toBeUndefined();
    expect(response.body.toString('utf8')).not.toContain('secret-7');
  });

  test('R-15.5.13-c: carries no ETag under `exposeEtag` where there is none', async () => {
    const options = { exposeEtag: true };
    const absent = await ask(appWith({ ETag: '"old"' }, options, null), STALE);
    expect([absent.status, fieldOf(absent, 'ETag')]).toEqual([412, undefined]);
    const untagged = await ask(appWith({ ETag: '"old"' }, options, {}), STALE);
    expect([untagged.status, fieldOf(untagged, 'ETag')]).toEqual([412, undefined]);
  });

  test('R-13.2.1-e: comes before content is read that could not be', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => CURRENT),
      express.json(),
      mustNotRun,
    );
    const response = await ask(app, [...STALE, 'Content-Type: application/json'], '{ this is no JSON');
    expect(response.status).toBe(412);
  });
});
