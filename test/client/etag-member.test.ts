/** APIs that put the tag into the JSON, as Google's and OData do: `etagMember`. */
import { describe, expect, test } from '@jest/globals';
import { answer, json, type Reaction, summary, text, withScript } from './scripted-server.js';

/** What is read, and what the next read and the next write ask. */
async function readOf(
  first: Reaction,
  etagMember = 'etag',
): Promise<{ readonly etag: string | undefined; readonly asked: string[] }> {
  return withScript([first, answer(304), answer(204)], async ({ clientWith, requests }) => {
    const client = clientWith({ etagMember });
    const { etag } = await client.get('/note');
    await client.get('/note');
    await client.patch('/note', {});
    return { etag, asked: requests.slice(1).map(summary) };
  });
}

describe('A tag in the content', () => {
  test('counts for writes, and that of the field for reads: the server compares with its own field', async () => {
    expect(await readOf(json({ etag: '"7"' }, { ETag: 'W/"weakened"' }))).toEqual({
      etag: '"7"',
      asked: ['GET /note If-None-Match: W/"weakened"', 'PATCH /note If-Match: "7"'],
    });
  });

  test('counts for both, where there is no field', async () => {
    expect(await readOf(json({ etag: '"7"' }))).toEqual({
      etag: '"7"',
      asked: ['GET /note If-None-Match: "7"', 'PATCH /note If-Match: "7"'],
    });
  });

  test('may be in a member of any name', async () => {
    const first = json({ '@odata.etag': '"7"', etag: '"other"' });
    expect(await readOf(first, '@odata.etag')).toMatchObject({ etag: '"7"' });
  });

  const NONE: readonly [string, Reaction][] = [
    ['there is no such member', json({ note: { etag: '"7"' } }, { ETag: '"1"' })],
    ['it is no tag', json({ etag: '7' }, { ETag: '"1"' })],
    ['it is no text', json({ etag: ['"7"'] }, { ETag: '"1"' })],
    ['it has octets that no field may have', json({ etag: '"7\r\n"' }, { ETag: '"1"' })],
    ['it is not in the octets of a field', json({ etag: '"\u20ac"' }, { ETag: '"1"' })],
    ['the content is no object', json('etag', { ETag: '"1"' })],
    ['the content is nothing', json(null, { ETag: '"1"' })],
    ['the content is no JSON', text('{"etag":"\\"7\\""}', { ETag: '"1"' })],
  ];
  test.each(NONE)('M-16, M-18 gives way to that of the field, where %s', async (_why, first) => {
    expect(await readOf(first)).toEqual({
      etag: '"1"',
      asked: ['GET /note If-None-Match: "1"', 'PATCH /note If-Match: "1"'],
    });
  });
});
