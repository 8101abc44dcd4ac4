/** What the cases send. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { type Api, type Content, conformance, type Target } from '../../lib/testing/index.js';
import { failureOf } from './cases-of.js';
import { AUTHORIZATION, ReferenceServer } from './reference/server.js';
import { referenceTarget } from './reference/target.js';

interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly lines: readonly string[];
  readonly content: string;
}

/** Answers everything alike, and keeps what it was sent. */
function recorder(): { readonly server: RequestListener; readonly received: Received[] } {
  const received: Received[] = [];
  const server: RequestListener = (request, response) => {
    const { method = '', url: path = '', headers, rawHeaders } = request;
    const lines = rawHeaders.flatMap((name, index) =>
      index % 2 === 0 ? [`${name}: ${rawHeaders[index + 1]}`] : [],
    );
    void text(request).then((content) => {
      received.push({ method, path, headers, lines, content });
      response.setHeader('ETag', '"a"').end('abc');
    });
  };
  return { server, received };
}

/** What reaches a server when `create` sends something. */
async function sentBy(send: (api: Api) => Promise<unknown>, more: Partial<Target> = {}): Promise<Received> {
  const { server, received } = recorder();
  const create = async (api: Api): Promise<string> => {
    await send(api);
    return '/1';
  };
  const writes = { methods: ['PUT'], create, content: () => ({}) };
  await failureOf({ server, path: '/1', etag: 'strong', writes, ...more }, 'put.if-match.star');
  return received[0]!;
}

describe('a case sends', () => {
  test('nothing but reads to a target that does not say how to write', async () => {
    const reference = new ReferenceServer();
    const methods = new Set<string>();
    const server: RequestListener = (request, response) => {
      methods.add(request.method!);
      reference.listener(request, response);
    };
    const { writes, ...readOnly } = referenceTarget(reference);
    expect(writes).toBeDefined();
    for (const { applies, run } of conformance({ ...readOnly, server })) if (applies) await run();
    expect([...methods].toSorted()).toEqual(['GET', 'HEAD', 'OPTIONS']);
  }, 20_000);

  test('the fields of the target, and its own in order, one line for each', async () => {
    const { server, received } = recorder();
    const headers = { Authorization: 'Bearer x', 'Accept-Language': 'en' };
    await failureOf({ server, path: '/1?full', etag: 'strong', headers }, 'if-none-match.lines');
    expect(received.at(-1)).toMatchObject({ method: 'GET', path: '/1?full' });
    expect(received[1]?.lines).toEqual([
      expect.stringMatching(/^Host: 127\.0\.0\.1:\d+$/),
      'Authorization: Bearer x',
      'Accept-Language: en',
      'If-None-Match: "not-a"',
      'If-None-Match: "a"',
      'Connection: close',
    ]);
  });

  test('octets as they are', async () => {
    const { server, received } = recorder();
    await failureOf({ server, path: '/1', etag: 'strong' }, 'if-none-match.octets');
    expect(received[1]?.headers['if-none-match']).toBe('"\xE9\xFF", "a"');
  });

  test('no credentials, and all the rest, to see what an unknown client gets', async () => {
    const { server, received } = recorder();
    const headers = { authorization: AUTHORIZATION, Cookie: 'a=b', 'X-Api-Key': 'k', 'X-Tenant': 't' };
    await failureOf({ server, path: '/1', etag: 'strong', headers }, 'credentials.first');
    expect(received[1]?.lines).toContain('X-Tenant: t');
    for (const name of ['authorization', 'cookie', 'x-api-key'])
      expect(received[1]?.headers[name]).toBeUndefined();
  });

  test('content that was never sent before, with each write', async () => {
    const reference = new ReferenceServer();
    const target = referenceTarget(reference);
    const numbers: number[] = [];
    const content = (n: number): Content => {
      numbers.push(n);
      return { n };
    };
    for (const id of ['put.if-match.current', 'patch.new-tag', 'put.race', 'delete.race'])
      expect(await failureOf({ ...target, writes: { ...target.writes!, content } }, id)).toBeUndefined();
    expect(numbers).toHaveLength(1 + 2 + 10);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('content is sent', () => {
  const CONTENTS: readonly [what: string, content: Content, type: string, octets: string][] = [
    ['an object, as JSON', { text: 'é' }, 'application/json', '{"text":"é"}'],
    ['text of a type, as it is', { type: 'text/plain', body: 'é' }, 'text/plain', 'é'],
    ['octets of a type, as they are', { type: 'image/png', body: Buffer.from('png') }, 'image/png', 'png'],
    [
      'an object that has a type and a body, as JSON',
      { type: 'note', body: 'text' },
      'application/json',
      '{"type":"note","body":"text"}',
    ],
  ];

  test.each(CONTENTS)('when it is %s', async (_what, content, type, octets) => {
    const { headers, content: received } = await sentBy((api) => api.send('POST', '/', [], content));
    expect(received).toBe(octets);
    expect(headers).toMatchObject({
      'content-type': type,
      'content-length': String(Buffer.byteLength(octets)),
    });
  });

  test.each(['POST', 'PUT', 'PATCH'])('of no length with a %s that has none', async (method) => {
    const { headers } = await sentBy((api) => api.send(method, '/'));
    expect(headers).toMatchObject({ 'content-length': '0' });
    expect(headers).not.toHaveProperty('transfer-encoding');
    expect(headers).not.toHaveProperty('content-type');
  });
});

describe('a target that is not as it says', () => {
  test('has something where nothing is to be: the answer to the plain GET shows it', async () => {
    const { server } = recorder();
    const failure = await failureOf({ server, path: '/1', absentPath: '/2' }, 'absent.not-found');
    expect(failure?.answer).toMatchObject({ status: 200, sent: { path: '/2', fields: [] } });
    expect(failure?.expected).toContain('404');
  });

  test('asks for no credentials although it is sent some', async () => {
    const { server } = recorder();
    const headers = { Authorization: AUTHORIZATION };
    const failure = await failureOf({ server, path: '/1', etag: 'strong', headers }, 'credentials.first');
    expect(failure?.expected).toBe(
      'an answer other than 200 without credentials, or `publicReads` among what the target has',
    );
  });

  test.each([301, 404, 401, 500])('answers %i where the resource is to be', async (status) => {
    const server: RequestListener = (_request, response) => {
      response.writeHead(status, { Location: '/2' }).end();
    };
    const failure = await failureOf({ server, path: '/1', etag: 'strong' }, 'if-none-match.current');
    expect(failure?.answer).toMatchObject({ status, sent: { path: '/1' } });
    expect(failure?.expected).toBe('200 for a resource that exists (/1)');
  });
});
