/** What every store of copies promises (lib/client/copy.ts). */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Copy, CopyStore } from '../../lib/client/index.js';
import { answer, json, summary, withScript } from './scripted-server.js';

export const ALL_OCTETS: Uint8Array<ArrayBuffer> = Uint8Array.from({ length: 256 }, (_, octet) => octet);

export function copyOf(parts: Partial<Copy> = {}): Copy {
  const headers = new Headers({ ETag: '"1"', 'Content-Type': 'text/plain' });
  return { etag: '"1"', headers, bytes: new TextEncoder().encode('content'), variant: '', ...parts };
}

export const COPIES: readonly [string, Copy][] = [
  ['a usual one', copyOf()],
  ['one of a weak tag', copyOf({ etag: 'W/"1"' })],
  [
    'one with the octets of a tag',
    copyOf({ etag: '"\xe9\xff\x80!"', headers: new Headers({ ETag: '"\xe9\xff\x80!"' }) }),
  ],
  ['one without a tag', copyOf({ etag: undefined, headers: new Headers() })],
  ['one without content', copyOf({ bytes: undefined })],
  ['one of empty content', copyOf({ bytes: new Uint8Array() })],
  ['one of any octets', copyOf({ bytes: ALL_OCTETS })],
  ['one of a variant', copyOf({ variant: '1,2,255' })],
  [
    'one with a field that came twice',
    copyOf({
      headers: new Headers([
        ['a', '1'],
        ['a', '2'],
      ]),
    }),
  ],
];

const URLS = [
  'http://x.test/',
  'http://x.test/?a=1&b=%20',
  'https://x.test:8443/%F0%9F%98%80',
  'http://xn--nxasmq6b.test/',
  `http://x.test/${'x'.repeat(2000)}`,
];

/** @param make a store that nobody else uses, at the start of a test */
export function describeStore(name: string, make: () => CopyStore): void {
  describe(`The contract of a store: ${name}`, () => {
    let store: CopyStore;
    beforeEach(() => {
      store = make();
    });

    test('has nothing at first', async () => {
      expect(await store.get('http://x.test/')).toBeUndefined();
    });

    test.each(COPIES)('gives a copy as it was put in: %s', async (_what, copy) => {
      await store.set('http://x.test/', copy);
      const kept = await store.get('http://x.test/');
      expect(kept).toEqual({ ...copy, headers: expect.any(Headers) });
      expect([...kept!.headers]).toEqual([...copy.headers]);
    });

    test('keeps one for each URL', async () => {
      for (const url of URLS) await store.set(url, copyOf({ variant: url }));
      for (const url of URLS) expect(await store.get(url)).toMatchObject({ variant: url });
    });

    test('puts one in the place of another', async () => {
      await store.set('http://x.test/', copyOf());
      await store.set('http://x.test/', copyOf({ etag: '"2"', bytes: undefined }));
      expect(await store.get('http://x.test/')).toMatchObject({ etag: '"2"', bytes: undefined });
    });

    test('deletes one, and no other', async () => {
      await store.set('http://x.test/a', copyOf());
      await store.set('http://x.test/b', copyOf());
      await store.delete('http://x.test/a');
      expect(await store.get('http://x.test/a')).toBeUndefined();
      expect(await store.get('http://x.test/b')).toMatchObject({ etag: '"1"' });
    });

    test('deletes what is not there', async () => {
      await store.delete('http://x.test/');
      expect(await store.get('http://x.test/')).toBeUndefined();
    });

    test('forgets what cannot be told any more whom it would serve', async () => {
      const script = [json({}, { ETag: '"1"' }), json({}, { ETag: '"2"', Vary: '*' }), json({})];
      await withScript(script, async ({ clientWith, requests }) => {
        const client = clientWith({ store });
        for (let count = 0; count < 3; count++) await client.get('/note');
        expect(summary(requests[2]!)).toBe('GET /note');
      });
    });

    test('serves a client, and another one after it', async () => {
      const script = [
        json({ a: 1 }, { ETag: '"1"' }),
        answer(304),
        answer(204, { ETag: '"2"' }),
        answer(204),
      ];
      await withScript(script, async ({ clientWith, requests }) => {
        await clientWith({ store }).get('/note');
        expect(await clientWith({ store }).get('/note')).toMatchObject({ data: { a: 1 }, notModified: true });
        await clientWith({ store }).put('/note', { a: 2 });
        await clientWith({ store }).remove('/note');
        expect(requests.map(summary)).toEqual([
          'GET /note',
          'GET /note If-None-Match: "1"',
          'PUT /note If-Match: "1"',
          'DELETE /note If-Match: "2"',
        ]);
      });
    });
  });
}
