import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler, Express, Request, RequestHandler } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { ResourceVersion } from '../../lib/index.js';
import { RESOURCE, WAYS_OF_SERVING } from '../express/ways-of-serving.js';
import type { WayOfServing } from '../express/ways-of-serving.js';
import { T, T_DATE } from '../core/fixtures.js';
import { ask } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { fieldOf, RawConnection } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const V1: ResourceVersion = {
  etag: strong('1'),
  lastModified: T_DATE,
  headers: { 'Cache-Control': 'no-cache', Vary: 'Accept', 'Content-Location': '/1' },
};

/** Fails for requests that say so. */
function current(req: Request): ResourceVersion {
  if (req.get('X-Fails') !== undefined) throw new Error('provider');
  return V1;
}

const answerErrors: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.status(500).json({});
};

const STREAM: WayOfServing = {
  name: 'a stream',
  handler: () => (_req, res) => Readable.from(['one', 'two']).pipe(res),
};

const READS: readonly [outcome: string, status: number, ...fields: string[]][] = [
  ['performed', 200],
  ['performed with a condition that is true', 200, 'If-Match: "1"', 'If-None-Match: "0"'],
  ['performed without the range', 200, 'Range: bytes=0-0', 'If-Range: "0"'],
  ['not modified, by its tag', 304, 'If-None-Match: "1"'],
  ['not modified, by its date', 304, `If-Modified-Since: ${T}`],
  ['refused', 412, 'If-Match: "0"'],
  ['failed', 500, 'X-Fails: yes'],
];

const OLD_REQUESTS: readonly [title: string, status: number, method: string, ...fields: string[]][] = [
  ['a 200 to GET', 200, 'GET'],
  ['a 200 to HEAD', 200, 'HEAD'],
  ['a 200 to PUT', 200, 'PUT', 'If-Match: "1"', 'Content-Length: 0'],
  ['a 304 to GET', 304, 'GET', 'If-None-Match: "1"'],
  ['a 304 to HEAD', 304, 'HEAD', 'If-None-Match: "1"'],
  ['a 412 to GET', 412, 'GET', 'If-Match: "0"'],
  ['a 412 to HEAD', 412, 'HEAD', 'If-Match: "0"'],
  ['a 412 to PUT', 412, 'PUT', 'If-Match: "0"', 'Content-Length: 0'],
  ['a 500 to GET', 500, 'GET', 'X-Fails: yes'],
];

/** The fields in their order, but for the time, which may have moved on, and for the framing of a content. */
const fields = ({ lines }: RawResponse): string[] =>
  lines
    .map(([name, value]) => `${name}: ${value}`)
    .filter((line) => !/^(Date|Content-Length|Transfer-Encoding): /.test(line));

describe.each(EXPRESS_VERSIONS)('over $name', ({ express }) => {
  function appWith(handler: RequestHandler): Express {
    const app = express();
    app.all(RESOURCE, preconditions(current), handler);
    app.use(answerErrors);
    return app;
  }

  describe.each([...WAYS_OF_SERVING, STREAM])('R-13.2.1-i: a HEAD of what is served by $name', (way) => {
    test.each(READS)(
      'has the fields of the GET and no content: %s, %i',
      async (_outcome, status, ...lines) => {
        const app = appWith(way.handler(express));
        const get = await ask(app, [`GET ${RESOURCE}`, ...lines]);
        // That no octet stands behind the header section is for `ask` to say.
        const head = await ask(app, [`HEAD ${RESOURCE}`, ...lines]);
        expect([get.status, head.status, fields(head)]).toEqual([status, status, fields(get)]);
        // Node knows the length of what `res.end` was given only where it is sent.
        const length = status === 200 && way.name === 'res.end' ? undefined : fieldOf(get, 'Content-Length');
        expect(fieldOf(head, 'Content-Length')).toBe(length);
      },
    );
  });

  describe.each(OLD_REQUESTS)('HTTP/1.0: %s', (_title, status, method, ...lines) => {
    const octets = (...more: string[]): string =>
      [`${method} ${RESOURCE} HTTP/1.0`, ...lines, ...more, '', ''].join('\r\n');

    test('is complete when the connection is closed', async () => {
      const app = appWith((_req, res) => res.send('content'));
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(octets());
        const response = await connection.response(method);
        expect([response.status, fieldOf(response, 'Connection')]).toEqual([status, 'close']);
        expect(await connection.rest()).toBe('');
      });
    });

    test('leaves the connection to those behind it with keep-alive, unless it is a 304', async () => {
      const app = appWith((_req, res) => res.send('content'));
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        // Node closes it behind an answer without a length, which a 304 is.
        const expected = status === 304 ? ['close'] : ['keep-alive', 'keep-alive'];
        for (const kept of expected) {
          connection.send(octets('Connection: keep-alive'));
          const response = await connection.response(method);
          expect([response.status, fieldOf(response, 'Connection')]).toEqual([status, kept]);
        }
        connection.socket.end();
        expect(await connection.rest()).toBe('');
      });
    });
  });

  test('HTTP/1.0: a stream is not chunked, and complete when the connection is closed', async () => {
    await withServer(appWith(STREAM.handler(express)), async (port) => {
      const connection = new RawConnection(port);
      connection.send(`GET ${RESOURCE} HTTP/1.0\r\nConnection: keep-alive\r\nIf-None-Match: "0"\r\n\r\n`);
      const response = await connection.response('GET');
      expect([response.status, response.body.toString(), fieldOf(response, 'ETag')]).toEqual([
        200,
        'onetwo',
        '"1"',
      ]);
      expect([fieldOf(response, 'Transfer-Encoding'), fieldOf(response, 'Connection')]).toEqual([
        undefined,
        'close',
      ]);
    });
  });
});
