import type { RequestListener } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import type { RequestHandler, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const EXPECTS = ['Content-Length: 7', 'Expect: 100-continue'];

const askForContent: RequestHandler = (_req, res: Response, next) => {
  res.writeContinue();
  next();
};

const echo: RequestHandler = async (req, res) => {
  res.end(Buffer.concat((await req.toArray()) as Buffer[]));
};

/** By default Node asks for the content before any middleware runs; a server that listens for it leaves that to its app (R-13.2.1-l). */
describe.each(EXPRESS_VERSIONS)('a server that listens for checkContinue, $name', ({ express }) => {
  async function talk(
    handlers: readonly RequestHandler[],
    use: (connection: RawConnection) => Promise<void>,
  ): Promise<void> {
    const app = express();
    app.put('/', ...handlers);
    await withServer(app, async (port, server) => {
      server.on('checkContinue', app as RequestListener);
      const connection = new RawConnection(port);
      await use(connection);
      connection.destroy();
    });
  }

  const middleware = (options?: PreconditionsOptions): RequestHandler =>
    preconditions(() => ({ etag: strong('1') }), options);

  test('refuses before any content is sent', async () => {
    await talk([middleware(), askForContent, echo], async (connection) => {
      connection.send(requestOctets(['PUT /', 'If-Match: "0"', ...EXPECTS]));
      expect((await connection.response('PUT')).status).toBe(412);
    });
  });

  test.each([
    ['behind the middleware', [middleware(), askForContent, echo]],
    // A lock is taken when the content is there, so somebody has to ask for it before.
    ['in front of it where there is a lock', [askForContent, middleware({ lock: memoryLock() }), echo]],
  ])('asks for the content %s', async (_where, handlers) => {
    await talk(handlers, async (connection) => {
      connection.send(requestOctets(['PUT /', 'If-Match: "1"', ...EXPECTS]));
      expect((await connection.response('PUT')).status).toBe(100);
      connection.send('content');
      const response = await connection.response('PUT');
      expect([response.status, response.body.toString()]).toEqual([200, 'content']);
    });
  });
});
