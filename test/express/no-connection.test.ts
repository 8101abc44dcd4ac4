/** Requests that were made without a connection, as tests and functions in a cloud make them. */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { preconditions, strong } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';

const V1 = { etag: strong('v1') };

describe.each(EXPRESS_VERSIONS)('a request without a connection over $name', ({ express }) => {
  test.each([
    ['GET', 202, {}],
    ['PUT', 202, {}],
    ['POST', 202, {}],
    ['GET', 304, { 'if-none-match': '"v1"' }],
    ['PUT', 202, { 'if-match': '"v1"' }],
    ['PUT', 412, { 'if-match': '"v0"' }],
  ])('%s is answered %i: %j', (method, status, fields) => {
    const app = express();
    app.all(
      '/',
      preconditions(() => V1),
      (_req, res) => void res.status(202).end(),
    );
    const req = new IncomingMessage(undefined as unknown as Socket);
    Object.assign(req, { method, url: '/', rawHeaders: undefined });
    Object.assign(req.headers, fields);
    const res = new ServerResponse(req);
    app(req, res);
    expect(res.statusCode).toBe(status);
  });
});
