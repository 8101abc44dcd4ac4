/** Polling: what is a change, how long it waits, and how it ends. */
import { describe, expect, jest, test } from '@jest/globals';
import { type ConditionalClient, type Retrieved, watch, type WatchOptions } from '../../lib/client/index.js';
import { throwing } from '../helpers/apps.js';
import { Arrivals, settled } from '../helpers/arrivals.js';
import {
  answer,
  hangUp,
  json,
  type Reaction,
  type ScriptedServer,
  sent,
  silence,
  summary,
  withScript,
} from './scripted-server.js';
import { useWaits } from './waits.js';

const waits = useWaits();

const GONE = answer(410);

interface Watched {
  readonly states: readonly unknown[];
  /** The milliseconds of each wait. */
  readonly pauses: readonly number[];
  readonly asked: readonly string[];
}

/** What is seen of a resource until it is gone, and how long each wait was. Between polls something else may happen. */
async function watched(
  script: readonly Reaction[],
  options: WatchOptions | ((server: ScriptedServer) => WatchOptions) = {},
  between: (server: ScriptedServer) => Promise<unknown> = async () => {},
): Promise<Watched> {
  return withScript([...script, GONE], async (server) => {
    const states: unknown[] = [];
    const follow = async (): Promise<void> => {
      const given = typeof options === 'function' ? options(server) : options;
      for await (const { data } of watch(server.client, '/note', given)) states.push(data);
    };
    const ended: Promise<unknown> = follow().catch((error: unknown) => error);
    const pauses: number[] = [];
    for (let isLast = false; !isLast;) {
      const wait = await waits.next();
      pauses.push(wait.ms);
      await between(server);
      isLast = server.requests.length === script.length;
      wait.end();
    }
    expect(await ended).toMatchObject({ response: { status: 410 } });
    return { states, pauses, asked: server.requests.map(summary) };
  });
}

const state = (n: number, etag = `"${n}"`): Reaction => json({ n }, { ETag: etag });

