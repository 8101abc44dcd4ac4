/** How handlers end their answers, and how middleware around them takes part in it. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';

export interface End {
  readonly title: string;
  readonly handler: RequestHandler;
  /** What the client gets; `undefined`: a connection that ends in the middle. */
  readonly status: number | undefined;
  readonly isForExpress5Only?: true;
}

const later = (): Promise<void> => new Promise(setImmediate);
const chunks = (): Readable => Readable.from(['one', 'two', 'three']);

export const ENDS: readonly End[] = [
  { title: 'res.json', status: 200, handler: (_req, res) => res.json({}) },
  { title: 'res.send', status: 200, handler: (_req, res) => res.send('text') },
  { title: 'res.end', status: 200, handler: (_req, res) => res.end() },
  { title: 'res.end with a callback', status: 200, handler: (_req, res) => res.end('text', () => {}) },
  { title: 'res.sendStatus', status: 204, handler: (_req, res) => res.sendStatus(204) },
  { title: 'res.redirect', status: 302, handler: (_req, res) => res.redirect('/other') },
  { title: 'res.sendFile', status: 200, handler: (_req, res) => res.sendFile(__filename) },
  { title: 'res.download', status: 200, handler: (_req, res) => res.download(__filename) },
  {
    title: 'res.sendFile of what is not there',
    status: 404,
    handler: (_req, res) => res.sendFile('/no/such/file'),
  },
  {
    title: 'a while later',
    status: 200,
    handler: async (_req, res) => {
      await later();
      res.json({});
    },
  },
  {
    title: 'writing and ending',
    status: 200,
    handler: async (_req, res) => {
      res.write('one');
      await later();
      res.write('two');
      await later();
      res.end('three');
    },
  },
  { title: 'a stream', status: 200, handler: (_req, res) => chunks().pipe(res) },
  { title: 'a pipeline', status: 200, handler: (_req, res) => void pipeline(chunks(), res) },
  {
    title: 'two streams, one after the other',
    status: 200,
    handler: async (_req, res) => {
      await pipeline(chunks(), res, { end: false });
      await later();
      await pipeline(chunks(), res);
    },
  },
  {
    title: 'a throw',
    status: 500,
    handler: () => {
      throw new Error('mine');
    },
  },
  { title: 'next(error)', status: 500, handler: (_req, _res, next) => next(new Error('mine')) },
  {
    title: 'a rejection',
    status: 500,
    isForExpress5Only: true,
    handler: async () => {
      await later();
      throw new Error('mine');
    },
  },
  { title: 'no handler', status: 404, handler: (_req, _res, next) => next() },
  { title: 'no route', status: 404, handler: (_req, _res, next) => next('route') },
  { title: 'req.precondition.fail()', status: 412, handler: (req) => req.precondition!.fail() },
  {
    title: 'an error after the header section',
    status: undefined,
    handler: (_req, res) => {
      res.write('begun');
      throw new Error('mine');
    },
  },
  {
    title: 'next(error) after the header section',
    status: undefined,
    handler: (_req, res, next) => {
      res.write('begun');
      next(new Error('mine'));
    },
  },
  {
    title: 'a stream that breaks',
    status: undefined,
    handler: (_req, res, next) => {
      const broken = Readable.from(
        (function* () {
          yield 'one';
          throw new Error('mine');
        })(),
      );
      pipeline(broken, res).catch(next);
    },
  },
  { title: 'res.destroy', status: undefined, handler: (_req, res) => res.destroy() },
];

/** Ways to answer a client that has left already. */
export const LATE_ENDS: readonly End[] = [
  // Not those that end nothing any more, nor those of which somebody has to hear that they fail; Express 4 tells nobody of a file.
  ...ENDS.filter(
    ({ title }) =>
      !/^(a stream|res\.(sendFile|download|destroy))$|pipeline|two streams|not there/.test(title),
  ),
  {
    title: 'a pipeline',
    status: undefined,
    // Node 24 tells nobody else that the response is closed.
    handler: (_req, res, next) => void pipeline(chunks(), res).catch(next),
  },
];

/** As `compression` does it: what is written is held back, and the end comes when all of it has been worked on. */
export const holdingBack: RequestHandler = (_req, res, next) => {
  const end = res.end.bind(res) as (chunk: string) => Response;
  const held: string[] = [];
  res.write = ((chunk: unknown) => held.push(String(chunk))) as unknown as Response['write'];
  res.end = ((chunk: unknown) => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) held.push(chunk.toString());
    setImmediate(() => end(held.join('')));
    return res;
  }) as Response['end'];
  next();
};

/** As loggers and sessions do it: they end it themselves, once they are through. */
export const endingLater: RequestHandler = (_req, res, next) => {
  const end = res.end.bind(res) as (...args: unknown[]) => Response;
  res.end = ((...args: unknown[]) => {
    setImmediate(() => end(...args));
    return res;
  }) as Response['end'];
  next();
};
