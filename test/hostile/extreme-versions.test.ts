import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions } from '../../lib/index.js';
import type { EntityTag, ProviderAnswer, VersionProvider } from '../../lib/index.js';
import { A_RANGE, T, T_DATE } from '../core/fixtures.js';
import { recordErrors } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, rawRequest } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { wholeResponse } from './whole-response.js';

const LONG_TAG: EntityTag = `"${'x'.repeat(1024 * 1024)}"`;

describe.each(EXPRESS_VERSIONS)('a version of extremes, over $name:', ({ express }) => {
  test('a tag of 1 MiB is sent whole, on the 200 and on the 304, and matches like any other', async () => {
    const { app, errors } = performing(express, () => ({ etag: LONG_TAG, lastModified: T_DATE }));
    await withServer(
      app,
      async (port) => {
        const ok = await rawRequest(port, ['GET /']);
        expect([ok.status, fieldOf(ok, 'ETag') === LONG_TAG, ok.body.toString()]).toEqual([
          200,
          true,
          'content',
        ]);
        const notModified = await rawRequest(port, ['GET /', `If-None-Match: ${LONG_TAG}`]);
        expect([notModified.status, fieldOf(notModified, 'ETag') === LONG_TAG]).toEqual([304, true]);
        expect((await rawRequest(port, ['PUT /', `If-Match: ${LONG_TAG}`])).status).toBe(200);
        expect((await rawRequest(port, ['PUT /', 'If-Match: "x"'])).status).toBe(412);
      },
      { maxHeaderSize: 2 * LONG_TAG.length },
    );
    expect(errors).toEqual([]);
  });

  test.each([1, 'yes', {}])('R-13.1.5-f a date is weak where lastModifiedIsWeak is %j', async (value) => {
    const version = { lastModified: T_DATE, lastModifiedIsWeak: value } as unknown as ProviderAnswer;
    const { app } = performing(express, () => version);
    const response = await withServer(app, (port) =>
      rawRequest(port, ['GET /', `Range: ${A_RANGE}`, `If-Range: ${T}`]),
    );
    expect(fieldOf(response, 'X-Range')).toBe('ignored');
  });

  test('a prototype of all objects that has a tag is checked like any other, and nothing comes into being', async () => {
    const { app, errors } = performing(express, (req) => (req.query['absent'] === '' ? null : {}));
    await withServer(app, async (port) => {
      const prototype = Object.prototype as { etag?: unknown };
      prototype.etag = '"hostile"\r\nSet-Cookie: a=1';
      try {
        for (const method of ['GET', 'PUT']) {
          const response = await wholeResponse(port, [`${method} /`, 'If-Match: *']);
          expect([response.slice(9, 12), response.includes('hostile')]).toEqual(['500', false]);
        }
        expect((await rawRequest(port, ['PUT /?absent', 'If-Match: *'])).status).toBe(412);
      } finally {
        delete prototype.etag;
      }
      expect((await rawRequest(port, ['PUT /', 'If-Match: *'])).status).toBe(200);
    });
    expect(errors).toMatchObject([{ code: 'ERR_ENTITY_TAG_SYNTAX' }, { code: 'ERR_ENTITY_TAG_SYNTAX' }]);
  });
});

test('a provider that never answers keeps nothing of a request whose client has left', () => {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', join(__dirname, 'never-answers-process.ts')],
    { encoding: 'utf8', timeout: 15_000, env: { ...process.env, NODE_ENV: 'production' } },
  );
  expect(stderr).toBe('');
  const nothing = { requests: 0, connections: 0 };
  expect(JSON.parse(stdout)).toEqual({
    'Express 5, GET': nothing,
    'Express 5, PUT': nothing,
    'Express 4, GET': nothing,
    'Express 4, PUT': nothing,
  });
}, 20_000);

function performing(express: ExpressModule, provider: VersionProvider): { app: Express; errors: unknown[] } {
  const app = express();
  app.all('/', preconditions(provider), (req, res) => {
    res.set('X-Range', 'range' in req.headers ? 'applies' : 'ignored').send('content');
  });
  return { app, errors: recordErrors(app) };
}
