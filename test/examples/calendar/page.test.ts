/** The page of the calendar over HTTP; what it does in a browser is tested in page-in-browser.test.ts. */
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import request from 'supertest';
import { calendarSite } from '../../../examples/calendar/site.js';
import { readEnvironment } from '../../../examples/calendar/environment.js';
import { welcome } from '../../../examples/calendar/welcome.js';
import { sqliteStore } from '../../../examples/calendar/store/sqlite.js';
import { ADA } from './fixtures.js';

const TOKEN = 'secret-token';

const store = sqliteStore(':memory:');

let build: string;
beforeAll(async () => {
  build = await mkdtemp(join(tmpdir(), 'page-build-'));
  await writeFile(join(build, 'index.js'), 'export {};');
  for (const folder of ['client', 'core']) {
    await mkdir(join(build, folder));
    await writeFile(join(build, folder, 'index.js'), 'export {};');
    await writeFile(join(build, folder, 'index.d.ts'), 'export {};');
  }
});
afterAll(async () => {
  await rm(build, { recursive: true });
  await store.close();
});

function site({ isDemo = true, folder = build } = {}): Express {
  return calendarSite({ store, tokens: new Map([[TOKEN, ADA]]), isDemo, build: folder });
}

describe('The page', () => {
  const FILES = [
    { path: '/', type: 'text/html; charset=utf-8' },
    { path: '/page.css', type: 'text/css; charset=utf-8' },
    { path: '/page.js', type: 'text/javascript; charset=utf-8' },
    { path: '/icon.svg', type: 'image/svg+xml' },
    { path: '/http-preconditions/client/index.js', type: 'text/javascript; charset=utf-8' },
    { path: '/http-preconditions/core/index.js', type: 'text/javascript; charset=utf-8' },
  ];

  test.each(FILES)('sends $path as $type', async ({ path, type }) => {
    const { status, headers } = await request(site()).get(path);
    expect([status, headers['content-type']]).toEqual([200, type]);
  });

  test.each(FILES)('answers 304 for $path while it is the same, and keeps it protected', async ({ path }) => {
    const app = site();
    const first = await request(app).get(path);
    expect(first.headers).toMatchObject({ 'cache-control': 'no-cache', etag: expect.stringMatching(/^W\//) });
    const second = await request(app)
      .get(path)
      .set('If-None-Match', first.headers['etag'] ?? '');
    expect(second).toMatchObject({ status: 304, text: '' });
    for (const name of ['etag', 'cache-control', 'content-security-policy'])
      expect(second.headers[name]).toBe(first.headers[name]);
  });

  test.each([...FILES, { path: '/demo.json' }])('lets $path do no more than it has to', async ({ path }) => {
    const { headers } = await request(site()).get(path);
    expect(headers['content-security-policy']?.split('; ').toSorted()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "require-trusted-types-for 'script'",
      "script-src 'self'",
      "style-src 'self'",
      "trusted-types 'none'",
    ]);
    expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff' });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  const ELSEWHERE = [
    '/nowhere',
    '/index.html.bak',
    '/page/index.html',
    '/..%2fpage.ts',
    '/..%2f..%2f..%2fpackage.json',
    '/%2e%2e%2fserver.ts',
    '/..%5cserver.ts',
    '/http-preconditions/index.js',
    '/http-preconditions/client/index.d.ts',
    '/http-preconditions/client/..%2findex.js',
    '/http-preconditions/client/%2e%2e%2findex.js',
    '/http-preconditions/client/nowhere.js',
    '/http-preconditions/locks/index.js',
  ];
  test.each(ELSEWHERE)('has nothing at %s', async (path) => {
    const { status, body } = await request(site()).get(path);
    expect([status, body]).toEqual([404, expect.objectContaining({ error: expect.anything() })]);
  });

  test('answers 400 to a path that cannot be decoded', async () => {
    expect(await request(site()).get('/%E0%A4')).toMatchObject({ status: 400, type: 'application/json' });
  });

  test('leaves the API as it is', async () => {
    const { headers, status } = await request(site()).get('/calendar/v3/users/me/calendarList');
    expect(status).toBe(401);
    expect(headers).toMatchObject({ 'access-control-allow-origin': '*' });
    expect(headers).not.toHaveProperty('content-security-policy');
  });
});

describe('The demo token', () => {
  test('is told by a demo, and kept by no cache', async () => {
    const { headers, body } = await request(site()).get('/demo.json');
    expect(body).toEqual({ token: TOKEN });
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(headers).not.toHaveProperty('etag');
  });

  test('is told by nothing else, and no other token is, in no file of the page', async () => {
    const app = site({ isDemo: false });
    expect(await request(app).get('/demo.json')).toMatchObject({ status: 200, body: {} });
    for (const path of ['/', '/demo.json', '/page.js', '/token.js'])
      expect((await request(app).get(path)).text).not.toContain(TOKEN);
  });
});

describe('npm start', () => {
  test('names the page, demo or not', async () => {
    for (const CALENDAR_TOKENS of ['', 'token=ada@example.test']) {
      const text = await welcome(store, readEnvironment({ CALENDAR_TOKENS }), 'http://127.0.0.1:3000');
      expect(text).toMatch(/ http:\/\/127\.0\.0\.1:3000\/$/m);
    }
  });

  test('builds first what the page needs', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: object };
    expect(scripts).toMatchObject({ prestart: 'npm run build' });
  });
});

describe('A page whose client was not built', () => {
  test('says how to build it', async () => {
    const app = site({ folder: join(build, 'nowhere') });
    const { status, type, text, headers } = await request(app).get('/');
    expect([status, type, headers['cache-control']]).toEqual([503, 'text/plain', 'no-store']);
    expect(text).toContain('npm run build');
  });

  test('needs no new start when it is', async () => {
    const folder = join(build, 'later');
    const app = site({ folder });
    expect(await request(app).get('/')).toMatchObject({ status: 503 });
    await mkdir(join(folder, 'client'), { recursive: true });
    await writeFile(join(folder, 'client/index.js'), 'export {};');
    expect(await request(app).get('/')).toMatchObject({ status: 200 });
  });
});
