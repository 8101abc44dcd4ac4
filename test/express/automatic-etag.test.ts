import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Express, RequestHandler, Response } from 'express';
import { preconditions, SKIP, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ProviderAnswer } from '../../lib/index.js';
import { T, T_DATE } from '../core/fixtures.js';
import { ask, recordErrors } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';
import { FILES, REPRESENTATION } from './ways-of-serving.js';

const VERSION = { etag: strong('1'), lastModified: T_DATE };

const REPLIES: readonly (readonly [string, (res: Response) => unknown])[] = [
  ['res.json', (res) => res.json({ ok: true })],
  ['res.jsonp', (res) => res.jsonp({ ok: true })],
  ['res.send of an object', (res) => res.send({ ok: true })],
  ['res.send of text', (res) => res.send('ok')],
  ['res.send of a Buffer', (res) => res.send(Buffer.from('ok'))],
  ['res.sendStatus', (res) => res.sendStatus(202)],
];

function appWith(express: ExpressModule, answer: ProviderAnswer, reply: (res: Response) => unknown): Express {
  const app = express();
  app.all(
    '/',
    preconditions(() => answer),
    (_req, res) => void reply(res),
  );
  return app;
}

describe.each(EXPRESS_VERSIONS)("Express's automatic ETag, $name", ({ express }) => {
  describe.each(REPLIES)('of %s', (_name, reply) => {
    test.each(['PUT', 'PATCH', 'POST', 'DELETE'])(
      'R-9.3.4-b: is not on the response to a %s, with a condition and without',
      async (method) => {
        for (const line of [
          'If-Match: "1"',
          'If-None-Match: "0"',
          `If-Unmodified-Since: ${T}`,
          'Accept: */*',
        ]) {
          const response = await ask(appWith(express, VERSION, reply), [`${method} /`, line]);
          expect([response.status < 300, fieldOf(response, 'ETag')]).toEqual([true, undefined]);
        }
      },
    );

    test('R-9.3.4-b: is not on the response to a PUT that creates', async () => {
      const response = await ask(appWith(express, null, reply), ['PUT /', 'If-None-Match: *']);
      expect([response.status < 300, fieldOf(response, 'ETag')]).toEqual([true, undefined]);
    });

    test('is not on a read whose provider knows no tag, where it would hide the date', async () => {
      for (const version of [{ lastModified: T_DATE }, {}]) {
        const response = await ask(appWith(express, version, reply), ['GET /']);
        expect(fieldOf(response, 'ETag')).toBeUndefined();
      }
    });

    test('is not on a read of what does not exist: a 404 has no version', async () => {
      expect(fieldOf(await ask(appWith(express, null, reply), ['GET /']), 'ETag')).toBeUndefined();
    });

    test('gives way to that of the provider on a read', async () => {
      expect(fieldOf(await ask(appWith(express, VERSION, reply), ['GET /']), 'ETag')).toBe('"1"');
    });

    test('stays on the response to OPTIONS, to which no condition applies', async () => {
      expect(fieldOf(await ask(appWith(express, VERSION, reply), ['OPTIONS /']), 'ETag')).toMatch(/^W\/"/);
    });

    test('is not on the 412 of a read whose handler calls fail(), by a responder', async () => {
      const app = express();
      const options: PreconditionsOptions = { respond: (_refusal, _req, res) => void reply(res) };
      app.get(
        '/',
        preconditions(() => VERSION, options),
        (req) => req.precondition.fail(),
      );
      expect(fieldOf(await ask(app, ['GET /', 'If-Match: "1"']), 'ETag')).toBeUndefined();
    });

    test('stays where the provider skips the request', async () => {
      for (const lines of [['GET /'], ['PUT /', 'If-Match: "1"']])
        expect(fieldOf(await ask(appWith(express, SKIP, reply), lines), 'ETag')).toMatch(/^W\/"/);
    });
  });

  describe('of res.sendFile', () => {
    const file = (res: Response): unknown => res.sendFile('resource.txt', { root: FILES });

    test('R-9.3.4-b: is not on the response to a write, nor on a read whose provider knows no tag', async () => {
      const app = appWith(express, { lastModified: T_DATE }, file);
      for (const lines of [['PUT /', `If-Unmodified-Since: ${T}`], ['POST /'], ['GET /']]) {
        const response = await ask(app, lines);
        expect([lines[0], response.status, fieldOf(response, 'ETag')]).toEqual([lines[0], 200, undefined]);
      }
    });

    // `send` asks neither for the method nor whether the write is done.
    test.each(['If-Match: "1"', 'If-Match: *', `If-Unmodified-Since: ${T}`, 'If-None-Match: "z"'])(
      'comes with no late 412 to a write that has been done, %s',
      async (line) => {
        for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
          const response = await ask(appWith(express, VERSION, file), [
            `${method} /`,
            line,
            'Range: bytes=0-3',
          ]);
          expect([response.status, response.body.toString()]).toEqual([200, REPRESENTATION]);
        }
      },
    );

    test('leaves its options, its callback and its errors as they are', async () => {
      const ended: string[] = [];
      const app = express();
      app.put(
        '/:how',
        preconditions(() => VERSION),
        (req, res, next) => {
          const end = (error?: Error): void => {
            ended.push(`${req.params.how}: ${error === undefined ? 'sent' : 'failed'}`);
            if (error !== undefined) next(error);
          };
          const path = join(FILES, 'resource.txt');
          if (req.params.how === 'path') res.sendFile(path);
          if (req.params.how === 'callback') res.sendFile(path, end);
          if (req.params.how === 'both')
            res.sendFile('resource.txt', { root: FILES, headers: { 'X-Option': 'kept' } }, end);
          if (req.params.how === 'download') res.download(path, 'other name.txt', end);
          if (req.params.how === 'missing') res.sendFile('missing.txt', { root: FILES }, end);
          if (req.params.how === 'lost') res.sendFile('missing.txt', { root: FILES });
        },
      );
      const put = (how: string): Promise<RawResponse> => ask(app, [`PUT /${how}`, 'If-Match: "1"']);
      for (const how of ['path', 'callback', 'both', 'download']) {
        const response = await put(how);
        expect([how, response.status, response.body.toString()]).toEqual([how, 200, REPRESENTATION]);
        expect(fieldOf(response, 'X-Option')).toBe(how === 'both' ? 'kept' : undefined);
        expect(fieldOf(response, 'Content-Disposition')).toBe(
          how === 'download' ? 'attachment; filename="other name.txt"' : undefined,
        );
      }
      expect([(await put('missing')).status, (await put('lost')).status]).toEqual([404, 404]);
      expect(ended).toEqual(['callback: sent', 'both: sent', 'download: sent', 'missing: failed']);
    });
  });

  test.each(['strong', 'weak', () => '"made"'])(
    'R-9.3.4-b: is not on a write under the setting %p',
    async (setting) => {
      const app = express();
      app.set('etag', setting);
      app.put(
        '/',
        preconditions(() => VERSION),
        (_req, res) => {
          res.json({});
        },
      );
      expect(fieldOf(await ask(app, ['PUT /']), 'ETag')).toBeUndefined();
    },
  );

  test('a tag that the handler sets itself is kept, on writes and on reads', async () => {
    const reply = (res: Response): unknown => res.set('ETag', '"mine"').json({});
    for (const lines of [['PUT /'], ['PUT /', 'If-Match: "1"'], ['GET /']])
      expect(fieldOf(await ask(appWith(express, VERSION, reply), lines), 'ETag')).toBe('"mine"');
    expect(fieldOf(await ask(appWith(express, { lastModified: T_DATE }, reply), ['GET /']), 'ETag')).toBe(
      '"mine"',
    );
  });

  test('R-8.8-a: the tag of before the write is not on its response', async () => {
    const response = await ask(
      appWith(express, VERSION, (res) => res.json({})),
      ['PUT /', 'If-Match: "1"'],
    );
    expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual([
      200,
      undefined,
      undefined,
    ]);
  });

  test('R-9.3.4-a: the response to a PUT has no validators unless the handler announces them', async () => {
    const response = await ask(
      appWith(express, VERSION, (res) => res.status(204).end()),
      ['PUT /', 'If-Match: "1"'],
    );
    expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual([
      204,
      undefined,
      undefined,
    ]);
  });

  test('R-9.3.5-a: the response to a DELETE has no validators', async () => {
    const response = await ask(
      appWith(express, VERSION, (res) => res.status(204).end()),
      ['DELETE /', 'If-Match: "1"'],
    );
    expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Last-Modified')]).toEqual([
      204,
      undefined,
      undefined,
    ]);
  });

  test('the other settings of the app count as ever, and those of other requests are untouched', async () => {
    const app = express();
    app.set('json spaces', 1);
    app.set('json replacer', (key: string, value: unknown) => (key === 'secret' ? undefined : value));
    app.put(
      '/',
      preconditions(() => VERSION),
      (_req, res) => {
        res.json({ a: 1, secret: 2 });
      },
    );
    app.get('/plain', (_req, res) => {
      res.json({});
    });
    expect((await ask(app, ['PUT /'])).body.toString()).toBe('{\n "a": 1\n}');
    expect(fieldOf(await ask(app, ['GET /plain']), 'ETag')).toMatch(/^W\//);
  });

  test('a setting that is changed while the app runs counts', async () => {
    const app = appWith(express, VERSION, (res) => res.json({ a: 1 }));
    expect((await ask(app, ['PUT /'])).body.toString()).toBe('{"a":1}');
    app.set('json spaces', 1);
    expect((await ask(app, ['PUT /'])).body.toString()).toBe('{\n "a": 1\n}');
  });

  test('res.app is the app before and after res.send, also when that throws', async () => {
    const app = express();
    const seen: boolean[] = [];
    const unsendable: Record<string, unknown> = {};
    unsendable['self'] = unsendable;
    app.put(
      '/',
      preconditions(() => VERSION),
      (_req, res) => {
        seen.push(res.app === app);
        expect(() => res.json(unsendable)).toThrow('circular');
        seen.push(res.app === app);
        res.json({});
        seen.push(res.app === app);
      },
    );
    const errors = recordErrors(app);
    expect((await ask(app, ['PUT /'])).status).toBe(200);
    expect([seen, errors]).toEqual([[true, true, true], []]);
  });

  test('res.send gives the response, as ever', async () => {
    const app = appWith(express, VERSION, (res) => expect(res.status(202).send('ok')).toBe(res));
    expect((await ask(app, ['PUT /'])).status).toBe(202);
  });

  describe('in a sub-app', () => {
    /** A parent with a sub-app that has a setting of its own. */
    function nested(parentLevel: RequestHandler, subLevel: RequestHandler): Express {
      const [parent, sub] = [express(), express()];
      sub.set('json spaces', 1);
      sub.put('/', subLevel, (req, res) => {
        res.set('X-App', String(res.app === sub && req.app === sub)).json({ a: 1 });
      });
      parent.use('/sub', parentLevel, sub);
      parent.put('/after', parentLevel, (_req, res) => {
        res.json({ a: 1 });
      });
      return parent;
    }

    const nothing: RequestHandler = (_req, _res, next) => next();

    test.each([
      ['the parent', (middleware: RequestHandler) => nested(middleware, nothing)],
      ['the sub-app', (middleware: RequestHandler) => nested(nothing, middleware)],
      ['both', (middleware: RequestHandler) => nested(middleware, middleware)],
    ])(
      'is kept away by the middleware of %s, and res.app and its settings are those of the sub-app',
      async (_where, make) => {
        const app = make(preconditions(() => VERSION) as RequestHandler);
        const response = await ask(app, ['PUT /sub', 'If-Match: "1"']);
        expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'X-App')]).toEqual([
          200,
          undefined,
          'true',
        ]);
        expect(response.body.toString()).toBe('{\n "a": 1\n}');
      },
    );

    test('a handler of the parent after a sub-app that passed the request on has the settings of the parent', async () => {
      const [parent, sub] = [express(), express()];
      sub.set('json spaces', 1);
      sub.put(
        '/',
        preconditions(() => VERSION),
        (_req, _res, next) => next(),
      );
      parent.use(sub);
      parent.put('/', (_req, res) => {
        res.set('X-App', String(res.app === parent)).json({ a: 1 });
      });
      const response = await ask(parent, ['PUT /', 'If-Match: "1"']);
      expect([fieldOf(response, 'X-App'), fieldOf(response, 'ETag'), response.body.toString()]).toEqual([
        'true',
        undefined,
        '{"a":1}',
      ]);
    });
  });

  test('R-9.3.4-c: the handler knows whether a PUT creates or replaces', async () => {
    for (const [answer, status] of [
      [null, 201],
      [VERSION, 200],
    ] as const) {
      const app = express();
      app.put(
        '/',
        preconditions(() => answer),
        (req, res) => {
          res.status(req.precondition.exists === true ? 200 : 201).json({ exists: req.precondition.exists });
        },
      );
      const response = await ask(app, ['PUT /', answer === null ? 'If-None-Match: *' : 'If-Match: "1"']);
      expect([response.status, jsonOf(response)]).toEqual([status, { exists: answer !== null }]);
    }
  });
});
