/** Where copies are kept. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  type Copy,
  type CopyStore,
  memoryStore,
  parseCopy,
  serializeCopy,
  webStorageStore,
} from '../../lib/client/index.js';
import { throwing } from '../helpers/apps.js';
import { entityTags, RUNS } from '../core/arbitraries.js';
import { FakeStorage } from './fake-storage.js';
import { answer, json, text, withScript } from './scripted-server.js';
import { COPIES, copyOf, describeStore } from './store-contract.js';

/** A store of one's own, as on a database: of text, and one that takes its time. */
function slowTextStore(): CopyStore {
  const texts = new Map<string, string>();
  const later = <T>(act: () => T): Promise<T> =>
    new Promise((resolve) => {
      setImmediate(() => resolve(act()));
    });
  return {
    get: (url) => later(() => parseCopy(texts.get(url) ?? '')),
    set: (url, copy) => later(() => void texts.set(url, serializeCopy(copy))),
    delete: (url) => later(() => void texts.delete(url)),
  };
}

describeStore('memoryStore', memoryStore);
describeStore('webStorageStore', () => webStorageStore(new FakeStorage()));
describeStore('an asynchronous one', slowTextStore);

const url = (n: number): string => `http://x.test/${n}`;

/** Which of the first `count` are there. */
async function present(store: CopyStore, count: number): Promise<number[]> {
  const numbers: number[] = [];
  for (let n = 0; n < count; n++) if (await store.get(url(n))) numbers.push(n);
  return numbers;
}

describe('memoryStore', () => {
  function filled(maxCopies: number | undefined, count: number): CopyStore {
    const store = memoryStore(maxCopies === undefined ? {} : { maxCopies });
    for (let n = 0; n < count; n++) void store.set(url(n), copyOf());
    return store;
  }

  test.each([0, 1, 2, 5])('keeps at most `maxCopies`: %i', async (maxCopies) => {
    expect(await present(filled(maxCopies, 10), 10)).toHaveLength(maxCopies);
  });

  test('keeps 1000 if it is not told otherwise', async () => {
    const kept = await present(filled(undefined, 1002), 1002);
    expect([kept.length, kept[0]]).toEqual([1000, 2]);
  });

  test('gives up the one that was not set for the longest time', async () => {
    const store = filled(3, 3);
    void store.set(url(0), copyOf());
    void store.set(url(3), copyOf());
    expect(await present(store, 4)).toEqual([0, 2, 3]);
  });

  test('gives up nothing for one that takes the place of another, or of a deleted one', async () => {
    const store = filled(3, 3);
    void store.set(url(1), copyOf());
    void store.delete(url(2));
    void store.set(url(3), copyOf());
    expect(await present(store, 4)).toEqual([0, 1, 3]);
  });

  test('keeps what is read, be it unchanged', async () => {
    const script = [
      text('a', { ETag: '"1"' }),
      text('b', { ETag: '"1"' }),
      answer(304),
      text('c', { ETag: '"1"' }),
    ];
    await withScript(script, async ({ clientWith, origin }) => {
      const store = memoryStore({ maxCopies: 2 });
      const client = clientWith({ store });
      for (const path of ['/a', '/b', '/a', '/c']) await client.get(path);
      expect(await store.get(`${origin}/a`)).toBeDefined();
      expect(await store.get(`${origin}/b`)).toBeUndefined();
    });
  });

  test('knows nothing of another', async () => {
    void memoryStore().set(url(1), copyOf());
    expect(await memoryStore().get(url(1))).toBeUndefined();
  });
});

