import { createHook } from 'node:async_hooks';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { VersionProvider } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';

const V1 = { etag: strong('v1') };

const REQUESTS: readonly [string, string, Record<string, string>][] = [
  ['GET without a condition', 'GET', {}],
  ['GET that is answered 304', 'GET', { 'if-none-match': '"v1"' }],
  ['PUT without a condition', 'PUT', {}],
  ['PUT that is answered 412', 'PUT', { 'if-match': '"v0"' }],
  ['PUT that is performed', 'PUT', { 'if-match': '"v1"' }],
];

/** How many promises are made until the app has answered, or waits for the provider. */
function promisesMade(app: Express, method: string, fields: Record<string, string>): number {
  const req = new IncomingMessage(new Socket());
  Object.assign(req, { method, url: '/' });
  for (const [name, value] of Object.entries(fields)) {
    req.headers[name] = value;
    req.rawHeaders.push(name, value);
  }
  let count = 0;
  const hook = createHook({ init: (_id, type) => void (count += type === 'PROMISE' ? 1 : 0) }).enable();
  try {
    app(req, new ServerResponse(req));
  } finally {
    hook.disable();
  }
  return count;
}

describe.each(EXPRESS_VERSIONS)('promises over $name', ({ express }) => {
  function appWith(provider: VersionProvider): Express {
    const app = express();
    app.all('/', preconditions(provider), (_req, res) => void res.end());
    return app;
  }

  test.each(REQUESTS)('a provider that answers at once costs none: %s', (_what, method, fields) => {
    expect(
      promisesMade(
        appWith(() => V1),
        method,
        fields,
      ),
    ).toBe(0);
  });

  test('a provider that answers later costs its own and what waits for it', () => {
    expect(
      promisesMade(
        appWith(async () => V1),
        'GET',
        {},
      ),
    ).toBeGreaterThan(0);
  });
});
