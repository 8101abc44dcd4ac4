/** A response whose Content-Encoding somebody sets early, or takes back: its tag goes with it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { ask } from '../helpers/apps.js';
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
});
