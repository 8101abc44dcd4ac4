/** Which copy is whose: Vary (RFC 9111, section 4.1), and the fields of requests. */
import { describe, expect, test } from '@jest/globals';
import {
  type ClientOptions,
  type Copy,
  type CopyStore,
  type HeadersLike,
  memoryStore,
  serializeCopy,
} from '../../lib/client/index.js';
import { answer, json, sent, summary, text, withScript } from './scripted-server.js';

const ADA = { Authorization: 'Bearer ada-secret' };
const BOB = { Authorization: 'Bearer bob-secret' };
const GERMAN = { 'Accept-Language': 'de' };
const ENGLISH = { 'Accept-Language': 'en' };

type Vary = string | string[];

interface Row {
  readonly vary: Vary;
  readonly first: Readonly<Record<string, string>>;
  readonly second: Readonly<Record<string, string>>;
}

const SELECTED: readonly Row[] = [
  { vary: 'Authorization', first: ADA, second: ADA },
  { vary: 'Accept-Language', first: ADA, second: BOB },
  { vary: 'Authorization', first: {}, second: {} },
  { vary: 'Authorization', first: GERMAN, second: ENGLISH },
  { vary: 'AUTHORIZATION', first: ADA, second: { authorization: ADA.Authorization } },
  { vary: 'Accept-Language , authorization,,', first: { ...ADA, ...GERMAN }, second: { ...GERMAN, ...ADA } },
  { vary: ['Accept-Language', 'Authorization'], first: { ...ADA, ...GERMAN }, second: { ...ADA, ...GERMAN } },
  { vary: '', first: ADA, second: BOB },
];

const NOT_SELECTED: readonly Row[] = [
  { vary: 'Authorization', first: ADA, second: BOB },
  { vary: 'authorization', first: ADA, second: {} },
  { vary: 'Authorization', first: {}, second: ADA },
  { vary: 'Accept-Language', first: GERMAN, second: ENGLISH },
  { vary: 'Accept-Language, Authorization', first: { ...ADA, ...GERMAN }, second: { ...ADA, ...ENGLISH } },
  { vary: ['Accept-Language', 'Authorization'], first: { ...ADA, ...GERMAN }, second: { ...BOB, ...GERMAN } },
  { vary: 'X-A, X-B', first: { 'X-A': '1' }, second: { 'X-B': '1' } },
  { vary: '*', first: ADA, second: ADA },
  { vary: 'Authorization, *', first: ADA, second: ADA },
];

/** What is asked when a resource is read with some fields, and then read and written with others. */
async function asked({ vary, first, second }: Row): Promise<string[]> {
  const copy = text('a', { ETag: '"1"', 'Last-Modified': 'Tue, 15 Nov 1994 12:45:26 GMT', Vary: vary });
  const script = [copy, answer(503), answer(204)];
  return withScript(script, async ({ client, requests }) => {
    await client.get('/note', { headers: first });
    await expect(client.get('/note', { headers: second })).rejects.toThrow('503');
    await client.remove('/note', { headers: second }).catch(() => {});
    return requests.slice(1).map((request) => summary(request).replace(/ If-Modified-Since: .*/, ''));
  });
}

describe('A copy', () => {
  test.each(SELECTED)('made with $first serves a request with $second under Vary: $vary', async (row) => {
    expect(await asked(row)).toEqual(['GET /note If-None-Match: "1"', 'DELETE /note If-Match: "1"']);
  });

  test.each(NOT_SELECTED)(
    'made with $first serves no request with $second under Vary: $vary, be it a write',
    async (row) => {
      expect(await asked(row)).toEqual(['GET /note']);
    },
  );

  test('gives way to that of another', async () => {
    const forAda = text('for Ada', { ETag: '"a"', Vary: 'Authorization' });
    const forBob = text('for Bob', { ETag: '"b"', Vary: 'Authorization' });
    await withScript([forAda, forBob, answer(304), forAda], async ({ client, requests }) => {
      await client.get('/note', { headers: ADA });
      await client.get('/note', { headers: BOB });
      expect(await client.get('/note', { headers: BOB })).toMatchObject({ data: 'for Bob' });
      expect(await client.get('/note', { headers: ADA })).toMatchObject({ data: 'for Ada' });
      expect(requests.slice(2).map(summary)).toEqual(['GET /note If-None-Match: "b"', 'GET /note']);
    });
  });

  test('is made for the request whose answer it is, when a 304 names other fields in Vary', async () => {
    const fields = { ETag: '"1"', Vary: 'Authorization' };
    const script = [text('a', { ETag: '"1"' }), answer(304, fields), answer(304, fields), text('b')];
    await withScript(script, async ({ client, requests }) => {
      for (let count = 0; count < 3; count++) await client.get('/note', { headers: ADA });
      await client.get('/note', { headers: BOB });
      expect(requests.slice(2).map(summary)).toEqual(['GET /note If-None-Match: "1"', 'GET /note']);
    });
  });

  test.each(['Accept;q=1', '@', '"Accept"', 'é'])(
    'is not made under a Vary that cannot be read, but the read succeeds: %s',
    async (vary) => {
      const script = [text('a', { ETag: '"1"', Vary: vary }), text('b')];
      await withScript(script, async ({ client, requests }) => {
        expect(await client.get('/note', { headers: GERMAN })).toMatchObject({ data: 'a' });
        await client.get('/note', { headers: ENGLISH });
        expect(summary(requests[1]!)).toBe('GET /note');
      });
    },
  );
});

