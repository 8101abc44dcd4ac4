/** A write is about the resource that was read, wherever the server would rather have it go. */
import { describe, expect, test } from '@jest/globals';
import { conditionalClient, modify } from '../../lib/client/index.js';
import { answer, json, type Reaction, summary, withScript } from './scripted-server.js';

const to = (status: number): Reaction => answer(status, { Location: '/other', ETag: '"other"' });
const VERSION_1 = json({ n: 1 }, { ETag: '"1"' });
const VERSION_2 = json({ n: 2 }, { ETag: '"2"' });
const increment = ({ n }: { n: number }): { n: number } => ({ n: n + 1 });

describe.each(['put', 'patch', 'remove'] as const)('A redirect of %s', (method) => {
  test.each([301, 302, 307, 308])(
    'R-8.8.3-a leads nowhere: another resource may have the same tag (%i)',
    async (status) => {
      await withScript([VERSION_1, to(status)], async ({ client, requests }) => {
        await client.get('/note');
        await expect(client[method]('/note', {})).rejects.toMatchObject({
          code: 'ERR_CLIENT_STATUS',
          response: { status },
        });
        expect(requests.map(({ path }) => path)).toEqual(['/note', '/note']);
      });
    },
  );

  test('by 303 says that it was made, and what the other resource says is not asked for', async () => {
    await withScript([VERSION_1, to(303)], async ({ client, requests }) => {
      await client.get('/note');
      const { status, headers, etag } = await client[method]('/note', {});
      expect([status, headers.get('Location'), etag]).toEqual([303, '/other', undefined]);
      expect(requests).toHaveLength(2);
      await expect(client.put('/note', {})).rejects.toMatchObject({ code: 'ERR_CLIENT_NO_VALIDATOR' });
    });
  });
});

test('A POST under a condition does not take it along, and another one goes where it is sent', async () => {
  const script = [VERSION_1, to(303), to(303), answer(200)];
  await withScript(script, async ({ client, requests }) => {
    const basedOn = await client.get('/note');
    expect(await client.post('/note', {}, { basedOn })).toMatchObject({ status: 303 });
    expect(await client.post('/note', {})).toMatchObject({ status: 200 });
    expect(requests.map(summary)).toEqual([
      'GET /note',
      'POST /note If-Match: "1"',
      'POST /note',
      'GET /other',
    ]);
  });
});

describe('modify', () => {
  test('has made a change once that is answered 303', async () => {
    await withScript([VERSION_1, to(303)], async ({ client, requests }) => {
      expect(await modify(client, '/note', increment)).toMatchObject({ status: 303, attempts: 1 });
      expect(requests).toHaveLength(2);
    });
  });

  test('reads again where a browser hides a redirect, and with it whether the change was made', async () => {
    const asked: string[] = [];
    await withScript([VERSION_1, VERSION_2], async ({ origin }) => {
      const browserLike: typeof fetch = async (url, init) => {
        asked.push(`${init?.method} ${init?.redirect}`);
        return init?.redirect === 'manual' ? Response.error() : fetch(url, init);
      };
      const client = conditionalClient({ baseUrl: origin, fetch: browserLike });
      const result = await modify(client, '/note', increment, { delay: () => 0 });
      expect(result).toMatchObject({ data: { n: 2 }, attempts: 2 });
      expect(asked).toEqual(['GET undefined', 'PUT manual', 'GET undefined']);
    });
  });
});
