/** Requests that were made without a connection, as tests and functions in a cloud make them. */
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { preconditions, strong } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';

const V1 = { etag: strong('v1') };

describe.each(EXPRESS_VERSIONS)('a request without a connection over $name', ({ express }) => {
  test.each(['GET', 'PUT', 'POST'])('%s is handled', (method) => {
    const app = express();
    app.all(
      '/',
      preconditions(() => V1),
      (_req, res) => void res.status(202).end(),
    );
    const req = new IncomingMessage(undefined as unknown as Socket);
    Object.assign(req, { method, url: '/', rawHeaders: undefined });
    const res = new ServerResponse(req);
    app(req, res);
    expect(res.statusCode).toBe(202);
  });
});
