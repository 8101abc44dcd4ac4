import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from '@jest/globals';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../lib/index.js';
import { ask, mustNotRun, recordErrors } from '../helpers/apps.js';
import { settled } from '../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, RawConnection, rawRequest, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { WatchedLock } from '../locks/watched-lock.js';

const V1 = { etag: strong('1') };
const PARTS = ['one', 'two', 'three'];

type Stream = (parts: Readable, res: Response) => unknown;

const STREAMS: readonly [string, Stream][] = [
  ['pipe', (parts, res) => parts.pipe(res)],
  ['pipe through a transformation', (parts, res) => parts.pipe(through()).pipe(res)],
  ['pipeline', (parts, res) => pipeline(parts, res)],
  [
    'res.write and res.end',
    async (parts, res) => {
      for await (const part of parts) res.write(part);
      res.end();
    },
  ],
  [
    'flushHeaders and pipe',
    (parts, res) => {
      res.flushHeaders();
      parts.pipe(res);
    },
  ],
  ['writeHead and pipe', (parts, res) => parts.pipe(res.writeHead(200, { 'X-Mine': 'yes' }))],
];

const through = (): Transform =>
  new Transform({ transform: (chunk, _encoding, callback) => callback(null, chunk) });

/** Breaks off behind its first part. */
async function* broken(): AsyncGenerator<string> {
  yield 'one';
  await settled();
  throw new Error('mine');
}

/** How a handler hears that its source has failed, and what it does about it. */
const BREAKS: readonly [string, (res: Response, next: NextFunction) => unknown][] = [
  ['pipeline, and next', (res, next) => pipeline(Readable.from(broken()), res).catch(next)],
  ['pipe, and next', (res, next) => Readable.from(broken()).once('error', next).pipe(res)],
  [
    'pipe, and res.destroy',
    (res) =>
      Readable.from(broken())
        .once('error', () => res.destroy())
        .pipe(res),
  ],
  [
    'res.write, and res.destroy',
    async (res) => {
      try {
        for await (const part of broken()) res.write(part);
      } catch {
        res.destroy();
      }
    },
  ],
  [
    'res.write, and next',
    async (res, next) => {
      try {
        for await (const part of broken()) res.write(part);
      } catch (error) {
        next(error);
      }
    },
  ],
];

describe.each(EXPRESS_VERSIONS)('a handler that streams, $name', ({ express }) => {
  /** With the lock for writes. */
  function appWith(handler: RequestHandler): { app: Express; lock: WatchedLock; errors: unknown[] } {
    const lock = new WatchedLock(memoryLock());
    const app = express();
    app.all(
      '/',
      preconditions(() => V1, { lock }),
      handler,
    );
    return { app, lock, errors: recordErrors(app) };
  }

  describe.each(STREAMS)('by %s', (_how, stream) => {
    const streaming: RequestHandler = (_req, res) => void stream(Readable.from(PARTS), res);

    test('sends the tag of the version with the whole', async () => {
      const response = await ask(appWith(streaming).app, ['GET /', 'If-None-Match: "0"']);
      expect([response.status, fieldOf(response, 'ETag'), response.body.toString()]).toEqual([
        200,
        '"1"',
        'onetwothree',
      ]);
    });

    test('sends no tag with the answer to a write, unless it is announced', async () => {
      const write = await ask(appWith(streaming).app, ['PUT /', 'If-Match: "1"']);
      expect([write.status, fieldOf(write, 'ETag'), write.body.toString()]).toEqual([
        200,
        undefined,
        'onetwothree',
      ]);
      const { app } = appWith((req, res, next) => {
        req.precondition!.updated({ etag: strong('2') });
        streaming(req, res, next);
      });
      expect(fieldOf(await ask(app, ['PUT /', 'If-Match: "1"']), 'ETag')).toBe('"2"');
    });
  });

  test.each([
    [304, 'GET /', 'If-None-Match: "1"'],
    [304, 'HEAD /', 'If-None-Match: "1"'],
    [412, 'GET /', 'If-Match: "0"'],
    [412, 'PUT /', 'If-Match: "0"'],
  ])('is not run for a %i to %s', async (status, ...lines) => {
    const { app, errors } = appWith(mustNotRun);
    expect([(await ask(app, lines)).status, errors]).toEqual([status, []]);
  });

  describe.each(BREAKS)('from a source that breaks: %s', (_how, stream) => {
    test.each(['GET /', 'PUT /'])(
      'ends the connection of a %s within the answer, and frees the lock',
      async (start) => {
        let isFirst = true;
        const { app, lock } = appWith((_req, res, next) => {
          if (!isFirst) return void res.send('whole');
          isFirst = false;
          void stream(res, next);
        });
        await withServer(app, async (port) => {
          const connection = new RawConnection(port);
          connection.send(requestOctets([start, 'If-Match: "1"']));
          const received = await connection.rest();
          // The last chunk is missing, so nobody takes it for the whole.
          expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[^]*\r\n\r\n3\r\none\r\n$/);
          await settled();
          expect(lock.holders).toBe(0);
          expect((await rawRequest(port, ['PUT /', 'If-Match: "1"'])).body.toString()).toBe('whole');
        });
      },
    );
  });

  describe('a request', () => {
    /** Echoes what is sent. */
    const echo: RequestHandler = (req: Request, res) => void req.pipe(through()).pipe(res);

    test.each([1, 100_000, 3_000_000])(
      'with content of %i octets is piped back as it came',
      async (length) => {
        const content = Buffer.alloc(length, 'x');
        const { app } = appWith(echo);
        const response = await ask(app, ['PUT /', 'If-Match: "1"'], content);
        expect([response.status, response.body.equals(content)]).toEqual([200, true]);
      },
    );
  });
});
