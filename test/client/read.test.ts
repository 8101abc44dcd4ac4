/** GET: under which conditions, and what is made of the answer. What a 304 does to a copy: not-modified.test.ts. */
import { describe, expect, jest, test } from '@jest/globals';
import { conditionalClient, type CopyStore, memoryStore, type Retrieved } from '../../lib/client/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { withServer } from '../helpers/server.js';
import { answer, json, type Reaction, sent, summary, text, withScript } from './scripted-server.js';

const T = 'Tue, 15 Nov 1994 12:45:26 GMT';
const NOT_MODIFIED = answer(304);

/** What a client asks when it gets one resource twice. */
async function asksTwice(first: Reaction): Promise<string[]> {
  return withScript([first, first], async ({ client, requests }) => {
    await client.get('/note');
    await client.get('/note');
    return requests.map(summary);
  });
}

describe('A first read', () => {
  test('asks without a condition, and gives what came', async () => {
    const first = json({ text: 'Hello' }, { ETag: '"1"' });
    await withScript([first], async ({ client, origin, requests }) => {
      const read = await client.get('/note');
      expect(read).toEqual({
        url: `${origin}/note`,
        status: 200,
        headers: expect.any(Headers),
        data: { text: 'Hello' },
        bytes: new TextEncoder().encode('{"text":"Hello"}'),
        etag: '"1"',
        notModified: false,
      });
      expect(read.headers.get('etag')).toBe('"1"');
      expect(requests.map(summary)).toEqual(['GET /note']);
    });
  });

  test('of one client says nothing to another', async () => {
    await withScript([text('a', { ETag: '"1"' }), text('b')], async ({ client, clientWith, requests }) => {
      await client.get('/note');
      await clientWith({}).get('/note');
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note']);
    });
  });
});

describe('The next read', () => {
  test.each([
    ['"a"'],
    ['W/"a"'],
    ['""'],
    ['"a,b"'],
    [String.raw`"a\"`],
    ['"W/"'],
    ['"\xe9\xff\x80"'],
    ['"!#~"'],
  ])('M-1, M-16 sends the tag that came, each octet of it: %s', async (etag) => {
    expect(await asksTwice(text('a', { ETag: etag }))).toEqual([
      'GET /note',
      `GET /note If-None-Match: ${etag}`,
    ]);
  });

  test.each([
    ['abc'],
    ['"a'],
    ['a"'],
    ["'a'"],
    ['w/"a"'],
    ['W/ "a"'],
    ['"a b"'],
    ['"a" "b"'],
    ['"a";x'],
    ['*'],
    [''],
  ])('M-16 sends no tag where what came is none: %s', async (etag) => {
    expect(await asksTwice(text('a', { ETag: etag }))).toEqual(['GET /note', 'GET /note']);
  });

  test('M-16 sends no tag where two came', async () => {
    expect(await asksTwice(text('a', { ETag: ['"a"', '"b"'] }))).toEqual(['GET /note', 'GET /note']);
  });

  test('M-2, M-3 sends the date that came, byte for byte, and without a tag', async () => {
    const wrongDay = T.replace('Tue', 'Wed');
    expect(await asksTwice(text('a', { 'Last-Modified': wrongDay }))).toEqual([
      'GET /note',
      `GET /note If-Modified-Since: ${wrongDay}`,
    ]);
  });

  test('M-1, M-2 sends both where both came', async () => {
    expect(await asksTwice(text('a', { ETag: '"a"', 'Last-Modified': T }))).toEqual([
      'GET /note',
      `GET /note If-None-Match: "a" If-Modified-Since: ${T}`,
    ]);
  });

  test('R-5.3-a sends no date where two came: there is room for one', async () => {
    expect(await asksTwice(text('a', { ETag: '"a"', 'Last-Modified': [T, T] }))).toEqual([
      'GET /note',
      'GET /note If-None-Match: "a"',
    ]);
  });

  test('asks without a condition where nothing came that could be one', async () => {
    expect(await asksTwice(text('a'))).toEqual(['GET /note', 'GET /note']);
  });

  test('R-13.1.2-j sends the tag of every copy there is, which is the last one', async () => {
    const script = [text('a', { ETag: '"a"' }), text('b', { ETag: '"b"' }), NOT_MODIFIED];
    await withScript(script, async ({ client, requests }) => {
      for (let count = 0; count < 3; count++) await client.get('/note');
      expect(requests.map(summary)).toEqual([
        'GET /note',
        'GET /note If-None-Match: "a"',
        'GET /note If-None-Match: "b"',
      ]);
    });
  });
});

