// The same resource, served in each of the ways that are compared: read with a condition, written with a condition.
import { createRequire } from 'node:module';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import { preconditions, strong } from 'http-preconditions';
import type { ResourceVersion } from 'http-preconditions';

export const TAG = '"v1"';

/** Sizes of the JSON in octets, with their names. */
export const SIZES: Readonly<Record<Size, number>> = {
  '1 kB': 1e3,
  '10 kB': 1e4,
  '100 kB': 1e5,
  '1 MB': 1e6,
};

export type Size = '1 kB' | '10 kB' | '100 kB' | '1 MB';

/** Where the resource of that size is, in the app of each contestant. */
export function pathOf(size: Size): string {
  return `/${SIZES[size]}`;
}

/** Rows as a database gives them, so many that their JSON has about that many octets. */
export function contentOf(size: Size): object {
  const row = {
    id: 1,
    title: 'Planning',
    start: '2026-11-26T09:00:00Z',
    attendees: ['a@x.test', 'b@x.test'],
  };
  const count = Math.ceil(SIZES[size] / JSON.stringify([row]).length);
  return { items: Array.from({ length: count }, (_, id) => ({ ...row, id })) };
}

const current: ResourceVersion = { etag: strong('v1') };

/** Puts itself in front of the handlers of a resource, or into them. */
interface Way {
  readonly before: readonly RequestHandler[];
  readonly setsTag: boolean;
}

const pass: Way = { before: [], setsTag: true };

function appOf({ before, setsTag }: Way): Express {
  const app = express();
  for (const size of Object.keys(SIZES) as Size[]) {
    const content = contentOf(size);
    // One route, so that no method is looked for behind another.
    app
      .route(pathOf(size))
      .get(...before, (_req, res) => {
        if (setsTag) res.setHeader('ETag', TAG);
        res.json(content);
      })
      .put(...before, express.json({ limit: '2mb' }), (_req, res) => {
        res.status(204).end();
      })
      .delete(...before, (_req, res) => {
        res.status(204).end();
      });
  }
  return app;
}

/** What a careful developer writes into each handler, for one tag and no more. */
const byHand: RequestHandler = (req, res, next) => {
  const { 'if-none-match': ifNoneMatch, 'if-match': ifMatch } = req.headers;
  if (req.method === 'GET' && ifNoneMatch === TAG) {
    res.setHeader('ETag', TAG);
    res.statusCode = 304;
    res.end();
  } else if (ifMatch !== undefined && ifMatch !== TAG) {
    res.statusCode = 412;
    res.end();
  } else {
    next();
  }
};

type StateOf = (options: {
  stateAsync: () => Promise<{ etag: string }>;
  requiredWith: string[];
}) => RequestHandler;

function expressPreconditions(): RequestHandler {
  const require = createRequire(new URL('yardsticks/', import.meta.url));
  const make = require('express-preconditions') as StateOf;
  // With the state at hand. By itself it asks the app for it, with a HEAD request over the network.
  return make({ stateAsync: async () => ({ etag: TAG }), requiredWith: [] });
}

export type Contestant =
  | 'no middleware'
  | 'by hand'
  | 'http-preconditions'
  | 'http-preconditions, asynchronous'
  | 'Express itself'
  | 'express-preconditions';

export const CONTESTANTS: Readonly<Record<Contestant, () => Express>> = {
  'no middleware': () => appOf(pass),
  'by hand': () => appOf({ before: [byHand], setsTag: true }),
  'http-preconditions': () => appOf({ before: [preconditions(() => current)], setsTag: false }),
  'http-preconditions, asynchronous': () =>
    appOf({ before: [preconditions(async () => current)], setsTag: false }),
  'Express itself': () => appOf({ before: [], setsTag: false }),
  'express-preconditions': () => appOf({ before: [expressPreconditions()], setsTag: true }),
};
