/** Read, change, write, and begin again. What becomes of lost replies: lost-reply.test.ts. */
import { describe, expect, jest, test } from '@jest/globals';
import express from 'express';
import {
  type ClientErrorCode,
  type ConditionalClient,
  conditionalClient,
  modify,
  NetworkError,
  PreconditionFailedError,
  type PutOptions,
  UNCHANGED,
  type WriteOptions,
  type Written,
} from '../../lib/client/index.js';
import { memoryCounters } from '../helpers/counter-stores.js';
import { counterApp } from '../helpers/counters.js';
import { withServer } from '../helpers/server.js';
import { AT_ONCE, conversation, type Counter, increment, version, written } from './conversation.js';
import {
  answer,
  hangUp,
  json,
  type Reaction,
  type ScriptedServer,
  sent,
  summary,
  text,
  withScript,
} from './scripted-server.js';

const T = 'Tue, 15 Nov 1994 12:45:26 GMT';

describe('modify', () => {
  test('reads, changes, and writes under the tag that it has read', async () => {
    await withScript([version(1), json({ n: 2 }, { ETag: '"2"' })], async ({ client, origin, requests }) => {
      expect(await modify(client, '/counter', increment)).toEqual({
        url: `${origin}/counter`,
        status: 200,
        headers: expect.any(Headers),
        data: { n: 2 },
        etag: '"2"',
        needsRefetch: false,
        attempts: 1,
      });
      expect(requests.map(summary)).toEqual(['GET /counter', 'PUT /counter If-Match: "1"']);
      expect(requests[1]!.content.toString()).toBe('{"n":2}');
    });
  });

  test('hands the change the data, and with it everything that the read has brought', async () => {
    const change = jest.fn(increment);
    await withScript([version(1), written(2)], async ({ client, origin }) => {
      await modify(client, '/counter', change);
      expect(change.mock.calls).toEqual([
        [{ n: 1 }, expect.objectContaining({ url: `${origin}/counter`, etag: '"1"', data: { n: 1 } })],
      ]);
    });
  });

  test.each([
    ['returns a promise', async (data: Counter) => increment(data)],
    ['alters what it was given', (data: Counter) => Object.assign(data, { n: data.n + 1 })],
  ])('takes a change that %s', async (_what, change) => {
    const script = [version(1), answer(412), answer(304), written(2)];
    const { contents } = await conversation(script, change);
    expect(contents).toEqual(['{"n":2}', '{"n":2}']);
  });

  test('M-8, M-12 writes a patch under the tag, again after a refusal, and no other way', async () => {
    const script = [version(1), answer(412), version(5), written(6)];
    const { asked, contents } = await conversation(script, increment, { method: 'PATCH' });
    expect(asked.filter((line) => line.startsWith('P'))).toEqual([
      'PATCH /counter If-Match: "1"',
      'PATCH /counter If-Match: "5"',
    ]);
    expect(contents).toEqual(['{"n":2}', '{"n":6}']);
  });

  test('sends its fields with each request', async () => {
    await withScript([version(1), answer(412), version(2), written(3)], async ({ client, requests }) => {
      await modify(client, '/counter', increment, { ...AT_ONCE, headers: { 'X-A': 'a' } });
      expect(requests.map((request) => sent(request, 'X-A'))).toEqual(['a', 'a', 'a', 'a']);
    });
  });

  test('is based on its own read, whatever others read meanwhile through the same client', async () => {
    await withScript([version(1), version(2), answer(412), version(2), written(3)], async (server) => {
      const change = async (data: Counter): Promise<Counter> => {
        if (server.requests.length === 1) await server.client.get('/counter');
        return increment(data);
      };
      await modify(server.client, '/counter', change, AT_ONCE);
      expect(summary(server.requests[2]!)).toBe('PUT /counter If-Match: "1"');
      expect(server.requests.at(-1)!.content.toString()).toBe('{"n":3}');
    });
  });
});

describe('On 412', () => {
  test('M-11 the change is applied to what is there now, under the tag that it has now', async () => {
    const { asked, contents, result } = await conversation([version(1), answer(412), version(7), written(8)]);
    expect(asked).toEqual([
      'GET /counter',
      'PUT /counter If-Match: "1"',
      'GET /counter If-None-Match: "1"',
      'PUT /counter If-Match: "7"',
    ]);
    expect([contents, result!.attempts]).toEqual([['{"n":2}', '{"n":8}'], 2]);
  });

  test('M-11 the tag that came with it is not used', async () => {
    const refusal = json({ n: 7 }, { ETag: '"7"' }, 412);
    const { asked } = await conversation([version(1), refusal, version(8), written(9)]);
    expect(asked.slice(2)).toEqual(['GET /counter If-None-Match: "1"', 'PUT /counter If-Match: "8"']);
  });

  test.each([
    [undefined, 5],
    [1, 1],
    [3, 3],
  ])('M-11 with `attempts`: %p it gives up after %i', async (attempts, count) => {
    const script = Array.from({ length: count }, (_, n) => [version(n), answer(412)]).flat();
    const { error, asked } = await conversation(
      script,
      increment,
      attempts === undefined ? {} : { attempts },
    );
    expect(asked).toHaveLength(2 * count);
    expect(error).toMatchObject({
      name: 'GaveUpError',
      attempts: count,
      last: { data: { n: count - 1 }, etag: `"${count - 1}"` },
      outcome: 'not-written',
      cause: { code: 'ERR_CLIENT_PRECONDITION_FAILED' },
    });
  });

  test.each([0, -1, Number.NaN, 0.5])('with `attempts`: %p nothing is asked', async (attempts) => {
    const { error, asked } = await conversation([], increment, { attempts });
    expect([error, asked]).toEqual([expect.objectContaining({ code: 'ERR_CLIENT_USAGE' }), []]);
  });
});