describe('The tag that a write brings', () => {
  async function writes(
    ...fields: readonly Readonly<Record<string, string>>[]
  ): Promise<{ readonly asAda: string[]; readonly asBob: string[] }> {
    const script = fields.map((fieldsOfAnswer) => text('', fieldsOfAnswer));
    return withScript([...script, answer(503), answer(503)], async ({ client, requests }) => {
      if (fields.length > 1) await client.get('/note', { headers: ADA });
      await client.put('/note', 'new', { headers: ADA, ifMatch: '"1"' });
      await client.remove('/note', { headers: BOB }).catch(() => {});
      const count = requests.length;
      await client.remove('/note', { headers: ADA }).catch(() => {});
      return {
        asBob: requests.slice(fields.length, count).map(summary),
        asAda: requests.slice(count).map(summary),
      };
    });
  }

  const IS_ADAS = { asAda: ['DELETE /note If-Match: "2"'], asBob: [] };

  test('serves nobody else, where its answer has Vary', async () => {
    expect(await writes({ ETag: '"2"', Vary: 'Authorization' })).toEqual(IS_ADAS);
  });

  test('serves nobody else, where the read before it had Vary', async () => {
    expect(await writes({ ETag: '"1"', Vary: 'Authorization' }, { ETag: '"2"' })).toEqual(IS_ADAS);
  });

  test('serves nobody else, where its answer has another Vary than the read before it', async () => {
    const read = { ETag: '"1"', Vary: 'Authorization, Origin' };
    expect(await writes(read, { ETag: '"2"', Vary: 'Origin' })).toEqual(IS_ADAS);
  });

  test('serves everybody, where no answer had Vary', async () => {
    const { asBob } = await writes({ ETag: '"1"' }, { ETag: '"2"' });
    expect(asBob).toEqual(['DELETE /note If-Match: "2"']);
  });

  test('serves nobody under Vary: *', async () => {
    expect(await writes({ ETag: '"2"', Vary: '*' })).toEqual({ asAda: [], asBob: [] });
  });
});

describe('What a store is given', () => {
  async function kept(headers: HeadersLike): Promise<Copy[]> {
    const copies: Copy[] = [];
    const store: CopyStore = { ...memoryStore(), set: (_url, copy) => void copies.push(copy) };
    const script = [
      json({ a: 1 }, { ETag: '"1"', Vary: 'Authorization, X-Key' }),
      answer(204, { ETag: '"2"' }),
    ];
    await withScript(script, async ({ clientWith }) => {
      const client = clientWith({ store });
      await client.get('/note', { headers });
      await client.put('/note', {}, { headers, ifMatch: '"1"' });
    });
    return copies;
  }

  test('has a digest in place of credentials', async () => {
    const copies = await kept({ ...ADA, 'X-Key': 'key-secret' });
    expect(copies).toHaveLength(2);
    for (const copy of copies) expect(serializeCopy(copy)).not.toMatch(/secret|bearer/i);
    expect(copies[0]!.variant).toMatch(/^\d+(,\d+){31}$/);
  });

  test('has nothing in place of fields that were not sent', async () => {
    const [copy] = await kept(GERMAN);
    expect(copy!.variant).toBe('');
  });
});

