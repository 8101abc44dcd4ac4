import { connect, createServer } from 'node:http2';
import type { ClientHttp2Stream, Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { Request, Response } from 'express';
import { memoryLock, preconditions } from '../../../lib/index.js';
import { throwing } from '../../helpers/apps.js';
import { Arrivals, settled } from '../../helpers/arrivals.js';
import { Holder } from '../../locks/lock-contract.js';
import { WatchedLock } from '../../locks/watched-lock.js';
import { V1 } from './stage.js';

type Fields = Record<string, string>;

interface Turn {
  readonly req: Http2ServerRequest;
  readonly res: Http2ServerResponse;
  readonly error: unknown;
}

/** Lends a server on `node:http2`, on which Express does not run: the middleware is called directly. */
async function withHttp2(
  use: (
    put: (fields?: Fields) => ClientHttp2Stream,
    lock: WatchedLock,
    turns: Arrivals<Turn>,
  ) => Promise<void>,
): Promise<void> {
  const lock = new WatchedLock(memoryLock());
  const turns = new Arrivals<Turn>();
  const middleware = preconditions(() => V1, { lock: { lock, key: () => 'key' } });
  const unused = throwing(new Error('Nobody sends with this.'));
  const server = createServer((req, res) => {
    const like = Object.assign(res, { locals: {}, send: unused, sendFile: unused });
    middleware(req as unknown as Request, like as unknown as Response, (error) => {
      turns.add({ req, res, error });
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const session = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    await use(
      (fields) => session.request({ ':method': 'PUT', ...fields }, { endStream: false }),
      lock,
      turns,
    );
  } finally {
    session.destroy();
    server.close();
  }
}

const bodyOf = async (stream: ClientHttp2Stream): Promise<string> =>
  Buffer.concat((await stream.toArray()) as Buffer[]).toString();

describe('a locked write over HTTP/2', () => {
  test.each<[string, Fields]>([
    ['with Content-Length', { 'content-length': '7' }],
    ['without', {}],
  ])('has its content, and gives the lock back with its answer: %s', async (_how, fields) => {
    await withHttp2(async (put, lock, turns) => {
      for (let turn = 1; turn <= 2; turn++) {
        const stream = put(fields);
        stream.end('content');
        const { req, res, error } = await turns.next();
        expect([error, lock.holders]).toEqual([undefined, 1]);
        res.end(Buffer.concat((await req.toArray()) as Buffer[]));
        expect(await bodyOf(stream)).toBe('content');
        expect([lock.taken, lock.givenBack.count]).toEqual([turn, turn]);
      }
    });
  });

  test('is not begun when the client takes it back while it waits', async () => {
    await withHttp2(async (put, lock, turns) => {
      const holder = new Holder(lock, 'key');
      await holder.held;
      await lock.asked.next();
      const stream = put();
      stream.on('error', () => {});
      stream.end();
      await lock.asked.next();
      stream.close(8);
      expect((await turns.next()).error).toMatchObject({ code: 'ERR_REQUEST_ABORTED' });
      await holder.letGo();
      await settled();
      expect([lock.taken, turns.count]).toEqual([1, 1]);
    });
  });
});
