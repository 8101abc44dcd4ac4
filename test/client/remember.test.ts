/** What a client knows of a resource after a write (RFC 9110, section 9.3.4). */
import { describe, expect, test } from '@jest/globals';
import {
  isClientError,
  type ClientErrorCode,
  type ConditionalClient,
  type Written,
} from '../../lib/client/index.js';
import { answer, hangUp, json, type Reaction, summary, text, withScript } from './scripted-server.js';

type Method = 'PUT' | 'PATCH' | 'DELETE' | 'POST';

const SEND: Readonly<Record<Method, (client: ConditionalClient) => Promise<Written<unknown>>>> = {
  PUT: (client) => client.put('/note', {}),
  PATCH: (client) => client.patch('/note', {}),
  DELETE: (client) => client.remove('/note'),
  POST: (client) => client.post('/note', {}),
};

interface Row {
  readonly what: string;
  readonly method: Method;
  readonly answers: readonly Reaction[];
  readonly etag: string | undefined;
  readonly needsRefetch: boolean;
  /** The condition of the next write, or why there is none. */
  readonly next: string;
}

const REFUSED: ClientErrorCode = 'ERR_CLIENT_NO_VALIDATOR';
const STRONG = { ETag: '"2"' };
const WEAK = { ETag: 'W/"2"' };
const HERE = { 'Content-Location': '/note' };
const ELSEWHERE = { 'Content-Location': '/note/revisions/2' };
const IN_BODY = { etag: '"3"' };

const known = (etag: string, needsRefetch = false) => ({ etag, needsRefetch, next: `If-Match: ${etag}` });
const UNKNOWN = { etag: undefined, needsRefetch: true, next: REFUSED };

const ROWS: readonly Row[] = [
  { what: 'M-10 200 with a strong tag', method: 'PUT', answers: [text('', STRONG)], ...known('"2"') },
  { what: 'M-10 201 with a strong tag', method: 'PUT', answers: [answer(201, STRONG)], ...known('"2"') },
  { what: 'M-10 204 with a strong tag', method: 'PUT', answers: [answer(204, STRONG)], ...known('"2"') },
  { what: 'M-10 200 without a tag', method: 'PUT', answers: [text('ok')], ...UNKNOWN },
  { what: 'M-10 201 without a tag', method: 'PUT', answers: [answer(201)], ...UNKNOWN },
  { what: 'M-10 204 without a tag', method: 'PUT', answers: [answer(204)], ...UNKNOWN },
  {
    what: 'a date alone',
    method: 'PUT',
    answers: [answer(204, { 'Last-Modified': 'Tue, 15 Nov 1994 12:45:26 GMT' })],
    ...UNKNOWN,
  },
  { what: 'M-16 a tag that is none', method: 'PUT', answers: [answer(204, { ETag: '2' })], ...UNKNOWN },
  {
    what: 'a weak tag, as that of the reply in Express',
    method: 'PUT',
    answers: [json({}, WEAK)],
    ...UNKNOWN,
  },
  {
    what: 'a weak tag with the content',
    method: 'PUT',
    answers: [json({}, { ...WEAK, ...HERE })],
    etag: 'W/"2"',
    needsRefetch: false,
    next: 'ERR_CLIENT_WEAK_TAG',
  },
  {
    what: 'a weak tag with other content',
    method: 'PUT',
    answers: [json({}, { ...WEAK, ...ELSEWHERE })],
    ...UNKNOWN,
  },
  {
    what: 'a strong tag with other content',
    method: 'PUT',
    answers: [json({}, { ...STRONG, ...ELSEWHERE })],
    ...known('"2"'),
  },
  {
    what: 'a Content-Location that is no URL',
    method: 'PUT',
    answers: [json({}, { ...STRONG, 'Content-Location': 'http://' })],
    ...known('"2"'),
  },
  { what: 'a tag in the body', method: 'PUT', answers: [json(IN_BODY)], ...known('"3"') },
  {
    what: 'a tag in the body, and another in the field',
    method: 'PUT',
    answers: [json(IN_BODY, WEAK)],
    ...known('"3"'),
  },
  {
    what: 'a tag in the body that is none',
    method: 'PUT',
    answers: [json({ etag: '3' }, STRONG)],
    ...known('"2"'),
  },
  {
    what: 'a tag in a body that is text',
    method: 'PUT',
    answers: [text('{"etag":"\\"3\\""}', STRONG)],
    ...known('"2"'),
  },
  {
    what: 'a strong tag under Vary: *',
    method: 'PUT',
    answers: [answer(204, { ...STRONG, Vary: '*' })],
    ...UNKNOWN,
  },
  { what: '202: nothing is done yet', method: 'PUT', answers: [json(IN_BODY, STRONG, 202)], ...UNKNOWN },
  {
    what: 'a redirect to a page',
    method: 'PUT',
    answers: [answer(303, { Location: '/done', ...STRONG })],
    ...UNKNOWN,
  },
  { what: 'a strong tag', method: 'PATCH', answers: [answer(204, STRONG)], ...known('"2"', true) },
  {
    what: 'a strong tag with a body of unknown meaning',
    method: 'PATCH',
    answers: [json({}, STRONG)],
    ...known('"2"', true),
  },
  {
    what: 'a strong tag with the content',
    method: 'PATCH',
    answers: [json({}, { ...STRONG, ...HERE })],
    ...known('"2"'),
  },
  { what: 'a tag in the body', method: 'PATCH', answers: [json(IN_BODY)], ...known('"3"') },
  { what: 'no tag', method: 'PATCH', answers: [json({})], ...UNKNOWN },
  { what: '204', method: 'DELETE', answers: [answer(204)], ...UNKNOWN, needsRefetch: false },
  {
    what: 'a tag',
    method: 'DELETE',
    answers: [json(IN_BODY, { ...STRONG, ...HERE })],
    ...UNKNOWN,
    needsRefetch: false,
  },
  {
    what: 'a tag of what it has made',
    method: 'POST',
    answers: [json({}, { ...STRONG, Location: '/note/2' }, 201)],
    etag: '"2"',
    needsRefetch: false,
    next: 'If-Match: "1"',
  },
  {
    what: 'a tag of what it has made, in the body',
    method: 'POST',
    answers: [json(IN_BODY, {}, 201)],
    etag: '"3"',
    needsRefetch: false,
    next: 'If-Match: "1"',
  },
];

