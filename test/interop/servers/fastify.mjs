import etag from '@fastify/etag';
import fastify from 'fastify';
import { featuresOf } from '../lib/claims.mjs';
import { ABSENT_PATH, CACHE_CONTROL, NOTE, PATH } from '../lib/note.mjs';
import { versionOf } from '../lib/versions.mjs';

export const name = 'Fastify';
export const version = ['fastify', '@fastify/etag'].map(versionOf).join(', ');
export const setup = 'the plugin without options, and a handler that returns an object';
export const claims = [
  {
    features: ['If-None-Match', '304'],
    says: 'tags are made automatically, and a tag that equals the one in If-None-Match is answered 304',
    where: 'README of @fastify/etag',
  },
];

const app = fastify();
app.register(etag);
app.get(PATH, async (_request, reply) => {
  reply.header('Cache-Control', CACHE_CONTROL);
  return NOTE;
});
await app.ready();

export const target = {
  server: (request, response) => app.routing(request, response),
  path: PATH,
  absentPath: ABSENT_PATH,
  etag: 'strong',
  features: featuresOf(claims),
};