describe('On 428', () => {
  test('M-13 the resource is read again, and written under the tag that it has by now', async () => {
    const script = [json({ n: 1 }, { 'Last-Modified': T }), answer(428), version(2), written(3)];
    const { asked } = await conversation(script);
    expect(asked).toEqual([
      'GET /counter',
      `PUT /counter If-Unmodified-Since: ${T}`,
      `GET /counter If-Modified-Since: ${T}`,
      'PUT /counter If-Match: "2"',
    ]);
  });

  test('M-13 it gives up, too', async () => {
    const script = [version(1), answer(428), answer(304), answer(428)];
    const { error } = await conversation(script, increment, { attempts: 2 });
    expect(error).toMatchObject({
      outcome: 'not-written',
      cause: { code: 'ERR_CLIENT_PRECONDITION_REQUIRED' },
    });
  });
});

describe('A change that returns', () => {
  test.each([
    ['at once', [version(1)], 1],
    ['after a refusal', [version(1), answer(412), version(2)], 2],
  ])('UNCHANGED writes nothing: %s', async (_when, script, attempts) => {
    const change = ({ n }: Counter): unknown => (n === attempts ? UNCHANGED : { n: 9 });
    const { result, asked } = await conversation(script, change);
    expect(result).toEqual({
      url: expect.stringMatching(/\/counter$/),
      status: 200,
      headers: expect.any(Headers),
      data: { n: attempts },
      etag: `"${attempts}"`,
      needsRefetch: false,
      attempts,
    });
    expect(asked).toHaveLength(script.length);
  });

  test('nothing is refused, and nothing is written: the `return` was forgotten', async () => {
    const { error, asked } = await conversation([version(1)], (data) => void (data.n += 1));
    expect(error).toMatchObject({
      code: 'ERR_CLIENT_USAGE',
      message: expect.stringContaining('Expected the change to return the new content, or UNCHANGED'),
    });
    expect(asked).toEqual(['GET /counter']);
  });

  test.each([
    [null, 'null'],
    [0, '0'],
    [false, 'false'],
  ])('%p is content', async (content, body) => {
    const { contents } = await conversation([version(1), written(2)], () => content);
    expect(contents).toEqual([body]);
  });

  const failures: readonly [string, Error][] = [
    ['an error of its own', new RangeError('too much')],
    // From a request of its own to another resource: it is not for `modify` to make that again.
    ['a refusal', new PreconditionFailedError(new Response('', { status: 412 }), undefined, 'x')],
    ['a lost reply', new NetworkError('ERR_CLIENT_NETWORK', 'x')],
  ];
  test.each(failures)(
    'not at all, but throws, ends it with what it has thrown: %s',
    async (_what, failure) => {
      const change = (): never => {
        throw failure;
      };
      const { error, asked } = await conversation([version(1), version(1)], change, { attempts: 2 });
      expect([error, asked]).toEqual([failure, ['GET /counter']]);
    },
  );
});

