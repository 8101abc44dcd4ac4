import { describe, expect, jest, test } from '@jest/globals';
import dns from 'node:dns';
import express from 'express';
import { targetOf, TargetError } from '../../lib/testing/probe.js';
import { CLOSED_PORT, withServer } from '../helpers/server.js';

/** A resource at the path, with the fields; 404 for the paths that `absent` matches, 400 for others. */
function server(path: string, fields: Record<string, string>, absent = /^/): express.Express {
  const app = express();
  app.set('etag', false);
  app.get(/.*/, (req, res) => {
    if (req.originalUrl === path) res.set(fields).send('text');
    else res.sendStatus(absent.test(req.originalUrl) ? 404 : 400);
  });
  return app;
}

describe('What a resource has', () => {
  test.each([
    { fields: { ETag: '"1"' }, found: { etag: 'strong', lastModified: false } },
    { fields: { ETag: 'W/"1"' }, found: { etag: 'weak', lastModified: false } },
    { fields: { ETag: 'unquoted' }, found: { etag: 'strong', lastModified: false } },
    {
      fields: { 'Last-Modified': 'Thu, 26 Nov 2026 10:00:00 GMT' },
      found: { lastModified: true },
    },
    { fields: {}, found: { lastModified: false, ranges: false } },
  ])('is seen from $fields', async ({ fields, found }) => {
    await withServer(server('/notes/1', fields), async (port) => {
      const target = await targetOf(`http://127.0.0.1:${port}/notes/1`);
      expect(target).toMatchObject({ server: `http://127.0.0.1:${port}`, path: '/notes/1', ...found });
      expect('etag' in target).toBe('etag' in found);
    });
  });

  test('is ranges when one octet is answered 206', async () => {
    const app = express();
    app.get('/package.json', (_req, res) => {
      res.sendFile('package.json', { root: `${__dirname}/../..` });
    });
    await withServer(app, async (port) => {
      const target = await targetOf(new URL(`http://127.0.0.1:${port}/package.json`));
      expect(target.ranges).toBe(true);
    });
  });

  test.each([
    {
      to: 'nobody without credentials',
      isOpen: false,
      headers: { Authorization: 'Bearer x' },
      publicReads: false,
    },
    {
      to: 'anybody, whose credentials are for writes',
      isOpen: true,
      headers: { Authorization: 'Bearer x' },
      publicReads: true,
    },
    { to: 'those who need no credentials', isOpen: true, headers: { 'X-Tenant': 'a' }, publicReads: true },
  ])('is open to $to', async ({ isOpen, headers, publicReads }) => {
    const app = express();
    app.get('/1', (req, res) => {
      res.sendStatus(isOpen || req.headers.authorization !== undefined ? 200 : 401);
    });
    await withServer(app, async (port) => {
      const target = await targetOf(`http://127.0.0.1:${port}/1`, { headers });
      expect(target).toMatchObject({ headers, publicReads });
    });
  });

  test('is asked for with the fields, and they become those of the target', async () => {
    const app = express();
    app.get('/:id', (req, res) => {
      res.sendStatus(req.headers['x-tenant'] === 'a' ? 200 : 403);
    });
    await withServer(app, async (port) => {
      const url = `http://127.0.0.1:${port}/1`;
      const target = await targetOf(url, { headers: { 'X-Tenant': 'a' }, timeout: 3000 });
      expect(target).toMatchObject({ headers: { 'X-Tenant': 'a' }, timeout: 3000 });
      await expect(targetOf(url)).rejects.toThrow(TargetError);
    });
  });
});

test('Of a name with several addresses, the error says why none answers', async () => {
  const found = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
  const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    _options: object,
    done: Done,
  ) => {
    done(null, found);
  }) as unknown as typeof dns.lookup);
  try {
    await expect(targetOf(`http://several.test:${CLOSED_PORT}/notes/1`)).rejects.toThrow(
      `connect ECONNREFUSED 127.0.0.1:${CLOSED_PORT}, connect ECONNREFUSED 127.0.0.2:${CLOSED_PORT}.`,
    );
  } finally {
    lookup.mockRestore();
  }
});

type Done = (error: null, addresses: readonly dns.LookupAddress[]) => void;

describe('A path where nothing is', () => {
  test.each([
    { path: '/notes/1', absent: /^\/notes\/1\d{9}$/ },
    {
      path: '/notes/9f0c9dc4-0a4f-4d6f-9d0c-3f7f2f1c5a11',
      absent: /^\/notes\/[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[\da-f]{4}-[\da-f]{12}$/,
    },
    { path: '/notes/65a1b2c3d4e5f60718293a4b', absent: /^\/notes\/[\da-f]{24}$/ },
    { path: '/notes/1', absent: /^\/notes\/absent-[\da-f]{12}$/ },
    { path: '/notes/', absent: /^\/notes\/absent-[\da-f]{12}$/ },
    { path: '/', absent: /^\/absent-[\da-f]{12}$/ },
    { path: '/notes?of=me/you', absent: /^\/absent-[\da-f]{12}$/ },
  ])('is found beside $path, in a form that the API knows: $absent', async ({ path, absent }) => {
    await withServer(server(path, {}, absent), async (port) => {
      const { absentPath } = await targetOf(`http://127.0.0.1:${port}${path}`);
      expect(absentPath).toMatch(absent);
    });
  });

  test('is not known when every path is answered otherwise', async () => {
    const app = express();
    app.get(/.*/, (_req, res) => {
      res.send('page');
    });
    await withServer(app, async (port) => {
      expect(await targetOf(`http://127.0.0.1:${port}/notes/1`)).not.toHaveProperty('absentPath');
    });
  });

  test('is the one that is named', async () => {
    await withServer(server('/notes/1', {}), async (port) => {
      const url = `http://127.0.0.1:${port}/notes/1`;
      expect(await targetOf(url, { absentPath: '/none' })).toMatchObject({ absentPath: '/none' });
    });
  });
});
