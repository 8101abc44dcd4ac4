/** What the caches of nginx and Varnish have in common, as docs/proxies.md sets them up. */
import { expect, test } from '@jest/globals';
import { conditionalClient } from '../../lib/client/index.js';
import { describeBehindNginx } from '../helpers/nginx.js';
import type { TestProxy } from '../helpers/proxy.js';
import { fieldNames, fieldOf, jsonOf } from '../helpers/raw-http.js';
import { describeBehindVarnish } from '../helpers/varnish.js';
import { documented } from './documented.js';
import { FRESH, SHORT } from './fields.js';
import { behind, BODY, type Fields, type NoteApi, noteApi, readUntilAsked, type Send } from './note-api.js';

const ENGLISH: Fields = { 'Accept-Language': 'en' };
const GERMAN: Fields = { 'Accept-Language': 'de' };

type Use = (send: Send, api: NoteApi, port: number) => Promise<void>;
type WithCache = (fields: Fields, use: Use) => Promise<void>;

describeBehindNginx('The cache of nginx', (nginx) => {
  testCache(withCacheOf(nginx, { http: documented('nginx cache') }));
});

describeBehindVarnish('The cache of Varnish', (varnish) => {
  testCache(withCacheOf(varnish, { vcl: documented('vcl') }));
});

function withCacheOf<O>(proxy: TestProxy<O>, options: O): WithCache {
  return async (fields, use) => {
    const api = noteApi({ fields });
    await behind(proxy, options, api, (send, port) => use(send, api, port));
  };
}

function testCache(withCache: WithCache): void {
  testCopies(withCache);
  testRevalidation(withCache);
  testWrites(withCache);
}

function testCopies(withCache: WithCache): void {
  test('answers from a fresh copy, also 304 to If-None-Match, and does not ask', async () => {
    await withCache(FRESH, async (send, api) => {
      await send('GET');
      expect((await send('GET')).body.toString()).toBe(BODY);
      for (const held of ['"v1"', 'W/"v1"']) {
        const { status } = await send('GET', { 'If-None-Match': held });
        expect([held, status]).toEqual([held, 304]);
      }
      expect(await send('GET', { 'If-None-Match': '"v0"' })).toMatchObject({ status: 200 });
      expect(api.seen).toHaveLength(1);
    });
  });

  test('answers with a part of its copy, and with all of it where If-Range is false', async () => {
    await withCache(FRESH, async (send, api) => {
      await send('GET');
      const part = await send('GET', { Range: 'bytes=0-5', 'If-Range': '"v1"' });
      expect([part.status, part.body.toString()]).toEqual([206, BODY.slice(0, 6)]);
      const whole = await send('GET', { Range: 'bytes=0-5', 'If-Range': '"v0"' });
      expect([whole.status, whole.body.toString()]).toEqual([200, BODY]);
      expect(api.seen).toHaveLength(1);
    });
  });

  test('asks the API when the client says that it wants what is there now', async () => {
    await withCache(FRESH, async (send, api) => {
      await send('GET');
      api.version = 2;
      expect(fieldOf(await send('GET'), 'ETag')).toBe('"v1"');
      for (const wish of ['no-cache', 'max-age=0']) {
        expect(fieldOf(await send('GET', { 'Cache-Control': wish }), 'ETag')).toBe('"v2"');
      }
    });
  });

  test('keeps nothing that was sent to a user who is named, and gives that user nothing that it has kept', async () => {
    await withCache(FRESH, async (send, api) => {
      const authorization = { Authorization: 'Bearer 1' };
      await send('GET', authorization);
      await send('GET');
      await send('GET', authorization);
      expect(api.handled).toEqual(['GET', 'GET', 'GET']);
    });
  });
}