test.each(ROWS)('$method, $what: then $next', async ({ method, answers, etag, needsRefetch, next }) => {
  const script = [json({ a: 1 }, { ETag: '"1"' }), ...answers, answer(503)];
  await withScript(script, async ({ clientWith, requests }) => {
    const client = clientWith({ etagMember: 'etag' });
    await client.get('/note');
    expect(await SEND[method](client)).toMatchObject({ etag, needsRefetch });
    const count = requests.length;
    const refusal: unknown = await client.remove('/note').catch((error: unknown) => error);
    const asked = requests.slice(count).map((request) => summary(request).replace('DELETE /note ', ''));
    expect(asked[0] ?? (isClientError(refusal) && refusal.code)).toBe(next);
  });
});

describe('After a write', () => {
  test('whose reply cannot be read, nothing is known any more: it was made', async () => {
    const unreadable = answer(200, { 'Content-Type': 'application/json', ETag: '"2"' }, '<html>');
    await withScript([json({}, { ETag: '"1"' }), unreadable], async ({ client, requests }) => {
      await client.get('/note');
      await expect(client.put('/note', {})).rejects.toMatchObject({ code: 'ERR_CLIENT_CONTENT' });
      await expect(client.put('/note', {})).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
      expect(requests).toHaveLength(2);
    });
  });

  test('the result says what the server answered', async () => {
    const created = json({ id: 7 }, { ETag: '"1"', Location: '/notes/7' }, 201);
    await withScript([created], async ({ client, origin }) => {
      const written = await client.put('/notes/7', {}, { createOnly: true });
      expect(written).toEqual({
        url: `${origin}/notes/7`,
        status: 201,
        headers: expect.any(Headers),
        data: { id: 7 },
        etag: '"1"',
        needsRefetch: false,
      });
      expect(written.headers.get('Location')).toBe('/notes/7');
    });
  });

  test('without content in the reply there is no data', async () => {
    await withScript([answer(204, STRONG)], async ({ client }) => {
      expect(await client.put('/note', {}, { ifMatch: '"1"' })).toMatchObject({
        status: 204,
        data: undefined,
      });
    });
  });

  test('only the tag is known, and the next read brings the content', async () => {
    const script = [
      json({ a: 1 }, { ETag: '"1"' }),
      json({ a: 2 }, { ...STRONG, ...HERE }),
      json({ a: 2 }, STRONG),
    ];
    await withScript(script, async ({ client, requests }) => {
      await client.get('/note');
      await client.put('/note', { a: 2 });
      expect(await client.get('/note')).toMatchObject({ data: { a: 2 }, notModified: false });
      expect(summary(requests[2]!)).toBe('GET /note');
    });
  });

  test('one write follows another, each under the tag that the last one brought', async () => {
    const script = ['"1"', '"2"', '"3"', '"4"'].map((etag) => answer(200, { ETag: etag }));
    await withScript(script, async ({ client, requests }) => {
      await client.put('/note', {}, { createOnly: true });
      await client.update('/note', {});
      await client.patch('/note', {});
      await client.remove('/note');
      expect(requests.map(summary)).toEqual([
        'PUT /note If-None-Match: *',
        'PUT /note If-Match: "1"',
        'PATCH /note If-Match: "2"',
        'DELETE /note If-Match: "3"',
      ]);
    });
  });

  test.each<readonly [string, Reaction]>([
    ['412', answer(412, { ETag: '"9"' })],
    ['403', answer(403, { ETag: '"9"' })],
    ['500', answer(500, { ETag: '"9"' })],
    ['no answer', hangUp],
  ])('that failed, the client knows what it knew: %s', async (_how, failure) => {
    await withScript([text('a', { ETag: '"1"' }), failure, answer(304)], async ({ client, requests }) => {
      await client.get('/note');
      await expect(client.put('/note', 'b')).rejects.toMatchObject({ code: expect.any(String) });
      expect(await client.get('/note')).toMatchObject({ data: 'a', notModified: true });
      expect(summary(requests[2]!)).toBe('GET /note If-None-Match: "1"');
    });
  });
});
