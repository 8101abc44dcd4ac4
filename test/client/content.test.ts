/** What content becomes, on its way out and on its way in. */
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { answer, sent, text, withScript } from './scripted-server.js';

const utf8 = (content: string): Buffer => Buffer.from(content, 'utf8');
const JSON_TEXT = '{"name":"Zoë €"}';

describe('What is read is', () => {
  async function dataOf(type: string | undefined, content: string | Buffer): Promise<unknown> {
    const fields = type === undefined ? {} : { 'Content-Type': type };
    return withScript([answer(200, fields, content)], async ({ client }) => {
      const { data, bytes } = await client.get('/note');
      expect(bytes).toEqual(new Uint8Array(Buffer.from(content)));
      return data;
    });
  }

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/json ;charset="UTF-8"',
    'APPLICATION/JSON',
    'application/problem+json',
    'application/vnd.api+json; profile="x"',
    'text/json',
  ])('the value, where it is JSON: %s', async (type) => {
    expect(await dataOf(type, JSON_TEXT)).toEqual({ name: 'Zoë €' });
  });

  test.each([
    ['null', null],
    ['false', false],
    ['0', 0],
    ['""', ''],
    [' [1]\n', [1]],
    ['\uFEFF[1]', [1]],
  ])('the value, whichever it is: %j', async (content, value) => {
    expect(await dataOf('application/json', content)).toEqual(value);
  });

  test.each(['text/plain', 'text/html; charset=utf-8', 'Text/CSV', 'text/javascript'])(
    'a string, where it is text: %s',
    async (type) => {
      expect(await dataOf(type, 'Zoë €\n')).toBe('Zoë €\n');
    },
  );

  test('a string of UTF-8 whatever the charset, as the text() of fetch is', async () => {
    const type = 'text/plain; charset=iso-8859-1';
    const latin1 = Buffer.from('Zo\xeb', 'latin1');
    const byFetch = await new Response(latin1, { headers: { 'Content-Type': type } }).text();
    expect(await dataOf(type, latin1)).toBe(byFetch);
    expect(await dataOf(type, utf8('Zoë'))).toBe('Zoë');
  });

  test.each([
    'application/octet-stream',
    'image/png',
    'application/jsonp',
    'application/json-seq',
    'application/x-ndjson',
    'multipart/mixed; boundary=/json',
    'application/x; y=text/plain',
    'context/plain',
    undefined,
  ])('octets, where it is anything else: %s', async (type) => {
    expect(await dataOf(type, utf8(JSON_TEXT))).toEqual(new Uint8Array(utf8(JSON_TEXT)));
  });

  test('each octet as it came', async () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, octet) => octet));
    expect(await dataOf('application/octet-stream', all)).toEqual(new Uint8Array(all));
  });

  test.each(['application/json', 'text/plain', 'image/png', undefined])(
    'undefined, where there is nothing: %s',
    async (type) => {
      expect(await dataOf(type, '')).toBeUndefined();
    },
  );
});

describe('JSON that is none', () => {
  const page = answer(200, { 'Content-Type': 'application/json', ETag: '"2"' }, '<html>');

  test('is an error with its cause, for a read', async () => {
    const script = [text('a', { ETag: '"1"' }), page, answer(304)];
    await withScript(script, async ({ client }) => {
      await client.get('/note');
      await expect(client.get('/note')).rejects.toMatchObject({
        name: 'ClientError',
        code: 'ERR_CLIENT_CONTENT',
        message: expect.stringMatching(/GET .*\/note was answered 200/),
        cause: { name: 'SyntaxError' },
      });
      expect(await client.get('/note')).toMatchObject({ data: 'a', etag: '"1"' });
    });
  });

  test('is an error for a write, too, which says that it was answered', async () => {
    await withScript([page], async ({ client }) => {
      await expect(client.put('/note', 'a', { ifMatch: '*' })).rejects.toMatchObject({
        code: 'ERR_CLIENT_CONTENT',
        message: expect.stringContaining('was answered 200'),
      });
    });
  });
});

