/** Which URLs name one resource, and where a request goes. */
import { describe, expect, test } from '@jest/globals';
import { conditionalClient } from '../../lib/client/index.js';
import { withServer } from '../helpers/server.js';
import { answer, json, summary, text, withScript } from './scripted-server.js';

/** What is asked when one URL is read, and then another. */
async function readBoth(
  first: string | URL,
  second: string | URL,
  baseUrl?: string | URL,
): Promise<string[]> {
  const script = [text('a', { ETag: '"1"' }), text('a', { ETag: '"1"' })];
  return withScript(script, async ({ clientWith, origin, requests }) => {
    const client = clientWith(baseUrl === undefined ? {} : { baseUrl: new URL(baseUrl, origin) });
    await client.get(first);
    await client.get(second);
    return requests.map(summary);
  });
}

describe('One resource is', () => {
  test.each([
    ['a query is part of the name', '/notes?page=1', '/notes?page=1'],
    ['a fragment is none', '/notes#top', '/notes'],
    ['nor is the fragment of another one', '/notes#top', '/notes#end'],
    ['dots are resolved', '/a/../notes', '/notes'],
    ['characters are encoded', '/nötes', '/n%C3%B6tes'],
  ])('%s: %s, %s', async (_why, first, second) => {
    const [one = '', other] = await readBoth(first, second);
    expect(other).toBe(`${one} If-None-Match: "1"`);
    expect(one).not.toContain('#');
  });

  test.each([
    ['/notes?page=1', '/notes?page=2'],
    ['/notes', '/notes/'],
    ['/notes', '/Notes'],
    ['/notes?', '/notes'],
  ])('not both of %s and %s', async (first, second) => {
    const [, other] = await readBoth(first, second);
    expect(other).toBe(`GET ${second}`);
  });
});

describe('A relative URL', () => {
  test.each([
    ['notes/1', '/api/', '/api/notes/1'],
    ['notes/1', '/api', '/notes/1'],
    ['/notes/1', '/api/', '/notes/1'],
    ['?page=2', '/api/notes', '/api/notes?page=2'],
  ])('is relative to `baseUrl`: %s to %s', async (url, baseUrl, path) => {
    expect(await readBoth(url, url, baseUrl)).toEqual([`GET ${path}`, `GET ${path} If-None-Match: "1"`]);
  });

  test('is relative to the page, where there is one and no `baseUrl`', async () => {
    await withScript([text('a'), text('a')], async ({ client, origin, requests }) => {
      const scope = globalThis as { location?: { href: string } };
      scope.location = { href: `${origin}/app/index.html` };
      try {
        await conditionalClient().get('notes');
        await client.get('notes');
      } finally {
        delete scope.location;
      }
      expect(requests.map(summary)).toEqual(['GET /app/notes', 'GET /notes']);
    });
  });

  test('is an error where there is nothing to be relative to', async () => {
    await expect(conditionalClient().get('/notes')).rejects.toThrow('Invalid URL');
  });

  test('does not matter to one that is absolute', async () => {
    await withScript([text('a')], async ({ clientWith, origin }) => {
      const client = clientWith({ baseUrl: 'http://elsewhere.test/' });
      expect(await client.get(new URL('/note', origin))).toMatchObject({ data: 'a', url: `${origin}/note` });
    });
  });
});

describe('A read that was redirected', () => {
  const to = (Location: string) => answer(307, { Location });

  test('gives what stands at the end', async () => {
    await withScript([to('/notes/1'), json({ id: 1 }, { ETag: '"1"' })], async ({ client }) => {
      expect(await client.get('/latest')).toMatchObject({ status: 200, data: { id: 1 } });
    });
  });

  // Else the tag would go along to wherever the redirect leads by then, and may be that of another resource.
  test.each([{ ETag: '"1"' }, { 'Last-Modified': 'Tue, 15 Nov 1994 12:45:26 GMT' }])(
    'is nothing that a write of the resource that redirects can be based on: %j',
    async (fields) => {
      await withScript([to('/notes/1'), json({ id: 1 }, fields)], async ({ client, requests }) => {
        const basedOn = await client.get('/latest');
        await expect(client.put('/latest', {}, { basedOn })).rejects.toMatchObject({
          code: expect.stringMatching(/^ERR_CLIENT_(NO_VALIDATOR|USAGE)$/),
        });
        expect(requests).toHaveLength(2);
      });
    },
  );

  // Tags are unique within a resource only: version 1 of one note and version 1 of another have the same (RFC 9110, 8.8.3).
  test('is not taken for unmodified when it leads to another resource with the same tag', async () => {
    let latest = 1;
    const listener: Parameters<typeof withServer>[0] = ({ url, headers }, response) => {
      if (url === '/latest') response.writeHead(307, { Location: `/notes/${latest}` }).end();
      else if (headers['if-none-match'] === '"v1"') response.writeHead(304, { ETag: '"v1"' }).end();
      else response.writeHead(200, { ETag: '"v1"' }).end(url);
    };
    await withServer(listener, async (port) => {
      const client = conditionalClient({ baseUrl: `http://127.0.0.1:${port}` });
      const textOf = async (): Promise<string> =>
        new TextDecoder().decode((await client.get('/latest')).bytes);
      expect(await textOf()).toBe('/notes/1');
      latest = 2;
      expect(await textOf()).toBe('/notes/2');
    });
  });

  test('is not taken for unmodified when the resource did not use to redirect', async () => {
    const script = [
      text('old', { ETag: '"1"' }),
      to('/moved'),
      answer(304, { ETag: '"1"' }),
      to('/moved'),
      text('new'),
    ];
    await withScript(script, async ({ client, requests }) => {
      await client.get('/note');
      expect(await client.get('/note')).toMatchObject({ data: 'new', notModified: false });
      expect(requests.map(summary).slice(3)).toEqual(['GET /note', 'GET /moved']);
      await expect(client.remove('/note')).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
    });
  });

  test('says nothing about the version of the resource that redirects', async () => {
    await withScript([to('/notes/1'), json({ id: 1 }, { ETag: '"1"' })], async ({ client, requests }) => {
      await client.get('/latest');
      await expect(client.put('/latest', {})).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
      expect(requests).toHaveLength(2);
    });
  });
});
