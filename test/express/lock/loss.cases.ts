/** What handlers do that do not know that their lock is lost, and what the client gets. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler } from 'express';
import { PreconditionFailedError } from '../../../lib/index.js';

export interface LateAnswer {
  readonly title: string;
  readonly handler: RequestHandler;
  /** What the client gets; `undefined`: a connection that ends in the middle. */
  readonly status: number | undefined;
  /** What the error handlers of the app see. */
  readonly errors: readonly object[];
}

const LOST = { code: 'ERR_LOCK_LOST', status: 503, headers: { 'Retry-After': '1' } };
const mine = new Error('mine');

const ANSWERS: readonly Pick<LateAnswer, 'title' | 'handler'>[] = [
  { title: 'res.json', handler: (_req, res) => res.json({ ok: true }) },
  { title: 'res.send', handler: (_req, res) => res.type('text').send('ok') },
  { title: '204', handler: (_req, res) => res.status(204).end() },
  { title: '201', handler: (_req, res) => res.location('/1').status(201).json({}) },
  { title: 'a redirection', handler: (_req, res) => res.redirect(303, '/1') },
  {
    title: 'a version',
    handler: (req, res) => {
      req.precondition!.updated({ etag: '"2"', lastModified: new Date(0) });
      res.json({});
    },
  },
  {
    title: 'fields for a cache',
    handler: (_req, res) => res.set({ 'Cache-Control': 'max-age=60', Expires: '0', ETag: '"2"' }).json({}),
  },
];

/** Those that would vouch for the write. */
export const VOUCHING: readonly LateAnswer[] = ANSWERS.map((answer) => {
  return { ...answer, status: 503, errors: [LOST] };
});

/** Those that send their header section before their end, when it is too late for another one. */
export const STREAMED: readonly Pick<LateAnswer, 'title' | 'handler'>[] = [
  { title: 'a file', handler: (_req, res) => res.sendFile(__filename) },
  { title: 'a stream', handler: (_req, res) => Readable.from(['one', 'two']).pipe(res) },
  { title: 'a pipeline', handler: (_req, res) => void pipeline(Readable.from(['one']), res).catch(() => {}) },
  {
    title: 'writing and ending',
    handler: (_req, res) => {
      res.set('Content-Length', '5').write('whole');
      setImmediate(() => res.end());
    },
  },
  { title: 'writeHead', handler: (_req, res) => res.writeHead(200, { 'Content-Length': 5 }).end('whole') },
  {
    title: 'flushHeaders',
    handler: (_req, res) => {
      res.set('Content-Length', '0').flushHeaders();
      setImmediate(() => res.end());
    },
  },
];

/** Those that do not. */
export const OTHERS: readonly LateAnswer[] = [
  { title: '404', handler: (_req, res) => res.sendStatus(404), status: 404, errors: [] },
  { title: '409', handler: (_req, res) => res.status(409).json({}), status: 409, errors: [] },
  { title: '500', handler: (_req, res) => res.status(500).end(), status: 500, errors: [] },
  { title: 'fail()', handler: (req) => req.precondition!.fail(), status: 412, errors: [] },
  {
    title: 'a thrown refusal',
    handler: () => {
      throw new PreconditionFailedError();
    },
    status: 412,
    errors: [{ name: 'PreconditionFailedError' }],
  },
  {
    title: 'an error of its own',
    handler: () => {
      throw mine;
    },
    status: 500,
    errors: [mine],
  },
  {
    title: 'the reason of the signal',
    handler: (req, _res, next) => next(req.precondition!.signal!.reason),
    status: 503,
    errors: [LOST],
  },
];