describe('What is written', () => {
  interface Arrived {
    readonly type: string | undefined;
    readonly content: string;
  }

  /** What the server gets. */
  async function arrived(content: unknown, headers: Record<string, string> = {}): Promise<Arrived> {
    return withScript([answer(204)], async ({ client, requests }) => {
      await client.patch('/note', content, { ifMatch: '"1"', headers });
      const [request] = requests;
      return { type: sent(request, 'Content-Type'), content: request!.content.toString('latin1') };
    });
  }

  const latin1 = (content: string): string => utf8(content).toString('latin1');
  const OCTETS = Uint8Array.from({ length: 256 }, (_, octet) => octet);
  const ALL_OCTETS = Buffer.from(OCTETS).toString('latin1');

  test.each([
    ['an object', { name: 'Zoë €' }, JSON_TEXT],
    ['a list', [1, [2]], '[1,[2]]'],
    ['null', null, 'null'],
    ['a number', 0, '0'],
    ['a boolean', false, 'false'],
    ['an object that knows its JSON', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['an object without prototype', Object.assign(Object.create(null) as object, { a: 1 }), '{"a":1}'],
  ])('is JSON: %s', async (_kind, content, json) => {
    expect(await arrived(content)).toEqual({ type: 'application/json', content: latin1(json) });
  });

  test('is JSON of the type that is given', async () => {
    const headers = { 'content-type': 'application/merge-patch+json' };
    expect(await arrived({ a: 1 }, headers)).toEqual({ type: headers['content-type'], content: '{"a":1}' });
  });

  const FORM = 'application/x-www-form-urlencoded;charset=UTF-8';
  test.each([
    ['a string', 'Zoë', 'text/plain;charset=UTF-8', latin1('Zoë')],
    ['an empty string', '', 'text/plain;charset=UTF-8', ''],
    ['octets', OCTETS, undefined, ALL_OCTETS],
    ['a part of a buffer', Buffer.from(OCTETS).subarray(1, 4), undefined, '\x01\x02\x03'],
    ['a view', new DataView(OCTETS.buffer, 254), undefined, '\xfe\xff'],
    ['a buffer', OCTETS.buffer, undefined, ALL_OCTETS],
    ['a Blob', new Blob([OCTETS], { type: 'image/png' }), 'image/png', ALL_OCTETS],
    ['a Blob without a type', new Blob(['a']), undefined, 'a'],
    ['a form', new URLSearchParams({ a: '1', b: 'ë' }), FORM, 'a=1&b=%C3%AB'],
  ])('is sent as it is: %s', async (_kind, content, type, expected) => {
    expect(await arrived(content)).toEqual({ type, content: expected });
  });

  test.each([
    ['a string', '<note/>'],
    ['octets', Buffer.from('<note/>')],
  ])('has the type that is given: %s', async (_kind, content) => {
    const headers = { 'Content-Type': 'application/xml' };
    expect(await arrived(content, headers)).toEqual({ type: 'application/xml', content: '<note/>' });
  });

  test('is a form with files, with the boundary in its type', async () => {
    const form = new FormData();
    form.set('a', 'ë');
    form.set('file', new Blob(['content']), 'name.txt');
    const { type = '', content } = await arrived(form);
    const [, boundary = ''] = /^multipart\/form-data; boundary=(.+)$/.exec(type) ?? [];
    expect(content.split(`--${boundary}`)).toEqual([
      '',
      expect.stringContaining(latin1('name="a"\r\n\r\në\r\n')),
      expect.stringContaining('filename="name.txt"'),
      expect.stringMatching(/^--/),
    ]);
  });

  async function* chunks(): AsyncGenerator<string> {
    yield 'a';
  }
  test.each([
    ['undefined', undefined],
    ['a function', () => {}],
    ['a symbol', Symbol('a')],
    ['what says that it has no JSON', { toJSON: () => undefined }],
    ['a stream', new Blob(['a']).stream()],
    ['a stream of Node', Readable.from(['a'])],
    ['a stream where streams cannot be iterated', { [Symbol.toStringTag]: 'ReadableStream' }],
    ['a big number', 1n],
    ['a promise', Promise.resolve({})],
    ['a Map', new Map([['a', 1]])],
    ['an answer', new Response('a')],
    ['shared octets', new SharedArrayBuffer(1)],
    ['octets of another window', runInNewContext('new ArrayBuffer(1)')],
    ['a form of another window', { [Symbol.toStringTag]: 'FormData' }],
    ['an async generator', chunks()],
  ])('is refused, and nothing is sent: %s', async (_kind, content) => {
    await withScript([], async ({ client, requests }) => {
      await expect(client.put('/note', content, { ifMatch: '*' })).rejects.toMatchObject({
        code: 'ERR_CLIENT_USAGE',
      });
      await expect(client.post('/notes', content)).rejects.toMatchObject({ code: 'ERR_CLIENT_USAGE' });
      expect(requests).toEqual([]);
    });
  });

  test('is an error of JSON, where it makes none of it', async () => {
    await withScript([], async ({ client, requests }) => {
      await expect(client.put('/note', [1n], { ifMatch: '*' })).rejects.toThrow(TypeError);
      expect(requests).toEqual([]);
    });
  });

  class Note {
    text = 'a';
  }
  test.each([
    ['an object', { text: 'a' }, '{"text":"a"}'],
    ['an object without a prototype', Object.assign(Object.create(null), { text: 'a' }), '{"text":"a"}'],
    ['an object of a class', new Note(), '{"text":"a"}'],
    ['an object of another window', runInNewContext('({ text: "a" })'), '{"text":"a"}'],
    ['a list', [1], '[1]'],
    ['a number', 1, '1'],
    ['a boolean', false, 'false'],
    ['null', null, 'null'],
    ['a date', new Date(0), '"1970-01-01T00:00:00.000Z"'],
    ['what says what its JSON is', Object.assign(new Map(), { toJSON: () => ({ a: 1 }) }), '{"a":1}'],
  ])('is JSON: %s', async (_kind, content, expected) => {
    await withScript([answer(204)], async ({ client, requests }) => {
      await client.put('/note', content, { ifMatch: '*' });
      expect([sent(requests[0], 'Content-Type'), String(requests[0]!.content)]).toEqual([
        'application/json',
        expected,
      ]);
    });
  });

  test('is nothing with DELETE', async () => {
    await withScript([answer(204)], async ({ client, requests }) => {
      await client.remove('/note', { ifMatch: '"1"' });
      expect([sent(requests[0], 'Content-Type'), requests[0]!.content]).toEqual([undefined, Buffer.alloc(0)]);
    });
  });
});
