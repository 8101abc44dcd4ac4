import { connect, createServer } from 'node:http2';
import type {
  ClientHttp2Session,
  Http2Server,
  Http2ServerRequest,
  Http2ServerResponse,
  IncomingHttpHeaders,
} from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ProviderAnswer, VersionProvider } from '../../lib/index.js';
import { T, T_DATE, T_PLUS_1 } from '../core/fixtures.js';
import { throwing } from '../helpers/apps.js';
import { sendFrames } from '../helpers/http2-frames.js';

const A = { etag: strong('a'), lastModified: T_DATE, headers: { Vary: 'Accept' } };

/** What the server saw of one exchange. */
interface Outcome {
  readonly status: number;
  readonly handled: boolean;
  readonly error: unknown;
}

/**
 * A server on `node:http2`. Express 4 and 5 do not run on it (they put the prototypes of HTTP/1 under its requests), so
 * the middleware is called directly, on responses that have the methods of Express that it needs.
 */
async function withHttp2Server(
  provider: VersionProvider,
  options: PreconditionsOptions,
  use: (port: number, outcome: Promise<Outcome>) => Promise<void>,
): Promise<void> {
  const middleware = preconditions(provider, options);
  let settle: (outcome: Outcome) => void = () => {};
  const outcome = new Promise<Outcome>((resolve) => {
    settle = resolve;
  });
  const server = createServer((req, res) => {
    let handled = false;
    let failure: unknown;
    res.on('close', () => settle({ status: res.statusCode, handled, error: failure }));
    middleware(req as unknown as Request, likeExpress(res), (error) => {
      handled = error === undefined;
      failure = error;
      if (res.stream.destroyed) return;
      res.statusCode = handled ? 200 : 500;
      res.end('content');
    });
  });
  await withListening(server, (port) => use(port, outcome));
}

/** Lends the port of a server, and closes it with all its sessions. */
async function withListening(server: Http2Server, use: (port: number) => Promise<void>): Promise<void> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    await use((server.address() as AddressInfo).port);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

function likeExpress(res: Http2ServerResponse): Response {
  const methods = {
    locals: {},
    status(this: Http2ServerResponse, status: number): Http2ServerResponse {
      this.statusCode = status;
      return this;
    },
    vary(this: Http2ServerResponse, field: string): Http2ServerResponse {
      this.setHeader('Vary', field);
      return this;
    },
    // These are only wrapped.
    send: throwing(new Error('Nobody sends with this.')),
    sendFile: throwing(new Error('Nobody sends with this.')),
  };
  return Object.assign(res, methods) as unknown as Response;
}

interface Received {
  readonly headers: IncomingHttpHeaders & { ':status'?: number };
  readonly body: string;
}