function testRevalidation(withCache: WithCache): void {
  test('asks with the tag of its copy when that has expired, and sends the copy again after our 304', async () => {
    await withCache(SHORT, async (send, api) => {
      const first = await send('GET');
      const again = await readUntilAsked(send, api);
      expect(api.seen[1]!.headers['if-none-match']).toBe('"v1"');
      expect([again.status, again.body.toString(), fieldOf(again, 'ETag')]).toEqual([200, BODY, '"v1"']);
      expect(fieldNames(again)).toEqual(fieldNames(first));
      expect(api.handled).toEqual(['GET']);
    });
  });

  test('takes the lifetime from our 304', async () => {
    const vary = { Vary: 'Accept-Language' };
    await withCache({ ...SHORT, ...vary }, async (send, api) => {
      await send('GET', ENGLISH);
      api.fields = { ...FRESH, ...vary };
      await readUntilAsked(send, api, ENGLISH);
      api.fields = { ...SHORT, ...vary };
      await send('GET', GERMAN);
      await readUntilAsked(send, api, GERMAN); // of two copies, the younger one has expired
      await send('GET', ENGLISH);
      expect(api.seen.map(({ headers }) => headers['accept-language'])).toEqual(['en', 'en', 'de', 'de']);
    });
  });

  test("asks with its own tag, not with the client's, and answers that itself", async () => {
    await withCache(SHORT, async (send, api) => {
      await send('GET');
      const { status } = await readUntilAsked(send, api, { 'If-None-Match': 'W/"v1"' });
      expect([status, api.seen[1]!.headers['if-none-match']]).toEqual([304, '"v1"']);
    });
  });

  test('takes the new version when ours is another', async () => {
    await withCache(SHORT, async (send, api) => {
      await send('GET');
      api.version = 2;
      expect(fieldOf(await readUntilAsked(send, api), 'ETag')).toBe('"v2"');
    });
  });
}

const CONDITIONS = [
  ['If-Match', '"v0", W/"v1"'],
  ['If-None-Match', '"v1"'],
  ['If-Unmodified-Since', 'Thu, 01 Jan 2026 00:00:00 GMT'],
  ['If-Modified-Since', 'Thu, 01 Jan 2026 00:00:00 GMT'],
] as const;

function testWrites(withCache: WithCache): void {
  test.each(['PUT', 'PATCH', 'DELETE'])('lets the conditions of %s through as they are', async (method) => {
    await withCache(FRESH, async (send, api) => {
      await send('GET');
      for (const [name, value] of CONDITIONS) {
        await send(method, { [name]: value });
        expect(api.seen.at(-1)).toMatchObject({ method, headers: { [name.toLowerCase()]: value } });
      }
    });
  });

  test('passes on our 412 with all that it says, and does not keep it', async () => {
    await withCache(FRESH, async (send, api) => {
      await send('GET');
      for (const count of [2, 3]) {
        const refused = await send('PUT', { 'If-Match': 'W/"v1"' });
        expect([refused.status, fieldOf(refused, 'Cache-Control'), fieldOf(refused, 'Content-Type')]).toEqual(
          [412, 'no-store', 'application/problem+json'],
        );
        expect(jsonOf(refused)).toMatchObject({
          code: 'ERR_PRECONDITION_FAILED',
          field: 'If-Match',
          reason: 'weak-tag',
        });
        expect(api.seen).toHaveLength(count);
      }
      expect(await send('GET')).toMatchObject({ status: 200 });
      expect(api.handled).toEqual(['GET']);
    });
  });

  test('sends the new tag that a write announces', async () => {
    await withCache(FRESH, async (send) => {
      expect(fieldOf(await send('PUT', { 'If-Match': '"v1"' }), 'ETag')).toBe('"v2"');
    });
  });

  test('does not stand between the client of this package and what is there now', async () => {
    await withCache(FRESH, async (send, api, port) => {
      await send('GET');
      api.version = 2;
      const client = conditionalClient({ baseUrl: `http://127.0.0.1:${port}/` });
      expect(await client.get('notes/1')).toMatchObject({ etag: '"v2"' });
      await client.put('notes/1', { text: 'Mine' });
      expect(api.version).toBe(3);
    });
  });
}
