/** The resources that stand in a list. */
import { describe, expect, test } from '@jest/globals';
import {
  type ClientOptions,
  type CopyStore,
  type ListMember,
  memoryStore,
  rememberMembers,
} from '../../lib/client/index.js';
import { answer, json, type Reaction, type ScriptedServer, summary, withScript } from './scripted-server.js';

interface Item {
  readonly id: number;
  readonly etag?: string;
}

const ONE: Item = { id: 1, etag: '"1"' };
const TWO: Item = { id: 2, etag: '"2"' };

type Select = (data: unknown, url: string) => Iterable<ListMember> | undefined;

const select: Select = (data, url) =>
  url.endsWith('/items')
    ? (data as Item[]).map((item) => ({ url: `items/${item.id}`, data: item }))
    : undefined;

const selectComplete: Select = (data, url) =>
  [...(select(data, url) ?? [])].map((member) => ({ ...member, complete: true }));

const OPTIONS: ClientOptions = { etagMember: 'etag', members: rememberMembers(select) };
const COMPLETE: ClientOptions = { etagMember: 'etag', members: rememberMembers(selectComplete) };

/** Reads a list, and then does something; what is asked for it. */
async function afterList(
  list: Reaction,
  options: ClientOptions,
  use: (server: ScriptedServer) => Promise<unknown>,
  ...answers: readonly Reaction[]
): Promise<string[]> {
  return withScript([list, ...answers], async (server) => {
    const client = server.clientWith(options);
    await client.get('/items');
    await use({ ...server, client });
    return server.requests.slice(1).map(summary);
  });
}

describe('After a list, a member', () => {
  const LIST = json([ONE, TWO], { ETag: '"list"' });

  test('is written under its tag, without a read', async () => {
    const write = async ({ client }: ScriptedServer): Promise<unknown> => {
      await client.patch('/items/2', {});
      return client.remove('/items/1');
    };
    expect(await afterList(LIST, OPTIONS, write, answer(204), answer(204))).toEqual([
      'PATCH /items/2 If-Match: "2"',
      'DELETE /items/1 If-Match: "1"',
    ]);
  });

  test('is read without a condition, since the list may have left something out', async () => {
    const read = ({ client }: ScriptedServer): Promise<unknown> => client.get('/items/1');
    expect(await afterList(LIST, OPTIONS, read, json({ ...ONE, more: true }))).toEqual(['GET /items/1']);
  });

  test('is a copy where the list has all of it', async () => {
    const read = async ({ client }: ScriptedServer): Promise<void> => {
      const { headers, ...member } = await client.get('/items/1');
      expect(member).toMatchObject({ data: ONE, etag: '"1"', notModified: true });
      expect(headers.has('Vary')).toBe(false);
    };
    expect(await afterList(LIST, COMPLETE, read, answer(304))).toEqual(['GET /items/1 If-None-Match: "1"']);
  });

  test('is not known where it is not in the list', async () => {
    const write = async ({ client }: ScriptedServer): Promise<void> => {
      await expect(client.remove('/items/3')).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
    };
    expect(await afterList(LIST, OPTIONS, write)).toEqual([]);
  });

  test('is not known of a client that was not told', async () => {
    const write = async ({ client }: ScriptedServer): Promise<void> => {
      await expect(client.remove('/items/1')).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
    };
    expect(await afterList(LIST, { etagMember: 'etag' }, write)).toEqual([]);
    expect(await afterList(LIST, { members: rememberMembers(select) }, write)).toEqual([]);
  });

  test('stands beside the list, which is a copy as any other', async () => {
    const read = async ({ client }: ScriptedServer): Promise<void> => {
      expect(await client.get('/items')).toMatchObject({ data: [ONE, TWO], notModified: true });
    };
    expect(await afterList(LIST, OPTIONS, read, answer(304))).toEqual(['GET /items If-None-Match: "list"']);
  });

  test('has the tag that the last list has shown', async () => {
    const newer = json([{ id: 1, etag: '"9"' }], { ETag: '"list 2"' });
    const again = async ({ client }: ScriptedServer): Promise<unknown> => {
      await client.get('/items');
      return client.remove('/items/1');
    };
    expect((await afterList(LIST, OPTIONS, again, newer, answer(204)))[1]).toBe(
      'DELETE /items/1 If-Match: "9"',
    );
  });

  test('is known from a list that has no validator itself', async () => {
    const remove = ({ client }: ScriptedServer): Promise<unknown> => client.remove('/items/1');
    expect(await afterList(json([ONE]), OPTIONS, remove, answer(204))).toEqual([
      'DELETE /items/1 If-Match: "1"',
    ]);
  });
});

