/** Ways of nginx that users have to know. */
import { expect, test } from '@jest/globals';
import { eventually } from '../helpers/arrivals.js';
import { describeBehindNginx } from '../helpers/nginx.js';
import { fieldOf } from '../helpers/raw-http.js';
import { documented } from './documented.js';
import { FIRST, FRESH, SHORT, THEN } from './fields.js';
import { behind, noteApi, readUntilAsked } from './note-api.js';

const CACHE = { http: documented('nginx cache') };
const UNTOLD = {
  http: `
    proxy_cache_path api keys_zone=api:1m;
    server { listen 80; location / { proxy_pass http://127.0.0.1:3000; proxy_cache api; } }`,
};

describeBehindNginx('nginx that compresses', (nginx) => {
  const COMPRESSES = { gzip: true };

  test('weakens the tag on HEAD as it does on GET', async () => {
    await behind(nginx, COMPRESSES, noteApi(), async (send) => {
      expect(fieldOf(await send('HEAD'), 'ETag')).toBe('W/"v1"');
    });
  });

  test('leaves the tag on a 304 as it is', async () => {
    await behind(nginx, COMPRESSES, noteApi(), async (send) => {
      const answer = await send('GET', { 'If-None-Match': 'W/"v1"' });
      expect([answer.status, fieldOf(answer, 'ETag')]).toEqual([304, '"v1"']);
    });
  });

  test.each(['PUT', 'PATCH', 'DELETE'])(
    'makes %s under the tag that has arrived fail, and nothing is written',
    async (method) => {
      const api = noteApi();
      await behind(nginx, COMPRESSES, api, async (send) => {
        const held = fieldOf(await send('GET'), 'ETag')!;
        expect(await send(method, { 'If-Match': held })).toMatchObject({ status: 412 });
        expect([api.version, api.handled]).toEqual([1, ['GET']]);
      });
    },
  );

  test('still refuses a write under an old tag where `ifMatch` is "weak"', async () => {
    const api = noteApi({ options: { ifMatch: 'weak' } });
    await behind(nginx, COMPRESSES, api, async (send) => {
      api.version = 2;
      expect(await send('PUT', { 'If-Match': 'W/"v1"' })).toMatchObject({ status: 412 });
      expect(await send('PUT', { 'If-Match': 'W/"v2"' })).toMatchObject({ status: 204 });
    });
  });
});

describeBehindNginx('nginx that caches', (nginx) => {
  test('goes on sending the fields of the first answer, not those of the 304', async () => {
    const api = noteApi({ fields: FIRST });
    await behind(nginx, CACHE, api, async (send) => {
      await send('GET');
      api.fields = THEN;
      const again = await readUntilAsked(send, api);
      expect(Object.keys(FIRST).map((name) => fieldOf(again, name))).toEqual(Object.values(FIRST));
      expect(api.handled).toEqual(['GET']);
    });
  });

  test('says nothing of the age of its copy, and dates it anew', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(nginx, CACHE, api, async (send) => {
      const date = fieldOf(await send('GET'), 'Date');
      await eventually(async () => fieldOf(await send('GET'), 'Date') !== date);
      expect([fieldOf(await send('GET'), 'Age'), api.seen.length]).toEqual([undefined, 1]);
    });
  });

  test('sends the old version after a write, until somebody reads past the cache', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(nginx, CACHE, api, async (send) => {
      await send('GET');
      await send('PUT', { 'If-Match': '"v1"' });
      expect(fieldOf(await send('GET'), 'ETag')).toBe('"v1"');
      await send('GET', { 'Cache-Control': 'no-cache' });
      expect(fieldOf(await send('GET'), 'ETag')).toBe('"v2"');
    });
  });

  test('answers a read with a false If-Match itself', async () => {
    const api = noteApi({ fields: SHORT });
    await behind(nginx, CACHE, api, async (send) => {
      const refused = await send('GET', { 'If-Match': '"v0"' });
      expect([refused.status, fieldOf(refused, 'Content-Type')]).toEqual([412, 'text/html']);
      expect(api.seen[0]!.headers).not.toHaveProperty('if-match');
    });
  });

  test('knows lists of tags', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(nginx, CACHE, api, async (send) => {
      await send('GET');
      for (const held of ['"v0", W/"v1"', '*']) {
        expect(await send('GET', { 'If-None-Match': held })).toMatchObject({ status: 304 });
      }
    });
  });

  test('does not heed the Cache-Control of a request, unless told to', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(nginx, UNTOLD, api, async (send) => {
      await send('GET');
      await send('GET', { 'Cache-Control': 'no-cache' });
      expect(api.seen).toHaveLength(1);
    });
  });

  test('gives others what one user was sent, unless told not to', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(nginx, UNTOLD, api, async (send) => {
      await send('GET', { Authorization: 'Bearer 1' });
      await send('GET');
      expect(api.seen).toHaveLength(1);
    });
  });
});

describeBehindNginx('nginx with several servers behind it', (nginx) => {
  const TWO_SERVERS = 'upstream api { server 127.0.0.1:3000; server 127.0.0.1:3000; }';
  const setting = (setUp: string): string =>
    `${TWO_SERVERS} server { listen 80; location / { proxy_pass http://api; ${setUp} } }`;

  const LOST = [
    { method: 'PUT', setUp: '', times: 'twice', status: 412 },
    { method: 'DELETE', setUp: '', times: 'twice', status: 412 },
    { method: 'PATCH', setUp: '', times: 'once', status: 502 },
    { method: 'PUT', setUp: 'proxy_next_upstream off;', times: 'once', status: 502 },
  ];
  test.each(LOST)(
    'sends a $method $times and answers $status, when it was made and our reply is lost ($setUp)',
    async ({ method, setUp, times, status }) => {
      const api = noteApi();
      api.losesReply = true;
      await behind(nginx, { http: setting(setUp) }, api, async (send) => {
        expect(await send(method, { 'If-Match': '"v1"' })).toMatchObject({ status });
        expect([api.seen.length, api.handled]).toEqual([times === 'once' ? 1 : 2, [method]]);
      });
    },
  );
});
