/** Which error becomes of which failure, and what stays of it. */
import { describe, expect, test } from '@jest/globals';
import {
  conditionalClient,
  type ConditionalClient,
  isResponseError,
  PreconditionFailedError,
  PreconditionRequiredError,
  ResponseError,
} from '../../lib/client/index.js';
import { Arrivals } from '../helpers/arrivals.js';
import { CLOSED_PORT } from '../helpers/server.js';
import {
  answer,
  cutOff,
  hangUp,
  json,
  octets,
  type Reaction,
  silence,
  summary,
  text,
  withScript,
} from './scripted-server.js';

type Request = (client: ConditionalClient, signal?: AbortSignal) => Promise<unknown>;

const REQUESTS: readonly [string, Request][] = [
  ['GET', (client, signal) => client.get('/note', { signal })],
  ['PUT', (client, signal) => client.put('/note', {}, { signal, ifMatch: '"1"' })],
  ['PATCH', (client, signal) => client.patch('/note', {}, { signal, ifMatch: '"1"' })],
  ['DELETE', (client, signal) => client.remove('/note', { signal, ifMatch: '"1"' })],
  ['POST', (client, signal) => client.post('/note', {}, { signal })],
];

/** The error that an answer becomes. */
async function errorOf(reaction: Reaction, request: Request): Promise<ResponseError> {
  return withScript([reaction], async ({ client }) => {
    const error: unknown = await request(client).catch((reason: unknown) => reason);
    if (isResponseError(error)) return error;
    throw new Error('This became no error of an answer.', { cause: error });
  });
}

describe.each(REQUESTS)('An answer to %s', (method, request) => {
  test.each([
    [412, 'ERR_CLIENT_PRECONDITION_FAILED', PreconditionFailedError],
    [428, 'ERR_CLIENT_PRECONDITION_REQUIRED', PreconditionRequiredError],
    [400, 'ERR_CLIENT_STATUS', ResponseError],
    [404, 'ERR_CLIENT_STATUS', ResponseError],
    [429, 'ERR_CLIENT_STATUS', ResponseError],
    [500, 'ERR_CLIENT_STATUS', ResponseError],
    [300, 'ERR_CLIENT_STATUS', ResponseError],
  ])('of %i is an error: %s', async (status, code, type) => {
    const error = await errorOf(json({ title: 'No' }, {}, status), request);
    expect(error.constructor).toBe(type);
    expect(error).toMatchObject({ code, data: { title: 'No' } });
    expect(error.response.status).toBe(status);
    expect(error.message).toMatch(new RegExp(String.raw`^${method} http://.*/note was answered ${status}\b`));
  });
});

describe('The error of an answer', () => {
  const [, get] = REQUESTS[0]!;

  test.each([
    ['JSON', json({ a: 1 }, {}, 409), { a: 1 }],
    [
      'a problem',
      answer(412, { 'Content-Type': 'application/problem+json' }, '{"status":412}'),
      { status: 412 },
    ],
    ['text', answer(500, { 'Content-Type': 'text/plain' }, 'Sorry'), 'Sorry'],
    ['octets', answer(500, {}, Buffer.from([1, 2])), new Uint8Array([1, 2])],
    ['nothing', answer(500, { 'Content-Type': 'application/json' }), undefined],
    ['JSON that is none', answer(500, { 'Content-Type': 'application/json' }, '<html>'), undefined],
  ])('has its content as data: %s', async (_what, reaction, data) => {
    expect((await errorOf(reaction, get)).data).toEqual(data);
  });

  test('has an answer that can still be read, with its fields', async () => {
    const error = await errorOf(answer(500, { 'X-Trace': 'abc' }, 'Sorry'), get);
    expect(error.response.headers.get('X-Trace')).toBe('abc');
    expect(await error.response.text()).toBe('Sorry');
  });
});

describe.each(REQUESTS)('%s', (method, request) => {
  const failures: readonly [string, Reaction][] = [
    ['the connection ends', hangUp],
    ['the answer ends in the middle', cutOff],
    ['what comes is no HTTP', octets('SSH-2.0-OpenSSH_9.2\r\n')],
    ['the answer is framed wrongly', octets('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n')],
    [
      'the answer to a failure ends in the middle',
      octets('HTTP/1.1 500 No\r\nContent-Length: 9\r\n\r\nhalf'),
    ],
  ];
  test.each(failures)('is a network error when %s', async (_what, reaction) => {
    await withScript([reaction], async ({ client, requests }) => {
      await expect(request(client)).rejects.toMatchObject({
        name: 'NetworkError',
        code: 'ERR_CLIENT_NETWORK',
        message: expect.stringMatching(new RegExp(`^${method} http://.*/note got no complete answer`)),
        cause: { name: 'TypeError' },
      });
      // It is not sent again.
      expect(requests).toHaveLength(1);
    });
  });

  test('is a network error when nobody listens, with what the system says', async () => {
    const client = conditionalClient({ baseUrl: `http://127.0.0.1:${CLOSED_PORT}` });
    await expect(request(client)).rejects.toMatchObject({
      code: 'ERR_CLIENT_NETWORK',
      cause: { cause: { code: 'ECONNREFUSED' } },
    });
  });

  test('is a network error when a fetch of its own gives up, whatever it says', async () => {
    const cause = new DOMException('too long', 'TimeoutError');
    const client = conditionalClient({ baseUrl: 'http://x.test', fetch: () => Promise.reject(cause) });
    await expect(request(client)).rejects.toMatchObject({ code: 'ERR_CLIENT_NETWORK', cause });
  });

  const reasons: readonly [string, unknown][] = [
    ['an error', new RangeError('enough')],
    ['what is no error', 'enough'],
    ['an object', { enough: true }],
  ];
  test.each(reasons)('fails with the very reason of the signal: %s', async (_what, reason) => {
    const asked = new Arrivals<void>();
    await withScript([() => asked.add()], async ({ client }) => {
      const controller = new AbortController();
      const answered = request(client, controller.signal);
      await asked.next();
      controller.abort(reason);
      await expect(answered).rejects.toBe(reason);
    });
  });

  test('fails with the reason of the platform, where the signal has no other', async () => {
    await withScript([silence], async ({ client }) => {
      await expect(request(client, AbortSignal.timeout(20))).rejects.toMatchObject({ name: 'TimeoutError' });
    });
  });

  test('sends nothing when the signal is aborted already', async () => {
    await withScript([], async ({ client, requests }) => {
      await expect(request(client, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
      expect(requests).toEqual([]);
    });
  });

  test('fails with the reason also while the content is on its way', async () => {
    const begun = new Arrivals<void>();
    const half: Reaction = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 9 });
      response.write('half', () => begun.add());
    };
    await withScript([half], async ({ client }) => {
      const controller = new AbortController();
      const answered = request(client, controller.signal);
      await begun.next();
      controller.abort(new RangeError('enough'));
      await expect(answered).rejects.toThrow(new RangeError('enough'));
    });
  });
});

test('a read whose answer ends in the middle leaves the copy as it is', async () => {
  await withScript([text('a', { ETag: '"1"' }), cutOff, answer(304)], async ({ client, requests }) => {
    await client.get('/note');
    await expect(client.get('/note')).rejects.toMatchObject({ code: 'ERR_CLIENT_NETWORK' });
    expect(await client.get('/note')).toMatchObject({ data: 'a', notModified: true });
    expect(summary(requests[2]!)).toBe('GET /note If-None-Match: "1"');
  });
});
