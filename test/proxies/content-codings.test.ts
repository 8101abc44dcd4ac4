/** An API that compresses by itself and gives each coding a tag of its own, behind proxies. */
import { expect, test } from '@jest/globals';
import { describeBehindNginx } from '../helpers/nginx.js';
import { fieldOf, type RawResponse } from '../helpers/raw-http.js';
import { describeBehindVarnish, PLAIN } from '../helpers/varnish.js';
import { documented } from './documented.js';
import { FRESH, SHORT } from './fields.js';
import { behind, type Fields, type NoteApi, noteApi, readUntilAsked } from './note-api.js';

const CODINGS = ['br', 'gzip', 'deflate'];

function compressingApi(fields: Fields = {}): NoteApi {
  return noteApi({ compresses: true, options: { contentCodings: CODINGS }, fields });
}

const accepting = (codings: string): Fields => ({ 'Accept-Encoding': codings });

/** Its coding and its tag. */
const seenIn = (answer: RawResponse): (string | undefined)[] => [
  fieldOf(answer, 'Content-Encoding'),
  fieldOf(answer, 'ETag'),
];

const REPRESENTATIONS = [
  { accepted: 'gzip', coding: 'gzip', tag: '"v1--gzip"' },
  { accepted: 'gzip, deflate, br', coding: 'br', tag: '"v1--br"' },
  { accepted: 'deflate', coding: 'deflate', tag: '"v1--deflate"' },
  { accepted: 'identity', coding: undefined, tag: '"v1"' },
];

describeBehindNginx('An API that compresses, behind nginx with gzip on', (nginx) => {
  const COMPRESSES = { gzip: true };

  test.each(REPRESENTATIONS)(
    'is read and written under $tag by who accepts $accepted',
    async ({ accepted, coding, tag }) => {
      const api = compressingApi();
      await behind(nginx, COMPRESSES, api, async (send) => {
        const first = await send('GET', accepting(accepted));
        expect([...seenIn(first), fieldOf(first, 'Vary')]).toEqual([coding, tag, 'Accept-Encoding']);
        const again = await send('GET', { ...accepting(accepted), 'If-None-Match': tag });
        expect([again.status, fieldOf(again, 'ETag'), fieldOf(again, 'Vary')]).toEqual([
          304,
          tag,
          'Accept-Encoding',
        ]);
        expect(await send('PUT', { 'If-Match': tag })).toMatchObject({ status: 204 });
        expect(await send('PUT', { 'If-Match': tag })).toMatchObject({ status: 412 });
        expect(api.version).toBe(2);
      });
    },
  );

  test('has one copy for each Accept-Encoding in the cache, and each is asked for with its own tag', async () => {
    const api = compressingApi(SHORT);
    await behind(nginx, { http: documented('nginx cache') }, api, async (send) => {
      for (const { accepted } of REPRESENTATIONS) await send('GET', accepting(accepted));
      for (const { accepted, coding, tag } of REPRESENTATIONS) {
        expect(seenIn(await readUntilAsked(send, api, accepting(accepted)))).toEqual([coding, tag]);
        expect(api.seen.at(-1)!.headers['if-none-match']).toBe(tag);
      }
      expect(api.handled).toHaveLength(REPRESENTATIONS.length);
    });
  });
});

describeBehindVarnish('An API that compresses, behind Varnish', (varnish) => {
  const CONFIGURED = { vcl: documented('vcl') };

  test('has one copy, in gzip, which is asked for with its own tag', async () => {
    const api = compressingApi(SHORT);
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET', accepting('gzip'));
      await send('GET', accepting('gzip, deflate, br'));
      expect(api.handled).toEqual(['GET']);
      expect(seenIn(await readUntilAsked(send, api))).toEqual(['gzip', '"v1--gzip"']);
      expect(api.seen.at(-1)!.headers['if-none-match']).toBe('"v1--gzip"');
      expect(api.handled).toEqual(['GET']);
    });
  });

  test('is given a weak tag where Varnish unpacks for who accepts no gzip', async () => {
    const api = compressingApi(FRESH);
    await behind(varnish, PLAIN, api, async (send) => {
      await send('GET', accepting('gzip'));
      expect(seenIn(await send('GET', accepting('identity')))).toEqual([undefined, 'W/"v1--gzip"']);
      expect(api.seen).toHaveLength(1);
    });
  });

  test('is asked where Varnish would have to unpack, as configured in the documentation', async () => {
    const api = compressingApi(FRESH);
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET', accepting('gzip'));
      expect(seenIn(await send('GET', accepting('identity')))).toEqual([undefined, '"v1"']);
      expect(await send('PUT', { 'If-Match': '"v1"' })).toMatchObject({ status: 204 });
    });
  });
});