describe('What is kept', () => {
  test('is no content where the answer forbids it (no-store), but still the tag', async () => {
    const secret = text('secret', { ETag: '"1"', 'Cache-Control': 'private, No-Store' });
    await withScript([secret, secret, answer(204)], async ({ client, requests }) => {
      await client.get('/note');
      expect(await client.get('/note')).toMatchObject({ data: 'secret', notModified: false });
      await client.put('/note', 'mine');
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note', 'PUT /note If-Match: "1"']);
    });
  });

  test.each([404, 410])('is forgotten when the answer is %i', async (status) => {
    const first = text('a', { ETag: '"1"' });
    await withScript([first, answer(status), first], async ({ client, requests }) => {
      await client.get('/note');
      await expect(client.get('/note')).rejects.toThrow(`was answered ${status}`);
      await expect(client.put('/note', 'mine')).rejects.toThrow('ERR_CLIENT_NO_VALIDATOR');
      await client.get('/note');
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note If-None-Match: "1"', 'GET /note']);
    });
  });

  test.each([401, 403, 429, 500, 503])('outlives an answer of %i', async (status) => {
    const script = [text('a', { ETag: '"1"' }), answer(status, { ETag: '"of the error"' }), NOT_MODIFIED];
    await withScript(script, async ({ client, requests }) => {
      await client.get('/note');
      await expect(client.get('/note')).rejects.toMatchObject({ code: 'ERR_CLIENT_STATUS' });
      expect(await client.get('/note')).toMatchObject({ data: 'a', notModified: true });
      expect(summary(requests[2]!)).toBe('GET /note If-None-Match: "1"');
    });
  });

  test.each([
    [
      'a part that nobody has asked for',
      answer(206, { ETag: '"2"', 'Content-Range': 'bytes 0-3/9' }, 'part'),
    ],
    ['no content', answer(204, { ETag: '"2"' })],
    ['what a proxy has made of it', answer(203, { ETag: '"2"' }, 'altered')],
  ])('is nothing of an answer that is not 200: %s', async (_what, other) => {
    const script = [other, text('a', { ETag: '"1"' }), other, NOT_MODIFIED];
    await withScript(script, async ({ client, requests }) => {
      for (let count = 0; count < 4; count++) await client.get('/note');
      const asked = 'GET /note If-None-Match: "1"';
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note', asked, asked]);
    });
  });

  test('is forgotten when an answer has nothing to tell it by any more', async () => {
    await withScript([text('a', { ETag: '"1"' }), text('b'), text('c')], async ({ client, requests }) => {
      for (let count = 0; count < 3; count++) await client.get('/note');
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note If-None-Match: "1"', 'GET /note']);
    });
  });
});

describe('What was read belongs to the reader', () => {
  type Alter = (read: Retrieved<{ tags: string[] }>) => unknown;
  const alterations: readonly [string, Alter][] = [
    ['the data', ({ data }) => data.tags.push('mine')],
    ['the octets', ({ bytes }) => bytes.fill(0x20)],
    // Those that come from the network cannot be altered.
    ['the fields', ({ headers, notModified }) => notModified && headers.set('etag', '"mine"')],
  ];

  test.each(alterations)('so that altering %s does not alter the copy', async (_what, alter) => {
    const script = [json({ tags: ['a'] }, { ETag: '"1"' }), NOT_MODIFIED, NOT_MODIFIED, NOT_MODIFIED];
    await withScript(script, async ({ client, requests }) => {
      for (let count = 0; count < 3; count++) alter(await client.get('/note'));
      const last = await client.get<{ tags: string[] }>('/note');
      expect([last.data, last.etag, last.headers.get('etag')]).toEqual([{ tags: ['a'] }, '"1"', '"1"']);
      expect(summary(requests[3]!)).toBe('GET /note If-None-Match: "1"');
    });
  });

  test('so that altering octets that are the data does not alter the copy', async () => {
    const image = answer(200, { 'Content-Type': 'image/png', ETag: '"1"' }, Buffer.from([1, 2, 3]));
    await withScript([image, NOT_MODIFIED, NOT_MODIFIED], async ({ client }) => {
      for (let count = 0; count < 2; count++) (await client.get<Uint8Array>('/image')).data[0]! += 1;
      expect((await client.get('/image')).data).toEqual(new Uint8Array([1, 2, 3]));
    });
  });
});

test('What was read belongs to the reader, also where the store hands out what it keeps', async () => {
  const image = answer(200, { 'Content-Type': 'image/png', ETag: '"1"' }, Buffer.from([1, 2, 3]));
  const store = memoryStore();
  const script = [image, NOT_MODIFIED, NOT_MODIFIED];
  await withScript(script, async ({ clientWith, requests }) => {
    const onlyOnce: CopyStore = {
      ...store,
      set: (url, copy) => (requests.length === 1 ? store.set(url, copy) : undefined),
    };
    const client = clientWith({ store: onlyOnce });
    for (let count = 0; count < 2; count++) (await client.get<Uint8Array>('/image')).data.fill(0);
    expect((await client.get('/image')).data).toEqual(new Uint8Array([1, 2, 3]));
  });
});