describe('The tag of a member', () => {
  const remove = ({ client }: ScriptedServer): Promise<unknown> =>
    client.remove('/items/1').catch((error: unknown) => {
      throw new Error((error as { code: string }).code);
    });

  const NONE: readonly unknown[] = [undefined, null, 1, '1', '*', '"a\r\n"', { a: 1 }];
  test.each(NONE.map((etag) => [etag]))('M-16 counts only where it is one: %j', async (etag) => {
    await expect(afterList(json([{ id: 1, etag }]), OPTIONS, remove)).rejects.toThrow(
      'ERR_CLIENT_NO_VALIDATOR',
    );
  });

  test('that is weak serves reads, and no writes', async () => {
    const list = json([{ id: 1, etag: 'W/"1"' }]);
    await expect(afterList(list, COMPLETE, remove)).rejects.toThrow('ERR_CLIENT_WEAK_TAG');
    const read = ({ client }: ScriptedServer): Promise<unknown> => client.get('/items/1');
    expect(await afterList(list, COMPLETE, read, answer(304))).toEqual(['GET /items/1 If-None-Match: W/"1"']);
  });

  test('may be in a member of another name', async () => {
    const list = json([{ id: 1, '@odata.etag': 'W/"1"' }]);
    const options: ClientOptions = { ...OPTIONS, etagMember: '@odata.etag', ifMatch: 'weak' };
    expect(await afterList(list, options, remove, answer(204))).toEqual(['DELETE /items/1 If-Match: W/"1"']);
  });

  test('serves only those whom the list would serve', async () => {
    const headers = { Authorization: 'Bearer ada' };
    const list = json([ONE], { Vary: 'Authorization' });
    await withScript([list, answer(204)], async ({ clientWith, requests }) => {
      const client = clientWith(OPTIONS);
      await client.get('/items', { headers });
      await expect(client.remove('/items/1')).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
      await client.remove('/items/1', { headers });
      expect(summary(requests[1]!)).toBe('DELETE /items/1 If-Match: "1"');
    });
  });

  test('serves whoever has read the list last, though the tag is the same', async () => {
    const list = json([ONE], { Vary: 'Authorization' });
    await withScript([list, list, answer(204)], async ({ clientWith, requests }) => {
      const client = clientWith(OPTIONS);
      const ada = { headers: { Authorization: 'Bearer ada' } };
      await client.get('/items', { headers: { Authorization: 'Bearer bob' } });
      await client.get('/items', ada);
      await client.remove('/items/1', ada);
      expect(summary(requests[2]!)).toBe('DELETE /items/1 If-Match: "1"');
    });
  });

  test('is not remembered under Vary: *', async () => {
    await expect(afterList(json([ONE], { Vary: '*' }), OPTIONS, remove)).rejects.toThrow(
      'ERR_CLIENT_NO_VALIDATOR',
    );
  });
});

