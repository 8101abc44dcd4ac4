/** The page at `/`, which shows the API in a browser: its own files, the client's modules as they were built, the demo token. */
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Request, type RequestHandler, Router } from 'express';
import { fromStat, preconditions } from 'http-preconditions';
import type { Settings } from './environment.js';

export interface PageOptions extends Pick<Settings, 'tokens' | 'isDemo'> {
  /** Where `npm run build` has put the ES modules. */
  readonly build?: string;
}

const PAGE = fileURLToPath(new URL('page', import.meta.url));
const BUILD = fileURLToPath(new URL('../../dist/esm', import.meta.url));

export function calendarPage({ tokens, isDemo, build = BUILD }: PageOptions): Router {
  const [demoToken] = isDemo ? tokens.keys() : [];
  const router = Router();
  router.get(
    '/',
    protect,
    whenBuilt(build),
    fileOf(PAGE, () => 'index.html'),
  );
  router.get('/demo.json', protect, send({ token: demoToken }));
  router.get('/:name', protect, fileOf(PAGE));
  for (const folder of ['client', 'core'])
    router.get(`/http-preconditions/${folder}/:name`, protect, fileOf(join(build, folder)));
  return router;
}

const PROTECTION = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    // Text that was typed in never becomes HTML: a browser that knows these two refuses innerHTML.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const protect: RequestHandler = (_req, res, next) => {
  res.set(PROTECTION);
  next();
};

function whenBuilt(build: string): RequestHandler {
  return async (_req, res, next) => {
    const isBuilt = await access(join(build, 'client/index.js')).then(
      () => true,
      () => false,
    );
    if (isBuilt) return next();
    res.status(503).set('Cache-Control', 'no-store').type('text');
    res.send('The page needs the client, which has not been built yet: npm run build\n');
  };
}

function send(content: object): RequestHandler {
  return (_req, res) => {
    res.set('Cache-Control', 'no-store').json(content);
  };
}

/** Without slashes, encoded or not: it stays within its folder. */
const NAME = /^[a-z-]+\.(?:css|js|svg|html)$/;

/** A file, asked for each time and sent if it has changed. What is none of the folder's is left to others. */
function fileOf(
  folder: string,
  nameOf: (req: Request) => string = (req) => String(req.params['name']),
): RequestHandler[] {
  const current = preconditions(
    fromStat((req: Request) => (NAME.test(nameOf(req)) ? stat(join(folder, nameOf(req))) : null)),
    { headers: { 'Cache-Control': 'no-cache' } },
  );
  return [
    current,
    (req, res, next) => {
      if (!current.of(req).exists) return next();
      res.sendFile(nameOf(req), { root: folder, cacheControl: false });
    },
  ];
}
