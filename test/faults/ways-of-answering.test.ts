import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Express, RequestHandler, Response } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { FILES, REPRESENTATION } from '../express/ways-of-serving.js';
import { ask } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';

const V1 = { etag: strong('1') };
const FILE = join(FILES, 'resource.txt');

/** Those of Express that `ways-of-serving` does not have, since they do not send its representation by themselves. */
const WAYS: readonly [string, RequestHandler][] = [
  ['res.download', (_req, res) => res.download(FILE)],
  ['res.download under another name', (_req, res) => res.download(FILE, 'other.txt')],
  ['res.attachment and res.send', (_req, res) => void res.attachment('a.txt').send(REPRESENTATION)],
  ['res.render', (_req, res) => res.render('resource.txt')],
  ['res.format', (_req, res) => void res.format({ text: () => res.send(REPRESENTATION) })],
  ['res.sendStatus', (_req, res) => res.sendStatus(200)],
  ['res.writeHead and res.end', (_req, res) => void res.writeHead(200).end(REPRESENTATION)],
  ['an error handler', (_req, _res, next) => next(new Error('mine'))],
];

describe.each(EXPRESS_VERSIONS)('behind the middleware of $name', ({ express }) => {
  function appWith(handler: RequestHandler): { app: Express; handled: () => number } {
    let handled = 0;
    const app = express();
    app.set('views', FILES).engine('txt', (_path, _options, callback) => callback(null, REPRESENTATION));
    const count: RequestHandler = (_req, _res, next) => {
      handled += 1;
      next();
    };
    app.all(
      '/',
      preconditions(() => V1),
      count,
      handler,
    );
    app.use((_error: unknown, _req: unknown, res: Response, _next: unknown) => {
      res.send('a substitute');
    });
    return { app, handled: () => handled };
  }

  test.each(WAYS)('%s is reached by what is performed, and by nothing else', async (_way, handler) => {
    const { app, handled } = appWith(handler);
    for (const [status, ...lines] of [
      [304, 'GET /', 'If-None-Match: "1"'],
      [304, 'HEAD /', 'If-None-Match: W/"1"'],
      [412, 'GET /', 'If-Match: "0"'],
      [412, 'PUT /', 'If-Match: "0"'],
      [412, 'PUT /', 'If-None-Match: *'],
    ] as const)
      expect([(await ask(app, lines)).status, lines]).toEqual([status, lines]);
    expect(handled()).toBe(0);
    // Those of Express would make 304 and 412 of these, or a tag of their own.
    for (const [etag, ...lines] of [
      ['"1"', 'GET /', 'If-None-Match: "0"'],
      ['"1"', 'GET /', 'If-None-Match: x, "1"'],
      ['"1"', 'HEAD /', 'If-Match: "1"'],
      [undefined, 'PUT /', 'If-Match: "1"'],
      [undefined, 'DELETE /', 'If-None-Match: "0"'],
    ] as const) {
      const response = await ask(app, lines);
      expect([response.status, fieldOf(response, 'ETag'), lines]).toEqual([200, etag, lines]);
    }
    expect(handled()).toBe(5);
  });

  // Whoever redirects wherever the condition is: mount it before the middleware (section 13.2.1).
  test('res.redirect is a handler like any other: a condition that is false comes first', async () => {
    const { app, handled } = appWith((_req, res) => res.redirect('/elsewhere'));
    expect((await ask(app, ['GET /', 'If-None-Match: "1"'])).status).toBe(304);
    expect((await ask(app, ['PUT /', 'If-Match: "0"'])).status).toBe(412);
    expect(handled()).toBe(0);
    for (const lines of [
      ['GET /', 'If-None-Match: "0"'],
      ['PUT /', 'If-Match: "1"'],
    ]) {
      const response = await ask(app, lines);
      expect([response.status, fieldOf(response, 'Location')]).toEqual([302, '/elsewhere']);
    }
  });
});
