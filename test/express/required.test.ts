import { describe, expect, test } from '@jest/globals';
import type { Express, Request } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { ask, mustNotRun, recordErrors, setting, throwing } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';

const CURRENT: ResourceVersion = { etag: strong('secret-7') };
const PUT_REQUIRED: PreconditionsOptions = { required: ['PUT'] };

describe.each(EXPRESS_VERSIONS)('a 428 over $name', ({ express }) => {
  function appWith(
    options: PreconditionsOptions,
    version: ResourceVersion | null = CURRENT,
    upstream: Readonly<Record<string, string>> = {},
  ): Express {
    const app = express();
    app.all(
      '/',
      setting(upstream),
      preconditions(() => version, options),
      mustNotRun,
    );
    return app;
  }

  test('R-6585-3-a: is problem details, and the handler does not run', async () => {
    const response = await ask(appWith(PUT_REQUIRED), ['PUT /'], 'content');
    expect(response.status).toBe(428);
    expect(fieldOf(response, 'Content-Type')).toBe('application/problem+json');
    expect(jsonOf(response)).toEqual({
      type: 'about:blank',
      title: 'Precondition Required',
      status: 428,
      detail: expect.any(String),
      code: 'ERR_PRECONDITION_REQUIRED',
      reason: 'required',
    });
  });

  test('R-6585-3-b: says how to repeat a request for what exists', async () => {
    const { detail } = jsonOf(await ask(appWith(PUT_REQUIRED), ['PUT /']));
    expect(detail).toContain('If-Match');
    expect(detail).not.toContain('If-None-Match');
    expect(detail).not.toContain('secret-7');
  });

  test('R-6585-3-b: says how to repeat a request that creates', async () => {
    const { detail } = jsonOf(await ask(appWith(PUT_REQUIRED, null), ['PUT /']));
    expect(detail).toContain('If-None-Match: *');
  });

  test('R-6585-3-b: does not tell how to create to a request that would delete', async () => {
    const response = await ask(appWith({ required: ['DELETE'] }, null), ['DELETE /']);
    expect(response.status).toBe(428);
    expect(jsonOf(response)['detail']).not.toContain('If-None-Match');
  });

  test('R-6585-3-c: must not be stored, whatever a middleware before it had set', async () => {
    const upstream = {
      'Cache-Control': 'max-age=60',
      'Surrogate-Control': 'max-age=60',
      Expires: 'never',
      ETag: '"old"',
    };
    const response = await ask(appWith(PUT_REQUIRED, CURRENT, upstream), ['PUT /']);
    expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
    for (const name of ['Surrogate-Control', 'Expires', 'ETag'])
      expect([name, fieldOf(response, name)]).toEqual([name, undefined]);
  });

  test('carries the current ETag where `exposeEtag` asks for it', async () => {
    const response = await ask(appWith({ ...PUT_REQUIRED, exposeEtag: true }), ['PUT /']);
    expect([response.status, fieldOf(response, 'ETag')]).toEqual([428, '"secret-7"']);
  });

  test('R-6585-3-d: the handler answers 404 under `onMissing: "perform"`', async () => {
    const app = express();
    app.delete(
      '/',
      preconditions(() => null, { required: ['DELETE'], onMissing: 'perform' }),
      (_req, res) => {
        res.sendStatus(404);
      },
    );
    expect((await ask(app, ['DELETE /'])).status).toBe(404);
  });

  test('R-6585-3-e: `required` as a function sees the request, and is not asked for reads', async () => {
    const seen: string[] = [];
    const required = (req: Request): boolean => {
      seen.push(`${req.method} ${req.path}`);
      return req.get('X-Client') === 'new';
    };
    const app = express();
    app.all(
      '/',
      preconditions(() => CURRENT, { required }),
      (_req, res) => {
        res.sendStatus(204);
      },
    );
    expect((await ask(app, ['PUT /', 'X-Client: new'])).status).toBe(428);
    expect((await ask(app, ['PUT /'])).status).toBe(204);
    for (const method of ['GET', 'HEAD', 'OPTIONS'])
      expect((await ask(app, [`${method} /`])).status).toBe(204);
    expect(seen).toEqual(['PUT /', 'PUT /']);
  });

  test.each([
    ['an Error', new Error('no idea')],
    ['undefined', undefined],
    ['"route"', 'route'],
    ['"router"', 'router'],
  ])('a `required` or a `now` that throws %s does not let the request through', async (_what, thrown) => {
    for (const options of [{ required: throwing(thrown) }, { now: throwing(thrown) }]) {
      const app = appWith(options);
      const errors = recordErrors(app);
      expect((await ask(app, ['PUT /'])).status).toBe(500);
      expect(errors).toMatchObject([{ code: 'ERR_CALLBACK_FAILED', cause: thrown }]);
    }
  });
});