describe('A read of a range', () => {
  const RANGE = { headers: { Range: 'bytes=0-3' } };
  const WHOLE = json({ text: 'Hello' }, { ETag: '"1"', 'Last-Modified': T, Date: T });
  const PART = answer(206, { 'Content-Type': 'application/json', ETag: '"2"' }, '{"te');

  // A date might be strong here, an hour after it: what is never sent needs no such rule.
  const firsts = [
    ['a strong tag', { ETag: '"1"' }],
    ['a weak tag', { ETag: 'W/"1"' }],
    ['a date of the same second', { 'Last-Modified': T, Date: T }],
    ['a date of an hour ago', { 'Last-Modified': T, Date: T.replace('12:', '13:') }],
  ] as const;
  test.each(firsts)('M-15, R-13.1.5-j, R-8.8.2.2-c never has an If-Range: %s', async (_what, fields) => {
    await withScript([text('Hello', fields), PART], async ({ client, requests }) => {
      await client.get('/note');
      await client.get('/note', RANGE);
      expect(summary(requests[1]!)).toBe('GET /note');
      expect(sent(requests[1], 'Range')).toBe('bytes=0-3');
    });
  });

  test.each([['W/"1"'], ['"1"'], [T]])(
    'R-13.1.5-j refuses an If-Range by hand, whatever is in it: %s',
    async (value) => {
      await withScript([], async ({ client, requests }) => {
        const headers = { ...RANGE.headers, 'If-Range': value };
        await expect(client.get('/note', { headers })).rejects.toThrow('ERR_CLIENT_USAGE');
        expect(requests).toEqual([]);
      });
    },
  );

  test('gives octets, also of JSON, and leaves the copy as it is', async () => {
    await withScript([WHOLE, PART, NOT_MODIFIED], async ({ client, requests }) => {
      await client.get('/note');
      const part = await client.get('/note', RANGE);
      expect(part).toMatchObject({ status: 206, data: new TextEncoder().encode('{"te'), etag: '"2"' });
      expect(await client.get('/note')).toMatchObject({
        data: { text: 'Hello' },
        etag: '"1"',
        notModified: true,
      });
      expect(summary(requests[2]!)).toBe('GET /note If-None-Match: "1"');
    });
  });

  test('keeps nothing, also when all of it came', async () => {
    await withScript([WHOLE, WHOLE], async ({ client, requests }) => {
      await client.get('/note', RANGE);
      await client.get('/note');
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note']);
    });
  });
});

describe('A client', () => {
  test('M-14 has no HEAD: a condition would be of no use to it', async () => {
    await withScript([text('a', { ETag: '"1"' }), NOT_MODIFIED], async ({ client, requests }) => {
      expect(Object.keys(client).toSorted()).toEqual(['get', 'patch', 'post', 'put', 'remove', 'update']);
      await client.get('/note');
      await client.get('/note');
      expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET']);
    });
  });

  test.each(EXPRESS_VERSIONS)(
    'M-17 gets a 304 from handlers that know of nothing, which fetch by itself does not: $name',
    async ({ express }) => {
      const app = express();
      const asked: unknown[] = [];
      app.use((req, _res, next) => {
        asked.push(req.get('Cache-Control'));
        next();
      });
      app.get('/note', (_req, res) => {
        res.json({ text: 'Hello' });
      });
      await withServer(app, async (port) => {
        const client = conditionalClient({ baseUrl: `http://127.0.0.1:${port}` });
        const { url, etag = '' } = await client.get('/note');
        expect(await client.get('/note')).toMatchObject({ data: { text: 'Hello' }, notModified: true });
        const byHand = await fetch(url, { headers: { 'If-None-Match': etag } });
        expect(byHand.status).toBe(200);
        expect(asked).toEqual(['max-age=0', 'max-age=0', 'no-cache']);
      });
    },
  );

  test('asks the fetch that there is when it asks', async () => {
    await withScript([text('a')], async ({ client }) => {
      const replaced = jest.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('replaced'));
      try {
        expect((await client.get('/note')).bytes).toEqual(new TextEncoder().encode('replaced'));
      } finally {
        replaced.mockRestore();
      }
      expect(await client.get('/note')).toMatchObject({ data: 'a' });
    });
  });

  test('hands a fetch of its own what it would hand that of the platform', async () => {
    await withScript([text('a')], async ({ clientWith, origin, requests }) => {
      const own = jest.fn((url: string, init: RequestInit) => fetch(url, init));
      const { signal } = new AbortController();
      expect(await clientWith({ fetch: own }).get('/note#top', { signal })).toMatchObject({ data: 'a' });
      expect(own.mock.calls).toEqual([
        [`${origin}/note`, expect.objectContaining({ method: 'GET', cache: 'no-cache', signal })],
      ]);
      expect(requests.map(summary)).toEqual(['GET /note']);
    });
  });
});
