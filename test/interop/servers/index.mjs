import * as apacheHttpd from './apache-httpd.mjs';
import * as expressPreconditions from './express-preconditions.mjs';
import * as expressStatic from './express-static.mjs';
import * as express4 from './express-4.mjs';
import * as express5 from './express-5.mjs';
import * as fastify from './fastify.mjs';
import * as hono from './hono.mjs';
import * as httpPreconditionsStatic from './http-preconditions-static.mjs';
import * as httpPreconditions from './http-preconditions.mjs';
import * as koa from './koa.mjs';
import * as nginx from './nginx.mjs';
import * as restify from './restify.mjs';

/** In the order of the page: that of the alphabet. */
export const SERVERS = [
  apacheHttpd,
  express4,
  express5,
  expressPreconditions,
  expressStatic,
  fastify,
  hono,
  httpPreconditions,
  httpPreconditionsStatic,
  koa,
  nginx,
  restify,
];
