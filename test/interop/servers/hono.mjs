import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { etag } from 'hono/etag';
import { featuresOf } from '../lib/claims.mjs';
import { ABSENT_PATH, CACHE_CONTROL, NOTE, PATH } from '../lib/note.mjs';
import { versionOf } from '../lib/versions.mjs';

export const name = 'Hono';
export const version = ['hono', '@hono/node-server'].map(versionOf).join(', ');
export const setup = 'the middleware without options, and a handler that calls `c.json`';
export const claims = [
  {
    features: ['If-None-Match', '304'],
    says: 'ETag fields, and a 304 that keeps the fields that the 200 would have had',
    where: 'ETag Middleware, in the documentation of Hono',
  },
];

const app = new Hono();
app.use('/notes/*', etag());
app.get(PATH, (c) => c.json(NOTE, 200, { 'Cache-Control': CACHE_CONTROL }));

export const target = {
  server: createAdaptorServer(app),
  path: PATH,
  absentPath: ABSENT_PATH,
  etag: 'strong',
  features: featuresOf(claims),
};