async function receive(session: ClientHttp2Session, fields: Record<string, string>): Promise<Received> {
  const stream = session.request({ ':path': '/', ...fields });
  const headers = await new Promise<Received['headers']>((resolve) => {
    stream.once('response', resolve);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return { headers, body: Buffer.concat(chunks).toString() };
}

async function ask(
  fields: Record<string, string>,
  options: PreconditionsOptions = {},
): Promise<Received & Outcome> {
  let all: (Received & Outcome) | undefined;
  await withHttp2Server(
    () => A,
    options,
    async (port, outcome) => {
      const session = connect(`http://127.0.0.1:${port}`);
      try {
        all = { ...(await receive(session, fields)), ...(await outcome) };
      } finally {
        session.close();
      }
    },
  );
  return all!;
}

describe('over HTTP/2', () => {
  test('a 304 has its fields and no content', async () => {
    const { headers, body, handled } = await ask({ 'if-none-match': '"a"' });
    expect([headers[':status'], headers.etag, headers.vary, body, handled]).toEqual([
      304,
      '"a"',
      'Accept',
      '',
      false,
    ]);
    expect([headers['content-type'], headers['last-modified']]).toEqual([undefined, undefined]);
    expect(headers.date).toBeDefined();
  });

  test('a 412 is problem details', async () => {
    const { headers, body, handled } = await ask({ ':method': 'PUT', 'if-match': '"b"' });
    expect([headers[':status'], headers['content-type'], handled]).toEqual([
      412,
      'application/problem+json',
      false,
    ]);
    expect(JSON.parse(body)).toMatchObject({ status: 412, field: 'If-Match', reason: 'no-match' });
  });

  test('a 412 to a HEAD has no content', async () => {
    const { headers, body } = await ask({ ':method': 'HEAD', 'if-match': '"b"' });
    expect([headers[':status'], body]).toEqual([412, '']);
  });

  test('a 428 is sent where a condition is required', async () => {
    expect((await ask({ ':method': 'PUT' }, { required: ['PUT'] })).headers[':status']).toBe(428);
  });

  test('a read and a write whose conditions are true are performed', async () => {
    const read = await ask({ 'if-none-match': '"z"' });
    expect([read.headers[':status'], read.headers.etag, read.handled]).toEqual([200, '"a"', true]);
    const write = await ask({ ':method': 'PUT', 'if-match': '"a"' });
    expect([write.headers[':status'], write.headers.etag, write.handled]).toEqual([200, undefined, true]);
  });

  const repeated: readonly [
    id: string,
    title: string,
    method: string,
    fields: [string, string][],
    status: number,
  ][] = [
    [
      'R-5.2-a',
      'the second line of If-None-Match counts',
      'GET',
      [
        ['if-none-match', '"b"'],
        ['if-none-match', '"a"'],
      ],
      304,
    ],
    [
      'R-5.2-a',
      'the third line of If-Match counts',
      'PUT',
      [
        ['if-match', '"x"'],
        ['if-match', '"y"'],
        ['if-match', '"a"'],
      ],
      200,
    ],
    [
      'R-5.2-a',
      'a second line of If-Match may spoil the first',
      'PUT',
      [
        ['if-match', '"a"'],
        ['if-match', 'b'],
      ],
      412,
    ],
    [
      'R-13.1.1-i',
      'a second wildcard makes If-Match malformed',
      'PUT',
      [
        ['if-match', '*'],
        ['if-match', '*'],
      ],
      412,
    ],
    [
      'R-13.1.2-f',
      'the second line of If-None-Match stops a write',
      'PUT',
      [
        ['if-none-match', '"b"'],
        ['if-none-match', '"a"'],
      ],
      412,
    ],
    [
      'R-13.1.3-c',
      'two lines of If-Modified-Since are ignored',
      'GET',
      [
        ['if-modified-since', T_PLUS_1],
        ['if-modified-since', T_PLUS_1],
      ],
      200,
    ],
    [
      'R-13.1.4-b',
      'two lines of If-Unmodified-Since are ignored',
      'PUT',
      [
        ['if-unmodified-since', 'Sun, 06 Nov 1994 08:49:37 GMT'],
        ['if-unmodified-since', T],
      ],
      200,
    ],
  ];

  test.each(repeated)('%s: %s', async (_id, _title, method, fields, status) => {
    await withHttp2Server(
      () => A,
      {},
      async (port, outcome) => {
        sendFrames(port, [[':method', method], [':path', '/'], ...fields]);
        expect(await outcome).toMatchObject({ status, handled: status === 200, error: undefined });
      },
    );
  });

  test('a write is not begun for a client that has left', async () => {
    let asked: () => void = () => {};
    let answer: (version: ProviderAnswer) => void = () => {};
    const wasAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    let closed: Promise<unknown> = Promise.resolve();
    const errors: unknown[] = [];
    const provider = (req: Request): Promise<ProviderAnswer> => {
      const { stream } = req as unknown as Http2ServerRequest;
      closed = new Promise((resolve) => {
        stream.once('close', resolve);
      });
      asked();
      return new Promise((resolve) => {
        answer = resolve;
      });
    };
    const middleware = preconditions(provider);
    const server = createServer((req, res) => {
      middleware(req as unknown as Request, likeExpress(res), (error) => errors.push(error));
    });
    await withListening(server, async (port) => {
      const session = connect(`http://127.0.0.1:${port}`);
      session.request({ ':method': 'PUT', ':path': '/', 'if-match': '"a"' }).end();
      await wasAsked;
      session.destroy();
      await closed;
      answer(A);
      await new Promise(setImmediate);
      expect(errors).toMatchObject([{ code: 'ERR_REQUEST_ABORTED' }]);
    });
  });
});
