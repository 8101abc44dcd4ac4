import { once } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import type { Express, Request } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { mustNotRun, recordErrors } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, rawRequest, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const V1: ResourceVersion = { etag: strong('v1') };

/** A provider whose answer waits until the test gives it, and which tells when it was asked. */
class PendingProvider {
  readonly asked: Promise<Request>;
  #onAsked: (req: Request) => void = () => {};
  #answer: (version: ResourceVersion) => void = () => {};

  constructor() {
    this.asked = new Promise((resolve) => {
      this.#onAsked = resolve;
    });
  }

  readonly provide = (req: Request): Promise<ResourceVersion> => {
    this.#onAsked(req);
    return new Promise((resolve) => {
      this.#answer = resolve;
    });
  };

  async answer(): Promise<void> {
    this.#answer(V1);
    // Until everything that follows from it has happened.
    await new Promise(setImmediate);
  }
}

describe.each(EXPRESS_VERSIONS)('while a provider is being asked, $name', ({ express }) => {
  function pending(options: PreconditionsOptions = {}): {
    app: Express;
    provider: PendingProvider;
    errors: unknown[];
  } {
    const app = express();
    const provider = new PendingProvider();
    app.get('/other', (_req, res) => {
      res.send('still here');
    });
    app.all('/', preconditions(provider.provide, options), mustNotRun);
    return { app, provider, errors: recordErrors(app) };
  }

  const departures: readonly [string, string[], PreconditionsOptions][] = [
    ['a write', ['PUT /', 'If-Match: "v1"'], {}],
    ['a write whose body is on its way', ['PUT /', 'If-Match: "v1"', 'Content-Length: 9'], {}],
    ['a write that has to be conditional', ['DELETE /'], { required: ['DELETE'] }],
  ];

  test.each(departures)('the client leaves: %s is not begun', async (_what, lines, options) => {
    const { app, provider, errors } = pending(options);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(lines));
      const req = await provider.asked;
      // Not `once` of node:events, which would reject when the connection is reset.
      const closed = new Promise((resolve) => {
        req.socket.once('close', resolve);
      });
      connection.destroy();
      await closed;
      await provider.answer();
      expect(errors).toMatchObject([{ code: 'ERR_REQUEST_ABORTED', status: 400, expose: false }]);
      expect(String(errors[0])).toContain('Nothing was written');
      expect((await rawRequest(port, ['GET /other'])).body.toString()).toBe('still here');
    });
  });

  test('a client that has only finished sending gets its answer, where Node leaves it the connection', async () => {
    const { app, provider, errors } = pending();
    await withServer(app, async (port, server) => {
      Object.assign(server, { httpAllowHalfOpen: true });
      const connection = new RawConnection(port);
      connection.send(requestOctets(['PUT /', 'If-Match: "v0"']));
      const req = await provider.asked;
      const ended = once(req.socket, 'end');
      connection.socket.end();
      await ended;
      await provider.answer();
      expect((await connection.response('PUT')).status).toBe(412);
      expect(errors).toEqual([]);
    });
  });

  test.each([
    ['PUT /', 'If-Match: "v1"'],
    ['PUT /', 'If-Match: "v0"'],
    ['GET /', 'If-None-Match: "v1"'],
    ['GET /', 'Accept: */*'],
  ])(
    'somebody else answers: neither the middleware nor the handler does so again, %s with %j',
    async (start, line) => {
      const { app, provider, errors } = pending();
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(requestOctets([start, line, 'Connection: close']));
        const { res } = await provider.asked;
        res!.status(503).end('too slow');
        await provider.answer();
        const response = await connection.response('GET');
        expect([response.status, response.body.toString(), await connection.rest()]).toEqual([
          503,
          'too slow',
          '',
        ]);
        expect(errors).toEqual([]);
      });
    },
  );

  test.each([
    ['PUT /', 'If-Match: "v1"'],
    ['GET /', 'If-None-Match: "v1"'],
  ])('somebody else begins to answer: the request is stopped, %s with %j', async (start, line) => {
    const { app, provider, errors } = pending();
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets([start, line]));
      const { res } = await provider.asked;
      res!.status(200).write('begun');
      await provider.answer();
      expect(errors).toMatchObject([{ code: 'ERR_RESPONSE_SENT', status: 500 }]);
      expect(String(errors[0])).toContain('begun by somebody else');
      // Express closes such a connection, so that nobody takes the beginning for the whole.
      expect(await connection.rest()).toContain('HTTP/1.1 200 OK');
      expect((await rawRequest(port, ['GET /other'])).status).toBe(200);
    });
  });
});
