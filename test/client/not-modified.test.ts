/** What a 304 does to the copy: RFC 9111, sections 3.2 and 4.3.4. */
import { describe, expect, test } from '@jest/globals';
import { answer, json, type Reaction, summary, text, withScript } from './scripted-server.js';

const T = 'Tue, 15 Nov 1994 12:45:26 GMT';
const T_PLUS_1 = 'Tue, 15 Nov 1994 12:45:27 GMT';

describe('A 304', () => {
  test('M-9 gives the content of the copy, made anew each time, and a status of 200', async () => {
    const script = [json({ text: 'Hello' }, { ETag: '"1"' }), answer(304), answer(304)];
    await withScript(script, async ({ client, origin }) => {
      const first = await client.get('/note');
      const second = await client.get('/note');
      expect(second).toEqual({
        url: `${origin}/note`,
        status: 200,
        headers: expect.any(Headers),
        data: { text: 'Hello' },
        bytes: first.bytes,
        etag: '"1"',
        notModified: true,
      });
      expect((await client.get('/note')).data).not.toBe(second.data);
    });
  });

  test('M-9 has the content forgotten when it must not be kept any more (no-store)', async () => {
    const first = json({ text: 'Hello' }, { ETag: '"1"' });
    const script = [first, answer(304, { ETag: '"1"', 'Cache-Control': 'no-store' }), first];
    await withScript(script, async ({ client, requests }) => {
      await client.get('/note');
      expect(await client.get('/note')).toMatchObject({ data: { text: 'Hello' }, notModified: true });
      await client.get('/note');
      expect(summary(requests[2]!)).toBe('GET /note');
    });
  });

  test('M-9 gives empty content where the copy has none', async () => {
    await withScript([text('', { ETag: '"1"' }), answer(304)], async ({ client }) => {
      await client.get('/note');
      expect(await client.get('/note')).toMatchObject({ data: undefined, etag: '"1"', notModified: true });
    });
  });

  /** The fields after a read, a 304 and another read that says nothing new. */
  async function updatedBy(fields: Readonly<Record<string, string>>): Promise<Headers> {
    const first = text('Hello', { ETag: '"1"', 'Cache-Control': 'max-age=1', 'X-Only-Once': 'kept' });
    const script = [first, answer(304, { ETag: '"1"', ...fields }), answer(304)];
    return withScript(script, async ({ client }) => {
      await client.get('/note');
      const { headers } = await client.get('/note');
      const later = await client.get('/note');
      for (const name of Object.keys(fields)) expect(later.headers.get(name)).toBe(headers.get(name));
      return headers;
    });
  }

  test.each([
    ['Cache-Control', 'max-age=60'],
    ['Expires', T],
    ['Last-Modified', T],
    ['X-Rate-Limit', '9'],
    ['Content-Language', 'de'],
    ['Content-Location', '/notes/1'],
    ['X-Content-Length', '9'],
    ['Content-Type-Hint', 'note'],
  ])('M-9 updates the copy: %s', async (name, value) => {
    const headers = await updatedBy({ [name]: value });
    expect([headers.get(name), headers.get('X-Only-Once')]).toEqual([value, 'kept']);
  });

  test.each([
    ['Content-Length', '0', '5'],
    ['Content-Type', 'application/json', 'text/plain; charset=utf-8'],
    ['Content-Encoding', 'gzip', null],
    ['Content-Range', 'bytes 0-3/5', null],
  ])('M-9 leaves what describes its content: %s', async (name, value, kept) => {
    expect((await updatedBy({ [name]: value })).get(name)).toBe(kept);
  });
});

/** A copy, a 304, and what the read after it asks. */
interface Row {
  readonly copy: Readonly<Record<string, string>>;
  readonly answered: Readonly<Record<string, string>>;
  /** The tag of the second read, and the conditions of the third. */
  readonly etag: string | undefined;
  readonly asks: string;
}