describe('Without crypto.subtle, as on a page that came over http', () => {
  async function withoutDigest<T>(use: () => Promise<T>): Promise<T> {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'crypto')!;
    Object.defineProperty(globalThis, 'crypto', { value: {}, configurable: true });
    try {
      return await use();
    } finally {
      Object.defineProperty(globalThis, 'crypto', original);
    }
  }

  test('no copy serves where a digest would have to tell', async () => {
    const row = { vary: 'Authorization', first: ADA, second: ADA };
    expect(await withoutDigest(() => asked(row))).toEqual(['GET /note']);
  });

  test('no copy serves that was made with one', async () => {
    const store = memoryStore();
    const copy = text('a', { ETag: '"1"', Vary: 'Authorization' });
    await withScript([copy, copy], async ({ clientWith, requests }) => {
      const client = clientWith({ store, headers: ADA });
      await client.get('/note');
      await withoutDigest(() => client.get('/note'));
      expect(requests.map(summary)).toEqual(['GET /note', 'GET /note']);
    });
  });

  test('copies serve where there is nothing to tell', async () => {
    const row = { vary: 'Authorization', first: GERMAN, second: ENGLISH };
    expect(await withoutDigest(() => asked(row))).toHaveLength(2);
  });
});

describe('The fields of a request', () => {
  async function sentFields(options: ClientOptions, headers: HeadersLike): Promise<(string | undefined)[]> {
    return withScript([text('a')], async ({ clientWith, requests }) => {
      await clientWith(options).get('/note', { headers });
      return ['X-A', 'X-B', 'X-C'].map((name) => sent(requests[0], name));
    });
  }

  const GIVEN: readonly [string, HeadersLike][] = [
    ['an object', { 'x-b': 'request', 'X-C': 'request' }],
    [
      'pairs',
      [
        ['X-B', 'request'],
        ['x-c', 'request'],
      ],
    ],
    ['Headers', new Headers({ 'X-B': 'request', 'X-C': 'request' })],
  ];
  test.each(GIVEN)('are its own over those of the client: %s', async (_kind, headers) => {
    const options = { headers: { 'X-A': 'client', 'X-B': 'client' } };
    expect(await sentFields(options, headers)).toEqual(['client', 'request', 'request']);
  });

  const general = { 'X-A': 'client' };
  test.each([
    ['a function', () => general],
    ['an async function', async () => general],
    ['Headers', new Headers(general)],
  ])('of a client are given as %s', async (_kind, headers) => {
    expect(await sentFields({ headers }, {})).toEqual(['client', undefined, undefined]);
  });

  test('are asked for before each request, so that a token can be renewed', async () => {
    let count = 0;
    const script = [text('a', { ETag: '"1"', Vary: 'X-A' }), text('a'), answer(204)];
    await withScript(script, async ({ clientWith, requests }) => {
      const client = clientWith({ headers: async () => ({ 'X-A': `token ${(count += 1)}` }) });
      await client.get('/note');
      await client.get('/note');
      await client.put('/note', 'b', { ifMatch: '*' });
      expect(requests.map((request) => sent(request, 'X-A'))).toEqual(['token 1', 'token 2', 'token 3']);
      expect(summary(requests[1]!)).toBe('GET /note');
    });
  });

  test('that cannot be had are an error, and nothing is sent', async () => {
    const failure = new RangeError('no token');
    await withScript([], async ({ clientWith, requests }) => {
      const client = clientWith({ headers: () => Promise.reject(failure) });
      await expect(client.get('/note')).rejects.toBe(failure);
      await expect(client.put('/note', 'a', { ifMatch: '*' })).rejects.toBe(failure);
      expect(requests).toEqual([]);
    });
  });

  test.each(['If-Match', 'if-none-match', 'If-Modified-Since', 'If-Unmodified-Since', 'If-Range'])(
    'are not %s by hand, be it for a read, for a write, or for all requests',
    async (name) => {
      const headers = { [name]: '"1"' };
      await withScript([], async ({ client, clientWith, requests }) => {
        const refusal = { code: 'ERR_CLIENT_USAGE', message: expect.stringContaining(name.toLowerCase()) };
        await expect(client.get('/note', { headers })).rejects.toMatchObject(refusal);
        await expect(client.put('/note', 'a', { headers, ifMatch: '*' })).rejects.toMatchObject(refusal);
        await expect(client.post('/notes', 'a', { headers })).rejects.toMatchObject(refusal);
        await expect(clientWith({ headers }).get('/note')).rejects.toMatchObject(refusal);
        expect(requests).toEqual([]);
      });
    },
  );

  test('may have a name that only begins like one', async () => {
    await withScript([text('a')], async ({ client, requests }) => {
      await client.get('/note', { headers: { If: '(["1"])', 'If-Match-Not': 'x' } });
      expect(sent(requests[0], 'If')).toBe('(["1"])');
    });
  });
});
