/**
 * What scripts of other origins may send, and what they may read. Mounted before authentication: a preflight has neither a
 * token nor conditions, and any answer without these fields, be it 304, 401, 412 or 428, is a network error to the script.
 */
import cors, { type CorsOptions } from 'cors';
import type { RequestHandler } from 'express';

export const CORS_OPTIONS: CorsOptions = {
  // Safe for any origin, because a browser adds no bearer token by itself, as it would a cookie.
  origin: '*',
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  // By name: `*` stands for all fields but Authorization.
  allowedHeaders: [
    'Authorization',
    'Content-Type',
    'Cache-Control',
    'If-Match',
    'If-None-Match',
    'If-Modified-Since',
    'If-Unmodified-Since',
  ],
  // Last-Modified can always be read, ETag only if it is named. Retry-After is for the 503 of a lock, should there be one.
  exposedHeaders: ['ETag', 'Retry-After'],
  maxAge: 600,
};

export const crossOrigin: RequestHandler = cors(CORS_OPTIONS);
