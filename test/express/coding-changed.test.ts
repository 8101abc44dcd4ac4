/** A response whose Content-Encoding somebody sets early, or takes back: its tag goes with it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import compression from 'compression';
import type { RequestHandler } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { ask, recordErrors } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';

const setsGzip: RequestHandler = (_req, res, next) => {
  res.setHeader('Content-Encoding', 'gzip');
  next();
};

const ROWS: readonly { title: string; before?: RequestHandler; handler: RequestHandler; etag: string }[] = [
  {
    title: 'that was set before the middleware has the tag of that coding',
    before: setsGzip,
    handler: (_req, res) => void res.end(gzipSync('content')),
    etag: '"v1--gzip"',
  },
  {
    title: 'that the handler takes back has the tag of the provider',
    handler: (_req, res) => {
      res.setHeader('Content-Encoding', 'gzip');
      res.removeHeader('Content-Encoding');
      res.end('content');
    },
    etag: '"v1"',
  },
  {
    title: 'that was set before the middleware, and is taken back, has the tag of the provider',
    before: setsGzip,
    handler: (_req, res) => {
      res.removeHeader('content-encoding');
      res.end('content');
    },
    etag: '"v1"',
  },
];

const compressing: RequestHandler = compression({ threshold: 0 });
const answers404: RequestHandler = (_req, res) => void res.status(404).json({});

const FAILURES: readonly {
  title: string;
  before?: RequestHandler;
  behind?: RequestHandler;
  handler: RequestHandler;
  status: number;
}[] = [
  {
    title: 'a 500 of a handler that has set a coding before it throws',
    handler: (_req, res) => {
      res.setHeader('Content-Encoding', 'gzip');
      throw new Error('mine');
    },
    status: 500,
  },
  {
    title: 'a 500 of a handler that has set a coding that is not listed',
    handler: (_req, res) => {
      res.setHeader('Content-Encoding', 'br');
      throw new Error('mine');
    },
    status: 500,
  },
  {
    title: 'a 404 that is compressed in front of the middleware',
    before: compressing,
    handler: answers404,
    status: 404,
  },
  {
    title: 'a 404 that is compressed behind the middleware',
    behind: compressing,
    handler: answers404,
    status: 404,
  },
  {
    title: 'a 404 that comes by writeHead and is compressed behind the middleware',
    behind: compressing,
    handler: (_req, res) => void res.writeHead(404, { 'Content-Type': 'text/plain' }).end('content'),
    status: 404,
  },
];

describe.each(EXPRESS_VERSIONS)('a response with a content coding over $name', ({ express }) => {
  test.each(ROWS)('$title', async ({ before, handler, etag }) => {
    const app = express();
    if (before) app.use(before);
    app.get(
      '/',
      preconditions(() => ({ etag: strong('v1') }), { contentCodings: ['gzip'] }),
      handler,
    );
    expect(fieldOf(await ask(app, ['GET /']), 'ETag')).toBe(etag);
  });

  test.each(FAILURES)(
    '$title carries nothing of the version',
    async ({ before, behind, handler, status }) => {
      const app = express();
      if (before) app.use(before);
      const version = { etag: strong('v1'), headers: { 'Cache-Control': 'public, max-age=60' } };
      app.get(
        '/',
        preconditions(() => version, { contentCodings: ['gzip'] }),
        ...(behind ? [behind] : []),
        handler,
      );
      recordErrors(app);
      const response = await ask(app, ['GET /', 'Accept-Encoding: gzip']);
      const told = ['ETag', 'Cache-Control'].map((name) => fieldOf(response, name));
      expect([response.status, ...told]).toEqual([status, undefined, undefined]);
    },
  );
});
