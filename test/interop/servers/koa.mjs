import etag from '@koa/etag';
import Koa from 'koa';
import conditional from 'koa-conditional-get';
import { featuresOf } from '../lib/claims.mjs';
import { RELOAD } from '../lib/documented.mjs';
import { ABSENT_PATH, CACHE_CONTROL, MODIFIED, NOTE, PATH } from '../lib/note.mjs';
import { versionOf } from '../lib/versions.mjs';

export const name = 'Koa';
export const version = ['koa', 'koa-conditional-get', '@koa/etag'].map(versionOf).join(', ');
export const setup =
  'conditional-get in front of etag, and a handler that sets Last-Modified; @koa/etag is what koa-etag asks its users to take instead';
export const claims = [
  {
    features: ['If-None-Match', 'If-Modified-Since', '304'],
    says: 'conditional GET: `request.fresh` negotiates between If-None-Match and ETag, and between If-Modified-Since and Last-Modified',
    where: "README of koa-conditional-get; Koa's docs/api/request.md",
  },
];

export const documented = { 'if-none-match.no-cache': RELOAD };

const app = new Koa();
app.use(conditional());
app.use(etag());
app.use((ctx) => {
  if (ctx.path !== PATH) return;
  ctx.set('Cache-Control', CACHE_CONTROL);
  ctx.lastModified = MODIFIED;
  ctx.body = NOTE;
});

export const target = {
  server: app.callback(),
  path: PATH,
  absentPath: ABSENT_PATH,
  etag: 'strong',
  lastModified: true,
  features: featuresOf(claims),
};