describe('What is yielded', () => {
  const rows: readonly [string, readonly Reaction[], readonly number[]][] = [
    ['the first state', [state(1)], [1]],
    ['each state that is another', [state(1), state(2), state(1)], [1, 2, 1]],
    ['nothing on 304', [state(1), answer(304), answer(304), state(2)], [1, 2]],
    ['nothing on 200 with the same tag', [state(1), state(1), state(2)], [1, 2]],
    [
      'nothing where the tag is the same but for its weakness',
      [state(1), state(9, 'W/"1"'), state(2)],
      [1, 2],
    ],
    ['nothing where only the tag is another', [state(1), state(1, '"other"'), state(2)], [1, 2]],
    ['nothing on the same octets without a tag', [json({ n: 1 }), json({ n: 1 }), json({ n: 2 })], [1, 2]],
    ['nothing where the tag comes or goes', [state(1), json({ n: 1 }), state(1), state(2)], [1, 2]],
    ['nothing for a failure', [state(1), answer(503), state(1), hangUp, state(2)], [1, 2]],
    ['the first state behind a failure', [answer(503), state(1)], [1]],
    ['what has changed back meanwhile', [state(1), state(2), answer(503), state(1)], [1, 2, 1]],
  ];
  test.each(rows)('is %s', async (_what, script, numbers) => {
    expect((await watched(script)).states).toEqual(numbers.map((n) => ({ n })));
  });

  test('is not what is known already', async () => {
    const since = ({ origin }: ScriptedServer): WatchOptions => ({
      since: { url: `${origin}/note`, etag: '"1"', bytes: new Uint8Array() } as unknown as Retrieved<unknown>,
    });
    expect((await watched([state(1), state(2)], since)).states).toEqual([{ n: 2 }]);
    expect((await watched([state(2), state(1)], since)).states).toEqual([{ n: 2 }, { n: 1 }]);
  });

  test('is another resource with the same tag, to which a redirect leads by now', async () => {
    const to = (path: string): Reaction => answer(307, { Location: path });
    await withScript([to('/1'), state(1), to('/2'), state(2, '"1"')], async ({ client }) => {
      const states = watch(client, '/latest');
      await states.next();
      const next = states.next();
      (await waits.next()).end();
      expect((await next).value).toMatchObject({ data: { n: 2 } });
    });
  });

  test('is a change that another read through the same client has seen first', async () => {
    const read = async ({ client, requests }: ScriptedServer): Promise<unknown> =>
      requests.length === 1 && client.get('/note');
    const { states, asked } = await watched([state(1), state(2), answer(304)], {}, read);
    expect(states).toEqual([{ n: 1 }, { n: 2 }]);
    expect(asked.slice(1, 3)).toEqual(['GET /note If-None-Match: "1"', 'GET /note If-None-Match: "2"']);
  });

  test('is a change that the same client has made', async () => {
    const write = async ({ client, requests }: ScriptedServer): Promise<unknown> =>
      requests.length === 1 && client.put('/note', { n: 2 });
    const script = [state(1), answer(204, { ETag: '"2"' }), state(2)];
    expect((await watched(script, {}, write)).states).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test('is the same to each of two that watch', async () => {
    await withScript([state(1), answer(304), state(2), answer(304)], async ({ client }) => {
      const both = [watch(client, '/note'), watch(client, '/note')];
      const numbers: unknown[] = [];
      for (const one of both) numbers.push((await one.next()).value);
      for (const one of both) {
        const next = one.next();
        (await waits.next()).end();
        numbers.push((await next).value);
      }
      expect(numbers).toMatchObject([1, 1, 2, 2].map((n) => ({ data: { n } })));
    });
  });

  test('is no state again, because the reader has altered the octets that it was given', async () => {
    const image = answer(200, {}, Buffer.from([1, 2, 3]));
    await withScript([image, image, GONE], async ({ client }) => {
      const states = watch<Uint8Array>(client, '/image');
      (await states.next()).value!.data.fill(0);
      const next = states.next();
      for (let count = 0; count < 2; count++) (await waits.next()).end();
      await expect(next).rejects.toThrow('410');
    });
  });

  test('is all that a read brings', async () => {
    await withScript([state(1)], async ({ client, origin }) => {
      expect(await watch(client, '/note').next()).toMatchObject({
        done: false,
        value: { url: `${origin}/note`, status: 200, data: { n: 1 }, etag: '"1"', notModified: false },
      });
      expect(waits.count).toBe(0);
    });
  });
});

describe('It waits', () => {
  test.each([
    [undefined, 5000],
    [0, 0],
    [250, 250],
    [2 ** 40, 2 ** 31 - 1],
  ])('as long as `interval`: %p', async (interval, ms) => {
    const options = interval === undefined ? {} : { interval };
    expect((await watched([state(1), answer(304)], options)).pauses).toEqual([ms, ms]);
  });

  const FRESH: readonly [Readonly<Record<string, string>>, number][] = [
    [{ 'Cache-Control': 'max-age=60' }, 60_000],
    [{ 'Cache-Control': 'private, MAX-AGE="60"' }, 60_000],
    [{ 'Cache-Control': 'private,max-age=60' }, 60_000],
    [{ 'Cache-Control': 'max-age=60', Age: '20' }, 40_000],
    [{ 'Cache-Control': 'max-age=60', Age: '90' }, 1000],
    [{ 'Cache-Control': 'max-age=60', Age: 'old' }, 1000],
    [{ 'Cache-Control': 'max-age=0' }, 1000],
    [{ 'Cache-Control': 'max-age=soon' }, 1000],
    [{ 'Cache-Control': 's-maxage=60' }, 1000],
    [{ 'Cache-Control': 'x-max-age=60' }, 1000],
    [{ 'Cache-Control': 'max-age=60, no-cache' }, 1000],
    [{ 'Cache-Control': 'No-Store, max-age=60' }, 1000],
    [{ 'Cache-Control': `max-age=${'9'.repeat(20)}` }, 2 ** 31 - 1],
    [{ Expires: 'Fri, 01 Jan 2100 00:00:00 GMT' }, 1000],
    [{}, 1000],
  ];
  test.each(FRESH)('as long as the answer is fresh: %j', async (fields, ms) => {
    const first = json({ n: 1 }, { ETag: '"1"', ...fields });
    expect((await watched([first], { interval: 1000 })).pauses).toEqual([ms]);
  });

  test('as long as the last 304 says', async () => {
    const script = [json({ n: 1 }, { ETag: '"1"', 'Cache-Control': 'max-age=60' })];
    const later = ['max-age=90', 'no-cache'].map((value) => answer(304, { 'Cache-Control': value }));
    expect((await watched([...script, ...later])).pauses).toEqual([60_000, 90_000, 5000]);
  });
});

describe('After a failure', () => {
  const HALF = 0.5;

  test.each([
    ['503', answer(503)],
    ['500', answer(500)],
    ['408', answer(408)],
    ['429', answer(429)],
    ['no answer', hangUp],
  ])(
    'it waits longer each time, up to a minute more, and after a success as before: %s',
    async (_what, failure) => {
      jest.spyOn(Math, 'random').mockReturnValue(HALF);
      const failures = Array.from({ length: 8 }, () => failure);
      const { pauses } = await watched([...failures, state(1), failure], { interval: 1000 });
      const more = [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000];
      expect(pauses).toEqual([...more.map((ms) => 1000 + ms), 1000, 1500]);
    },
  );

  test('it waits longer each time even where it does not wait between polls', async () => {
    jest.spyOn(Math, 'random').mockReturnValue(HALF);
    const { pauses } = await watched([answer(503), hangUp, state(1), answer(503)], { interval: 0 });
    expect(pauses).toEqual([500, 1000, 0, 500]);
  });

  test.each([
    ['seconds', '90', 90_000],
    ['a date', 'Fri, 01 Jan 2027 00:00:00 GMT', 60_000],
    ['less than the back-off', '1', 1000],
  ])('it waits as Retry-After asks: %s', async (_what, value, ms) => {
    jest.spyOn(Math, 'random').mockReturnValue(0);
    jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(2026, 11, 31, 23, 59, 0));
    const { pauses } = await watched([answer(429, { 'Retry-After': value })], { interval: 1000 });
    expect(pauses).toEqual([ms]);
  });

  test('`onError` hears of it, each time', async () => {
    const heard: unknown[] = [];
    await watched([answer(503), hangUp, state(1), answer(429)], { onError: (error) => heard.push(error) });
    expect(heard).toMatchObject([
      { code: 'ERR_CLIENT_STATUS', response: { status: 503 } },
      { code: 'ERR_CLIENT_NETWORK' },
      { code: 'ERR_CLIENT_STATUS', response: { status: 429 } },
    ]);
  });

  test('what `onError` throws ends it', async () => {
    const failure = new RangeError('enough');
    await withScript([answer(503)], async ({ client }) => {
      const onError = (): never => {
        throw failure;
      };
      await expect(watch(client, '/note', { onError }).next()).rejects.toBe(failure);
      expect(waits.count).toBe(0);
    });
  });

  test.each([400, 401, 403, 404, 410])(
    'that does not pass it ends, and `onError` hears nothing: %i',
    async (status) => {
      const onError = jest.fn();
      await withScript([state(1), answer(status)], async ({ client }) => {
        const states = watch(client, '/note', { onError });
        await states.next();
        const next = states.next();
        (await waits.next()).end();
        await expect(next).rejects.toMatchObject({ code: 'ERR_CLIENT_STATUS', response: { status } });
        expect(await states.next()).toEqual({ done: true, value: undefined });
        expect([onError.mock.calls, waits.pending]).toEqual([[], 0]);
      });
    },
  );
});

describe('It ends without an error', () => {
  const END = { done: true, value: undefined };

  test('when it is aborted before it begins, and asks nothing', async () => {
    const client = { get: throwing(new Error('It asked.')) };
    expect(await watch(client, '/note', { signal: AbortSignal.abort() }).next()).toEqual(END);
  });

  test('at once when it is aborted while it waits, and leaves no timer', async () => {
    await withScript([state(1)], async ({ client, requests }) => {
      const controller = new AbortController();
      const states = watch(client, '/note', { signal: controller.signal });
      await states.next();
      const next = states.next();
      await waits.next();
      expect(waits.pending).toBe(1);
      controller.abort();
      expect(await next).toEqual(END);
      expect([waits.pending, requests.length]).toEqual([0, 1]);
    });
  });

  test.each<readonly [string, readonly Reaction[]]>([
    ['the first time', []],
    ['another time', [state(1)]],
  ])('at once when it is aborted while it reads: %s', async (_when, before) => {
    const asked = new Arrivals<void>();
    await withScript([...before, () => asked.add()], async ({ client }) => {
      const controller = new AbortController();
      const states = watch(client, '/note', { signal: controller.signal });
      for (const _state of before) await states.next();
      const next = states.next();
      if (before.length > 0) (await waits.next()).end();
      await asked.next();
      controller.abort(new RangeError('enough'));
      expect(await next).toEqual(END);
      expect(waits.pending).toBe(0);
    });
  });

  /** Goes through the states, and does something with the first of them. */
  async function loop(client: ConditionalClient, signal: AbortSignal, onState: () => boolean): Promise<void> {
    for await (const _state of watch(client, '/note', { signal })) if (onState()) break;
  }

  test('when it is aborted in the loop, before the next wait begins', async () => {
    await withScript([state(1), silence], async ({ client, requests }) => {
      const controller = new AbortController();
      await loop(client, controller.signal, () => {
        controller.abort();
        return false;
      });
      expect([waits.count, requests.length]).toEqual([0, 1]);
    });
  });

  test('when the loop is left, and nothing goes on behind it', async () => {
    await withScript([state(1), silence], async ({ client, requests }) => {
      await loop(client, new AbortController().signal, () => true);
      await settled();
      expect([waits.count, requests.length]).toEqual([0, 1]);
    });
  });
});

test('Each poll has the fields that were given', async () => {
  await withScript([state(1), state(2)], async ({ client, requests }) => {
    const states = watch(client, '/note', { headers: { 'X-A': 'a' } });
    await states.next();
    const next = states.next();
    (await waits.next()).end();
    await next;
    expect(requests.map((request) => sent(request, 'X-A'))).toEqual(['a', 'a']);
  });
});
