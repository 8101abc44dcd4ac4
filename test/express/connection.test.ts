import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions } from '../../lib/index.js';
import { mustNotRun } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf, RawConnection, rawRequests, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const STALE = ['PUT /', 'If-Match: "v0"'];
const LAST = { lines: ['GET /', 'Connection: close'] };
const MEGABYTES_20 = Buffer.alloc(20 * 1024 * 1024, 'x');

describe.each(EXPRESS_VERSIONS)('an early answer leaves the connection usable, $name', ({ express }) => {
  function appWith(options: PreconditionsOptions = {}): Express {
    const app = express();
    app.get(
      '/',
      preconditions(() => ({ etag: strong('v1') })),
      (_req, res) => {
        res.send('content');
      },
    );
    app.all(
      '/',
      preconditions(() => ({ etag: strong('v1') }), options),
      mustNotRun,
    );
    return app;
  }

  /** The statuses of the given requests and of a GET behind them, all on one connection. */
  async function statuses(
    app: Express,
    ...requests: readonly { readonly lines: readonly string[]; readonly body?: string | Buffer }[]
  ): Promise<number[]> {
    return withServer(app, async (port) => {
      const responses = await rawRequests(port, [...requests, LAST]);
      expect(responses.at(-1)!.body.toString()).toBe('content');
      return responses.map(({ status }) => status);
    });
  }

  test('after a 412 to a request without content', async () => {
    expect(await statuses(appWith(), { lines: STALE })).toEqual([412, 200]);
  });

  test('after a 412 to a small body that nobody has read', async () => {
    expect(await statuses(appWith(), { lines: STALE, body: 'small' })).toEqual([412, 200]);
  });

  test('after two pipelined 412s and a 304', async () => {
    const notModified = { lines: ['GET /', 'If-None-Match: "v1"'] };
    expect(
      await statuses(appWith(), { lines: STALE, body: 'one' }, notModified, { lines: STALE, body: 'two' }),
    ).toEqual([412, 304, 412, 200]);
  });

  test('after a 412 to a body of 20 MB', async () => {
    expect(await statuses(appWith(), { lines: STALE, body: MEGABYTES_20 })).toEqual([412, 200]);
  });

  test('after a 428 to a body of 20 MB', async () => {
    const app = appWith({ required: ['PUT'] });
    expect(await statuses(app, { lines: ['PUT /'], body: MEGABYTES_20 })).toEqual([428, 200]);
  });

  test('after a 400 to a body that nobody has read', async () => {
    const app = appWith({ malformed: 400 });
    expect(await statuses(app, { lines: ['PUT /', 'If-Match: v0'], body: 'small' })).toEqual([400, 200]);
  });

  test('after a responder that did not read the body either', async () => {
    const app = appWith({ respond: (refusal, _req, res) => res.json(refusal.code) });
    expect(await statuses(app, { lines: STALE, body: MEGABYTES_20 })).toEqual([412, 200]);
  });

  test('after a 412 to a GET that has a body', async () => {
    const lines = ['GET /', 'If-Match: "v0"'];
    expect(await statuses(appWith(), { lines, body: 'odd' })).toEqual([412, 200]);
  });

  test('after a 304 to a GET that has a body', async () => {
    const lines = ['GET /', 'If-None-Match: "v1"'];
    expect(await statuses(appWith(), { lines, body: 'odd' })).toEqual([304, 200]);
  });

  test('after a 412 to a HEAD', async () => {
    expect(await statuses(appWith(), { lines: ['HEAD /', 'If-Match: "v0"'] })).toEqual([412, 200]);
  });

  /** Lends a connection, asks for the rest to be sent, and shows that a GET behind it is answered. */
  async function converse(app: Express, talk: (connection: RawConnection) => Promise<void>): Promise<void> {
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      try {
        await talk(connection);
        connection.send(requestOctets(LAST.lines));
        expect((await connection.response('GET')).body.toString()).toBe('content');
        expect(await connection.rest()).toBe('');
      } finally {
        connection.destroy();
      }
    });
  }

  test('after a 412 to a chunked body whose end comes later', async () => {
    await converse(appWith(), async (connection) => {
      connection.send(requestOctets([...STALE, 'Transfer-Encoding: chunked']));
      connection.send('5\r\nsmall\r\n');
      const response = await connection.response('PUT');
      expect([response.status, jsonOf(response)['field']]).toEqual([412, 'If-Match']);
      connection.send('4\r\nmore\r\n0\r\n\r\n');
    });
  });

  test('after a 412 to a body whose end comes later', async () => {
    await converse(appWith(), async (connection) => {
      connection.send(requestOctets([...STALE, 'Content-Length: 9']));
      expect((await connection.response('PUT')).status).toBe(412);
      connection.send('and more.');
    });
  });

  // Node sends the 100 before the application sees the request (R-13.2.1-l in docs/conformance.md).
  test('after a 412 to a request that expects 100', async () => {
    await converse(appWith(), async (connection) => {
      connection.send(requestOctets([...STALE, 'Content-Length: 9', 'Expect: 100-continue']));
      expect((await connection.response('PUT')).status).toBe(100);
      expect((await connection.response('PUT')).status).toBe(412);
      connection.send('and more.');
    });
  });

  test('is framed by its length, which is that of its content in octets', async () => {
    await converse(appWith(), async (connection) => {
      connection.send(requestOctets(['PUT /', 'If-Match: \xe9']));
      const response = await connection.response('PUT');
      expect(fieldOf(response, 'Content-Length')).toBe(String(response.body.length));
      expect(fieldOf(response, 'Transfer-Encoding')).toBeUndefined();
      expect(jsonOf(response)).toMatchObject({ status: 412, reason: 'malformed' });
    });
  });

  test('ends it for HTTP/1.0, where it is complete', async () => {
    await withServer(appWith(), async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(['PUT / HTTP/1.0', 'If-Match: "v0"'], 'small'));
      const response = await connection.response('PUT');
      expect([response.status, fieldOf(response, 'Connection')]).toEqual([412, 'close']);
      expect(fieldOf(response, 'Content-Length')).toBe(String(response.body.length));
      expect(await connection.rest()).toBe('');
    });
  });

  test('does not end it for HTTP/1.0 with keep-alive', async () => {
    await converse(appWith(), async (connection) => {
      connection.send(requestOctets(['PUT / HTTP/1.0', 'If-Match: "v0"', 'Connection: keep-alive'], 'small'));
      expect((await connection.response('PUT')).status).toBe(412);
    });
  });
});
