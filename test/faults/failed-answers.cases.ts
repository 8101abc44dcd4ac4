/** Answers that are no success, of handlers behind the middleware that have begun as if they were going to succeed. */
import type { RequestHandler } from 'express';
import { preconditions } from '../../lib/index.js';

export interface Failing {
  readonly title: string;
  readonly handler: RequestHandler;
  readonly status: number;
  readonly isForExpress5Only?: true;
}

const broken = (): Error => new Error('mine');

export const FAILING: readonly Failing[] = [
  {
    title: 'throws',
    status: 500,
    handler: () => {
      throw broken();
    },
  },
  {
    title: 'rejects',
    status: 500,
    isForExpress5Only: true,
    handler: async () => {
      await new Promise(setImmediate);
      throw broken();
    },
  },
  { title: 'hands an error to next', status: 500, handler: (_req, _res, next) => next(broken()) },
  {
    title: 'hands an error with a status to next',
    status: 503,
    handler: (_req, _res, next) => next(Object.assign(broken(), { status: 503 })),
  },
  { title: 'finds nothing and calls next()', status: 404, handler: (_req, _res, next) => next() },
  { title: 'answers 404', status: 404, handler: (_req, res) => res.sendStatus(404) },
  { title: 'answers 409 with JSON', status: 409, handler: (_req, res) => res.status(409).json({}) },
  { title: 'answers 500 by writeHead', status: 500, handler: (_req, res) => res.writeHead(500).end() },
  { title: 'streams a 502', status: 502, handler: (_req, res) => res.status(502).write('x') && res.end() },
  { title: 'sends a file that is not there', status: 404, handler: (_req, res) => res.sendFile('/no/file') },
  {
    title: 'is another middleware, whose provider fails',
    status: 500,
    handler: preconditions(() => Promise.reject(broken())),
  },
  { title: 'redirects', status: 302, handler: (_req, res) => res.redirect('/elsewhere') },
];