describe('A failure', () => {
  const PASSING: readonly [string, Reaction][] = [
    ...[408, 429, 500, 502, 503, 504].map((status): [string, Reaction] => [`${status}`, answer(status)]),
    ['no answer', hangUp],
  ];

  test.each(PASSING)('of a read that may pass is waited out: %s', async (_what, failure) => {
    const { asked, result } = await conversation([failure, failure, version(1), written(2)]);
    expect(asked.slice(2)).toEqual(['GET /counter', 'PUT /counter If-Match: "1"']);
    expect(result!.attempts).toBe(3);
  });

  test.each(PASSING)(
    'of reads that does not pass ends it, and nothing was written: %s',
    async (_what, failure) => {
      const { error } = await conversation([failure, failure], increment, { attempts: 2 });
      expect(error).toMatchObject({
        name: 'GaveUpError',
        attempts: 2,
        last: undefined,
        outcome: 'not-written',
      });
    },
  );

  test('of a write that has done nothing (429) has the change applied anew', async () => {
    let count = 0;
    const { contents } = await conversation([version(1), answer(429), version(1), written(2)], () => ({
      n: (count += 10),
    }));
    expect(contents).toEqual(['{"n":10}', '{"n":20}']);
  });

  const LASTING = [400, 401, 403, 404, 405, 409, 410, 413, 415, 422];
  test.each(LASTING)('of %i ends it at once, be it of the read or of the write', async (status) => {
    const ofRead = await conversation([answer(status)]);
    expect(ofRead).toMatchObject({ error: { code: 'ERR_CLIENT_STATUS' }, asked: ['GET /counter'] });
    const ofWrite = await conversation([version(1), answer(status)]);
    expect(ofWrite.error).toMatchObject({ code: 'ERR_CLIENT_STATUS', response: { status } });
    expect(ofWrite.asked).toHaveLength(2);
  });

  const IMPOSSIBLE: readonly [string, Reaction, ClientErrorCode][] = [
    ['a weak tag', json({ n: 1 }, { ETag: 'W/"1"' }), 'ERR_CLIENT_WEAK_TAG'],
    ['neither tag nor date', json({ n: 1 }), 'ERR_CLIENT_NO_VALIDATOR'],
    ['no JSON', answer(200, { 'Content-Type': 'application/json' }, '<'), 'ERR_CLIENT_CONTENT'],
  ];
  test.each(IMPOSSIBLE)('that no attempt can change ends it at once: %s', async (_what, read, code) => {
    const { error, asked } = await conversation([read]);
    expect([error, asked]).toEqual([expect.objectContaining({ code }), ['GET /counter']]);
  });
});

describe('An abort', () => {
  const reason = new RangeError('enough');

  async function abortedWhile(
    script: (abort: () => void) => readonly Reaction[],
    change: (abort: () => void, data: Counter) => unknown = (_abort, data) => increment(data),
  ): Promise<ScriptedServer['requests']> {
    const controller = new AbortController();
    const abort = (): void => controller.abort(reason);
    return withScript(script(abort), async ({ client, requests }) => {
      const { signal } = controller;
      const done = modify<Counter>(client, '/counter', (data) => change(abort, data), { ...AT_ONCE, signal });
      await expect(done).rejects.toBe(reason);
      return requests;
    });
  }

  test('while it reads ends it with the reason', async () => {
    expect(await abortedWhile((abort) => [abort])).toHaveLength(1);
  });

  test('while it writes ends it with the reason', async () => {
    expect(await abortedWhile((abort) => [version(1), abort])).toHaveLength(2);
  });

  test('while it changes ends it with the reason, and nothing is written', async () => {
    const change = (abort: () => void, data: Counter): Counter => {
      abort();
      return increment(data);
    };
    expect(await abortedWhile(() => [version(1)], change)).toHaveLength(1);
  });
});

describe('Of ten that modify one counter at once, over the middleware', () => {
  const NEVER_GIVES_UP = { attempts: 100, delay: () => Math.random() * 20 };

  test.each([
    ['each with a client of its own', false],
    ['all with one client', true],
  ])('none is lost: %s', async (_how, isShared) => {
    const store = memoryCounters();
    await store.create('a');
    await withServer(counterApp(express, { store, protection: 'guard' }), async (port) => {
      const shared = conditionalClient({ baseUrl: `http://127.0.0.1:${port}` });
      const add = ({ value }: { value: number }): unknown => ({ value: value + 1 });
      const all = Array.from({ length: 10 }, () => {
        const client = isShared ? shared : conditionalClient({ baseUrl: `http://127.0.0.1:${port}` });
        return modify(client, '/counters/a', add, NEVER_GIVES_UP);
      });
      const attempts = (await Promise.all(all)).map((result) => result.attempts);
      expect(await store.read('a')).toEqual({ value: 10, version: 11 });
      // They did meet.
      expect(Math.max(...attempts)).toBeGreaterThan(1);
    });
  });
});

test('modify takes whatever has the methods, be it an object of a class', async () => {
  class Watched implements Pick<ConditionalClient, 'get' | 'put' | 'patch'> {
    readonly called: string[] = [];
    readonly #client: ConditionalClient;

    constructor(client: ConditionalClient) {
      this.#client = client;
    }

    get: ConditionalClient['get'] = (url, options) => this.#client.get(url, options);

    put<T>(url: string | URL, content: unknown, options?: PutOptions): Promise<Written<T>> {
      this.called.push('put');
      return this.#client.put(url, content, options);
    }

    patch<T>(url: string | URL, content: unknown, options?: WriteOptions): Promise<Written<T>> {
      this.called.push('patch');
      return this.#client.patch(url, content, options);
    }
  }

  await withScript([text('a', { ETag: '"1"' }), answer(204)], async ({ client, requests }) => {
    const watched = new Watched(client);
    await modify<string>(watched, '/note', (data) => `${data}b`);
    expect([watched.called, requests[1]!.content.toString()]).toEqual([['put'], 'ab']);
  });
});