const SAME: readonly Row[] = [
  { copy: { ETag: '"1"' }, answered: { ETag: '"1"' }, etag: '"1"', asks: 'If-None-Match: "1"' },
  { copy: { ETag: 'W/"1"' }, answered: { ETag: 'W/"1"' }, etag: 'W/"1"', asks: 'If-None-Match: W/"1"' },
  { copy: { ETag: '"1"' }, answered: {}, etag: '"1"', asks: 'If-None-Match: "1"' },
  // What a proxy does that compresses: the 304 passes through it as it is.
  { copy: { ETag: 'W/"1"' }, answered: { ETag: '"1"' }, etag: 'W/"1"', asks: 'If-None-Match: W/"1"' },
  { copy: { ETag: '"1"' }, answered: { ETag: 'W/"1"' }, etag: '"1"', asks: 'If-None-Match: W/"1"' },
  { copy: { ETag: '"1"' }, answered: { ETag: 'none' }, etag: '"1"', asks: 'If-None-Match: "1"' },
  {
    copy: { 'Last-Modified': T },
    answered: {},
    etag: undefined,
    asks: `If-Modified-Since: ${T}`,
  },
  {
    copy: { ETag: '"1"', 'Last-Modified': T },
    answered: { ETag: '"1"', 'Last-Modified': T_PLUS_1 },
    etag: '"1"',
    asks: `If-None-Match: "1" If-Modified-Since: ${T_PLUS_1}`,
  },
  // A match by weak comparison only does not update anything (RFC 9111, section 4.3.4).
  {
    copy: { ETag: 'W/"1"', 'Last-Modified': T },
    answered: { ETag: '"1"', 'Last-Modified': T_PLUS_1 },
    etag: 'W/"1"',
    asks: `If-None-Match: W/"1" If-Modified-Since: ${T}`,
  },
  // Two versions of one second have one date: a tag that comes later may be that of the other one.
  {
    copy: { 'Last-Modified': T },
    answered: { ETag: '"2"', 'Last-Modified': T },
    etag: undefined,
    asks: `If-Modified-Since: ${T}`,
  },
];

test.each(SAME)('M-9 a copy with $copy is used after a 304 with $answered', async (row) => {
  const script = [text('Hello', row.copy), answer(304, row.answered), answer(304)];
  await withScript(script, async ({ client, requests }) => {
    await client.get('/note');
    expect(await client.get('/note')).toMatchObject({ data: 'Hello', etag: row.etag, notModified: true });
    expect(await client.get('/note')).toMatchObject({ data: 'Hello', notModified: true });
    expect(summary(requests[2]!)).toBe(`GET /note ${row.asks}`);
  });
});

describe('A 304 about another version', () => {
  const anew = text('new', { ETag: '"3"' });

  test.each([
    ['"1"', '"2"'],
    ['"1"', 'W/"2"'],
    ['W/"1"', '"2"'],
    ['W/"1"', 'W/"2"'],
  ])('M-9 than that of the copy has it read again, without a condition: %s, %s', async (etag, other) => {
    const first = text('old', { ETag: etag, 'Last-Modified': T });
    await withScript([first, answer(304, { ETag: other }), anew], async ({ client, requests }) => {
      await client.get('/note');
      expect(await client.get('/note')).toMatchObject({ data: 'new', etag: '"3"', notModified: false });
      expect(requests.map(summary)).toEqual([
        'GET /note',
        `GET /note If-None-Match: ${etag} If-Modified-Since: ${T}`,
        'GET /note',
      ]);
    });
  });

  test('is an error the second time', async () => {
    const script = [text('old', { ETag: '"1"' }), answer(304, { ETag: '"2"' }), answer(304, { ETag: '"2"' })];
    await withScript(script, async ({ client, requests }) => {
      await client.get('/note');
      await expect(client.get('/note')).rejects.toMatchObject({
        code: 'ERR_CLIENT_STATUS',
        response: { status: 304 },
      });
      expect(requests).toHaveLength(3);
    });
  });
});

describe('A 304 to a read without a condition', () => {
  const secret = text('secret', { ETag: '"1"', 'Cache-Control': 'no-store' });

  test.each<readonly [string, readonly Reaction[]]>([
    ['nothing is known', []],
    ['only the tag is known', [secret]],
  ])('is an error, and is about nothing that there is: %s', async (_what, before) => {
    await withScript([...before, answer(304, { ETag: '"1"' })], async ({ client, requests }) => {
      for (const _read of before) await client.get('/note');
      await expect(client.get('/note')).rejects.toMatchObject({
        code: 'ERR_CLIENT_STATUS',
        response: { status: 304 },
      });
      expect(requests).toHaveLength(before.length + 1);
    });
  });

  test('is no copy in place of a range', async () => {
    const script = [text('whole', { ETag: '"1"' }), answer(304, { ETag: '"1"' })];
    await withScript(script, async ({ client }) => {
      await client.get('/note');
      await expect(client.get('/note', { headers: { Range: 'bytes=0-1' } })).rejects.toMatchObject({
        response: { status: 304 },
      });
    });
  });
});
