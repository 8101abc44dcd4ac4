/** Ways of Varnish that users have to know, and what its configuration in docs/proxies.md makes of them. */
import { expect, test } from '@jest/globals';
import { eventually } from '../helpers/arrivals.js';
import { fieldNames, fieldOf, type RawResponse } from '../helpers/raw-http.js';
import { describeBehindVarnish, PLAIN } from '../helpers/varnish.js';
import { documented } from './documented.js';
import { FIRST, FRESH, SHORT, THEN } from './fields.js';
import { behind, type NoteApi, noteApi, readUntilAsked, type Send } from './note-api.js';

const CONFIGURED = { vcl: documented('vcl') };
const etagOf = (answer: RawResponse): string | undefined => fieldOf(answer, 'ETag');

/** A promise and what fulfils it. */
function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

/** Leaves Varnish with connections to the API that are idle: on one that it uses again it may have to send twice. */
async function leaveConnections(send: Send, api: NoteApi): Promise<void> {
  await send('GET'); // from now on, reads are passed on side by side
  const { opened, open } = gate();
  api.open = opened;
  const reads = [send('GET'), send('GET')];
  await eventually(() => api.seen.length === 3);
  open();
  await Promise.all(reads);
  await send('GET');
}

describeBehindVarnish('Varnish as it is installed', (varnish) => {
  test('keeps what says nothing of caches, so that a client that has just read is refused', async () => {
    const api = noteApi();
    await behind(varnish, PLAIN, api, async (send) => {
      await send('GET');
      await send('PUT', { 'If-Match': '"v1"' });
      const held = etagOf(await send('GET'))!;
      expect(held).toBe('"v1"');
      expect(await send('PUT', { 'If-Match': held })).toMatchObject({ status: 412 });
    });
  });

  test('goes on answering 404 after the note was created', async () => {
    const api = noteApi();
    api.version = undefined;
    await behind(varnish, PLAIN, api, async (send) => {
      await send('GET');
      expect(await send('PUT', { 'If-None-Match': '*' })).toMatchObject({ status: 204 });
      expect(await send('GET')).toMatchObject({ status: 404 });
    });
  });

  test('does not heed the Cache-Control of a request', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, PLAIN, api, async (send) => {
      await send('GET');
      await send('GET', { 'Cache-Control': 'no-cache' });
      expect(api.seen).toHaveLength(1);
    });
  });

  test('sends what has expired while it asks', async () => {
    const api = noteApi({ fields: SHORT });
    await behind(varnish, PLAIN, api, async (send) => {
      await send('GET');
      api.version = 2;
      const { opened, open } = gate();
      api.open = opened;
      await readUntilAsked(send, api);
      expect(etagOf(await send('GET'))).toBe('"v1"');
      open();
      await eventually(async () => etagOf(await send('GET')) === '"v2"');
    });
  });
});

describeBehindVarnish('Varnish as it is configured in the documentation', (varnish) => {
  test('sends the fields of the 304 from then on', async () => {
    const api = noteApi({ fields: FIRST });
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET');
      api.fields = THEN;
      const again = await readUntilAsked(send, api);
      expect(Object.keys(THEN).map((name) => fieldOf(again, name))).toEqual(Object.values(THEN));
      expect(api.handled).toEqual(['GET']);
    });
  });

  test('sends nothing that has expired', async () => {
    const api = noteApi({ fields: SHORT });
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET');
      api.version = 2;
      expect(etagOf(await readUntilAsked(send, api))).toBe('"v2"');
    });
  });

  test('keeps nothing that says nothing of caches', async () => {
    const api = noteApi();
    api.version = undefined;
    await behind(varnish, CONFIGURED, api, async (send) => {
      expect(await send('GET')).toMatchObject({ status: 404 });
      await send('PUT', { 'If-None-Match': '*' });
      expect(etagOf(await send('GET'))).toBe('"v1"');
    });
  });

  test.each([
    ['PUT', '"v2"'],
    ['PATCH', '"v2"'],
    ['DELETE', undefined],
  ])('sends what is there now after %s', async (method, tag) => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET');
      await send(method, { 'If-Match': '"v1"' });
      expect(etagOf(await send('GET'))).toBe(tag);
    });
  });

  test('goes on using its copy after a write that was refused', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET');
      await send('PUT', { 'If-Match': '"v0"' });
      const again = await send('GET');
      expect([api.handled, fieldNames(again)]).toEqual([['GET'], expect.not.arrayContaining(['x-resource'])]);
    });
  });

  test('keeps the old version when a read was under way during the write', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, CONFIGURED, api, async (send) => {
      const { opened, open } = gate();
      api.open = opened;
      const reading = send('GET');
      await eventually(() => api.handled.length === 1);
      await send('PUT', { 'If-Match': '"v1"' });
      open();
      await reading;
      expect(etagOf(await send('GET'))).toBe('"v1"');
    });
  });

  test('knows one tag only: a list of tags and the wildcard are answered 200', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, CONFIGURED, api, async (send) => {
      await send('GET');
      for (const held of ['"v0", "v1"', '"v1", "v0"', '*']) {
        expect(await send('GET', { 'If-None-Match': held })).toMatchObject({ status: 200 });
      }
      expect(api.seen).toHaveLength(1);
    });
  });

  test('does not look at If-Match on a read', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, CONFIGURED, api, async (send) => {
      expect(await send('GET', { 'If-Match': '"v0"' })).toMatchObject({ status: 200 });
      expect(api.seen[0]!.headers).not.toHaveProperty('if-match');
    });
  });

  test('says how old its copy is', async () => {
    const api = noteApi({ fields: FRESH });
    await behind(varnish, CONFIGURED, api, async (send) => {
      const date = fieldOf(await send('GET'), 'Date');
      await eventually(async () => fieldOf(await send('GET'), 'Age') !== '0');
      expect([fieldOf(await send('GET'), 'Date'), api.seen.length]).toEqual([date, 1]);
    });
  });

  const LOST = [
    { method: 'PUT', times: 'once', status: 503 },
    { method: 'PATCH', times: 'once', status: 503 },
    { method: 'DELETE', times: 'twice', status: 412 },
  ];
  test.each(LOST)(
    'sends a $method $times and answers $status, when it was made and our reply is lost',
    async ({ method, times, status }) => {
      const api = noteApi();
      await behind(varnish, CONFIGURED, api, async (send) => {
        await leaveConnections(send, api);
        const before = api.seen.length;
        api.losesReply = true;
        expect(await send(method, { 'If-Match': '"v1"' })).toMatchObject({ status });
        expect(api.seen.length - before).toBe(times === 'once' ? 1 : 2);
        expect(api.handled.filter((handled) => handled === method)).toHaveLength(1);
      });
    },
  );
});
