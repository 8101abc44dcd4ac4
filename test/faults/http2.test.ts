import { connect, createServer } from 'node:http2';
import type { ClientHttp2Stream, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../lib/index.js';
import type { ProviderAnswer } from '../../lib/index.js';
import { throwing } from '../helpers/apps.js';
import { Arrivals, settled } from '../helpers/arrivals.js';
import { WatchedLock } from '../locks/watched-lock.js';

const V1 = { etag: strong('1') };

interface Asked {
  readonly req: Http2ServerRequest;
  readonly answer: (version: ProviderAnswer) => void;
  readonly fail: (error: Error) => void;
}

interface Stage {
  readonly send: (fields: Record<string, string>) => ClientHttp2Stream;
  readonly asked: Arrivals<Asked>;
  readonly lock: WatchedLock;
  /** The codes of the errors that `next` was called with; `ran` where the handler was called. */
  readonly nexts: string[];
}

/** Lends a session with a server on `node:http2`, on which Express does not run: the middleware is called directly. */
async function withSession(isLocked: boolean, use: (stage: Stage) => Promise<void>): Promise<void> {
  const asked = new Arrivals<Asked>();
  const lock = new WatchedLock(memoryLock());
  const nexts: string[] = [];
  const middleware = preconditions(
    (req) =>
      new Promise<ProviderAnswer>((answer, fail) => {
        asked.add({ req: req as unknown as Http2ServerRequest, answer, fail });
      }),
    isLocked ? { lock: { lock, key: () => 'key' } } : {},
  );
  const unused = throwing(new Error('Nobody sends with this.'));
  const server = createServer((req, res: Http2ServerResponse) => {
    const status = (code: number): Http2ServerResponse => Object.assign(res, { statusCode: code });
    const like = Object.assign(res, { locals: {}, send: unused, sendFile: unused, status });
    middleware(req as unknown as Request, like as unknown as Response, (error?: unknown) => {
      nexts.push(error === undefined ? 'ran' : (error as { code: string }).code);
      res.statusCode = error === undefined ? 200 : 500;
      res.end('content');
    });
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    await use({ send: (fields) => session.request({ ':path': '/', ...fields }), asked, lock, nexts });
  } finally {
    session.destroy();
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const READ = { ':method': 'GET', 'if-none-match': '"0"' };
const WRITE = { ':method': 'PUT', 'if-match': '"1"' };

const statusOf = (stream: ClientHttp2Stream): Promise<unknown> =>
  new Promise((resolve) => {
    stream.once('response', (fields) => resolve(fields[':status']));
  });

const DEPARTURES: readonly [
  title: string,
  fields: Record<string, string>,
  isLocked: boolean,
  end: 'answers' | 'fails',
  next: string,
][] = [
  ['a read is performed', READ, false, 'answers', 'ran'],
  ['a read whose provider fails is stopped', READ, false, 'fails', 'ERR_PROVIDER_FAILED'],
  ['a write is not begun', WRITE, false, 'answers', 'ERR_REQUEST_ABORTED'],
  ['a write whose provider fails is stopped', WRITE, false, 'fails', 'ERR_PROVIDER_FAILED'],
  ['a locked write is not begun, and its lock is free', WRITE, true, 'answers', 'ERR_REQUEST_ABORTED'],
  [
    'a locked write whose provider fails is stopped, and its lock is free',
    WRITE,
    true,
    'fails',
    'ERR_PROVIDER_FAILED',
  ],
];

describe('on one HTTP/2 session', () => {
  test.each(DEPARTURES)(
    'a stream is taken back while the provider is asked: %s',
    async (_title, fields, isLocked, end, next) => {
      await withSession(isLocked, async ({ send, asked, lock, nexts }) => {
        const stream = send(fields);
        // The client may be told that its stream was refused.
        stream.on('error', () => {}).end();
        const { req, answer, fail } = await asked.next();
        const closed = new Promise((resolve) => {
          req.stream.once('close', resolve);
        });
        stream.close(8);
        await closed;
        if (end === 'answers') answer(V1);
        else fail(new Error('provider'));
        await settled();
        expect([nexts, lock.holders]).toEqual([[next], 0]);
        // The others of the session go on.
        const behind = send({ ...WRITE, 'if-match': '"0"' }).end();
        (await asked.next()).answer(V1);
        expect(await statusOf(behind)).toBe(412);
      });
    },
  );

  test('streams are answered as their providers answer, each by its own', async () => {
    await withSession(false, async ({ send, asked }) => {
      const rows = [
        [304, { ...READ, 'if-none-match': '"1"' }],
        [200, READ],
        [412, { ...WRITE, 'if-match': '"0"' }],
        [200, WRITE],
        [412, { ':method': 'HEAD', 'if-match': '"0"' }],
      ] as const;
      const statuses = rows.map(([, fields]) => statusOf(send(fields).end()));
      const providers = [];
      for (const _row of rows) providers.push(await asked.next());
      for (const { answer } of providers.toReversed()) answer(V1);
      expect(await Promise.all(statuses)).toEqual(rows.map(([status]) => status));
    });
  });
});