describe('The content of a member', () => {
  const read = ({ client }: ScriptedServer): Promise<unknown> => client.get('/items/1');
  const MORE = json({ ...ONE, more: true }, { ETag: '"1"' });

  test('is not kept from a list that must not be kept (no-store), but its tag is', async () => {
    const list = json([ONE], { 'Cache-Control': 'no-store' });
    const remove = ({ client }: ScriptedServer): Promise<unknown> => client.remove('/items/1');
    expect(await afterList(list, COMPLETE, read, MORE)).toEqual(['GET /items/1']);
    expect(await afterList(list, COMPLETE, remove, answer(204))).toEqual(['DELETE /items/1 If-Match: "1"']);
  });

  test('is not that of the list, where a read has brought more of the same version', async () => {
    const script = [MORE, json([ONE]), answer(304)];
    await withScript(script, async ({ clientWith }) => {
      const client = clientWith(COMPLETE);
      await client.get('/items/1');
      await client.get('/items');
      expect(await client.get('/items/1')).toMatchObject({ data: { more: true }, notModified: true });
    });
  });

  test.each([
    ['complete', COMPLETE],
    ['not complete', OPTIONS],
  ])('is not lost, where the list shows no tag, %s', async (_what, options) => {
    const script = [MORE, json([{ id: 1 }]), answer(304)];
    await withScript(script, async ({ clientWith }) => {
      const client = clientWith(options);
      await client.get('/items/1');
      await client.get('/items');
      expect(await client.get('/items/1')).toMatchObject({ data: { more: true }, notModified: true });
    });
  });

  test.each([
    ['complete', COMPLETE, 'GET /items/1 If-None-Match: "2"'],
    ['not complete', OPTIONS, 'GET /items/1'],
  ])('is not that of a read, where the list shows another version, %s', async (_what, options, asked) => {
    const script = [MORE, json([{ id: 1, etag: '"2"' }]), answer(200)];
    await withScript(script, async ({ clientWith, requests }) => {
      const client = clientWith(options);
      for (const path of ['/items/1', '/items', '/items/1']) await client.get(path);
      expect(summary(requests[2]!)).toBe(asked);
    });
  });
});

describe('What names the members', () => {
  /** The URLs that are remembered after a list, but for that of the list. */
  async function remembered(urls: readonly string[], listUrl = '/api/items?page=1'): Promise<string[]> {
    const all: string[] = [];
    const store: CopyStore = { ...memoryStore(), set: (url) => void all.push(url) };
    const members = rememberMembers(() => urls.map((url) => ({ url, data: ONE })));
    return withScript([json([])], async ({ clientWith, origin }) => {
      await clientWith({ store, etagMember: 'etag', members }).get(listUrl);
      return all.map((url) => url.replace(origin, ''));
    });
  }

  test.each([
    ['items/1', '/api/items/1'],
    ['/items/1', '/items/1'],
    ['?id=1', '/api/items?id=1'],
    ['../items/1', '/items/1'],
    ['http://elsewhere.test/1', 'http://elsewhere.test/1'],
    ['items/1#top', '/api/items/1'],
  ])('gives URLs, relative to that of the list: %s', async (url, expected) => {
    expect(await remembered([url])).toEqual([expected]);
  });

  test('is given the data and the URL of everything that was read', async () => {
    const calls: unknown[] = [];
    const members = rememberMembers((data, url) => {
      calls.push([data, url]);
      return undefined;
    });
    await withScript(
      [json([ONE], { ETag: '"1"' }), answer(304), json('a')],
      async ({ clientWith, origin }) => {
        const client = clientWith({ etagMember: 'etag', members });
        for (const path of ['/items#top', '/items', '/other']) await client.get(path);
        // A 304 shows nothing new.
        expect(calls).toEqual([
          [[ONE], `${origin}/items`],
          ['a', `${origin}/other`],
        ]);
      },
    );
  });

  test('may give them one by one', async () => {
    function* generate(): Generator<ListMember> {
      yield { url: '/items/1', data: ONE };
      yield { url: '/items/2', data: TWO };
    }
    const store = memoryStore();
    await withScript([json({})], async ({ clientWith, origin }) => {
      await clientWith({ store, etagMember: 'etag', members: rememberMembers(generate) }).get('/items');
      expect(await store.get(`${origin}/items/2`)).toMatchObject({
        etag: '"2"',
        bytes: undefined,
        variant: '',
      });
    });
  });

  test('fails the read, where it throws', async () => {
    const failure = new RangeError('no list');
    const members = rememberMembers(() => {
      throw failure;
    });
    await withScript([json([])], async ({ clientWith }) => {
      await expect(clientWith({ members }).get('/items')).rejects.toBe(failure);
    });
  });
});