describe('webStorageStore', () => {
  test('outlives the page', async () => {
    const storage = new FakeStorage();
    void webStorageStore(storage).set(url(1), copyOf());
    expect(await webStorageStore(storage).get(url(1))).toMatchObject({ etag: '"1"' });
  });

  test.each([
    [undefined, 'http-preconditions:'],
    ['mine:', 'mine:'],
  ])('puts a prefix before its keys: %p', (prefix, expected) => {
    const storage = new FakeStorage();
    void webStorageStore(storage, prefix === undefined ? {} : { prefix }).set(url(1), copyOf());
    expect(storage.keys).toEqual([`${expected}${url(1)}`]);
  });

  test('knows nothing of what has another prefix', async () => {
    const storage = new FakeStorage();
    void webStorageStore(storage, { prefix: 'ada:' }).set(url(1), copyOf());
    expect(await webStorageStore(storage, { prefix: 'bob:' }).get(url(1))).toBeUndefined();
  });

  const large = copyOf({ bytes: new Uint8Array(400).fill(0x61) });

  test('makes room when the storage is full: its copies go, and nothing else', async () => {
    const storage = new FakeStorage(2000);
    storage.setItem('settings', 'x'.repeat(100));
    const other = webStorageStore(storage, { prefix: 'other:' });
    void other.set(url(0), copyOf());
    const store = webStorageStore(storage);
    for (let n = 0; n < 4; n++) void store.set(url(n), large);
    expect(await present(store, 4)).toEqual([3]);
    expect([storage.getItem('settings')?.length, await present(other, 1)]).toEqual([100, [0]]);
  });

  test('does not keep what the storage has no room for, nor what it was to take the place of', async () => {
    const storage = new FakeStorage(300);
    const store = webStorageStore(storage);
    void store.set(url(0), copyOf());
    void store.set(url(0), large);
    expect([storage.length, await present(store, 1)]).toEqual([0, []]);
  });

  test('serves a client though there is no room at all', async () => {
    const script = [text('a', { ETag: '"1"' }), text('b', { ETag: '"2"' }), answer(204, { ETag: '"3"' })];
    await withScript(script, async ({ clientWith }) => {
      const client = clientWith({ store: webStorageStore(new FakeStorage(10)) });
      expect(await client.get('/note')).toMatchObject({ data: 'a' });
      const basedOn = await client.get('/note');
      expect(await client.put('/note', 'c', { basedOn })).toMatchObject({ etag: '"3"' });
    });
  });

  test.each(['', 'abc', '{', 'null', '[1]'])(
    'takes what it has not written for nothing: %j',
    async (item) => {
      const storage = new FakeStorage();
      storage.setItem(`http-preconditions:${url(1)}`, item);
      expect(await webStorageStore(storage).get(url(1))).toBeUndefined();
    },
  );

  test('takes what it has written for nothing, where the end of it is missing', async () => {
    const storage = new FakeStorage();
    const store = webStorageStore(storage);
    void store.set(url(1), copyOf());
    const [key = ''] = storage.keys;
    const item = storage.getItem(key)!;
    for (let length = 0; length < item.length; length++) {
      storage.setItem(key, item.slice(0, length));
      expect(await store.get(url(1))).toBeUndefined();
    }
  });
});

describe('A copy as text', () => {
  const octets = fc.uint8Array().map((values) => Uint8Array.from(values));
  const fields = fc.dictionary(
    fc.stringMatching(/^[a-z][a-z-]{0,5}$/),
    fc.stringMatching(/^[\x21-\x7e\x80-\xff]{1,9}$/),
  );
  const copies: fc.Arbitrary<Copy> = fc.record({
    etag: fc.option(entityTags, { nil: undefined }),
    headers: fields.map((all) => new Headers(all)),
    bytes: fc.option(octets, { nil: undefined }),
    variant: fc.string(),
  });

  test('is read as it was written, whatever it holds', () => {
    const law = fc.property(copies, (copy) => {
      const read = parseCopy(serializeCopy(copy));
      expect(read).toEqual({ ...copy, headers: expect.any(Headers) });
      expect([...read!.headers]).toEqual([...copy.headers]);
    });
    fc.assert(law, { numRuns: RUNS });
  });

  test.each(COPIES)('is text that survives UTF-8: %s', (_what, copy) => {
    const written = serializeCopy(copy);
    expect(Buffer.from(written, 'utf8').toString('utf8')).toBe(written);
  });

  test.each(
    ['', 'abc', 'null', 'true', '5', '"text"', '[]', '{}', '{"variant":""}', '{"headers":[]}'].concat(
      '{"variant":"","headers":[["a b","1"]]}',
      '{"variant":"","headers":{"etag":1,"x":"\\u0100"}}',
      '{"variant":1,"headers":[]}',
      '{"variant":"","headers":[],"content":5}',
      '{"variant":"","headers":[],"content":[1]}',
    ),
  )('is nothing else: %s', (other) => {
    expect(parseCopy(other)).toBeUndefined();
  });

  test('has no tag, where what is there is none', () => {
    expect(parseCopy('{"variant":"","headers":[],"etag":"1"}')).toMatchObject({
      etag: undefined,
      variant: '',
    });
  });
});

describe('What a store throws', () => {
  const failure = new RangeError('disk full');
  const fail = throwing(failure);
  const failLater = (): Promise<never> => Promise.reject(failure);

  test.each([
    ['at once', fail],
    ['later', failLater],
  ])('becomes the error of the request: %s', async (_when, failing) => {
    const script = [json({}, { ETag: '"1"' }), answer(204, { ETag: '"2"' }), answer(404), answer(204)];
    await withScript(script, async ({ clientWith, requests }) => {
      const unread = clientWith({ store: { ...memoryStore(), get: failing } });
      await expect(unread.get('/note')).rejects.toBe(failure);
      await expect(unread.put('/note', {}, { ifMatch: '*' })).rejects.toBe(failure);
      expect(requests).toEqual([]);

      const unset = clientWith({ store: { ...memoryStore(), set: failing } });
      await expect(unset.get('/note')).rejects.toBe(failure);
      await expect(unset.put('/note', {}, { ifMatch: '*' })).rejects.toBe(failure);

      const undeleted = clientWith({ store: { ...memoryStore(), delete: failing } });
      await expect(undeleted.get('/note')).rejects.toBe(failure);
      await expect(undeleted.remove('/note', { ifMatch: '*' })).rejects.toBe(failure);
      expect(requests).toHaveLength(4);
    });
  });
});
