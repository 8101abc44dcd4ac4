import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, Refusal, Respond, ResourceVersion } from '../../lib/index.js';
import { ask, mustNotRun, recordErrors, setting, throwing } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';
import { FILES, REPRESENTATION } from './ways-of-serving.js';

const CURRENT: ResourceVersion & { text: string } = { etag: strong('v7'), text: 'new' };
const STALE = ['PUT /', 'If-Match: "v6"'];

describe.each(EXPRESS_VERSIONS)('a responder over $name', ({ express }) => {
  function appWith(
    respond: Respond,
    options: PreconditionsOptions = {},
  ): { app: Express; errors: unknown[] } {
    const app = express();
    const upstream = setting({ 'Cache-Control': 'max-age=60', ETag: '"old"', 'Content-Type': 'text/html' });
    app.all(
      '/',
      upstream,
      preconditions(() => CURRENT, { ...options, respond }),
      mustNotRun,
    );
    return { app, errors: recordErrors(app) };
  }

  test('answers with content of its own; status and no-store are set, fields of the 200 and hashed tags are not', async () => {
    const { app } = appWith(({ code }, _req, res) => res.json({ error: { code } }));
    const response = await ask(app, STALE);
    expect(response.status).toBe(412);
    expect(jsonOf(response)).toEqual({ error: { code: 'ERR_PRECONDITION_FAILED' } });
    expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
    expect(fieldOf(response, 'Content-Type')).toBe('application/json; charset=utf-8');
    expect(fieldOf(response, 'ETag')).toBeUndefined();
  });

  test.each([
    [
      'PUT',
      'If-Match: "v6"',
      { status: 412, code: 'ERR_PRECONDITION_FAILED', field: 'If-Match', reason: 'no-match' },
    ],
    [
      'PUT',
      'If-Match: v6',
      { status: 400, code: 'ERR_PRECONDITION_MALFORMED', field: 'If-Match', reason: 'malformed' },
    ],
    ['PUT', 'X: y', { status: 428, code: 'ERR_PRECONDITION_REQUIRED', field: undefined, reason: 'required' }],
    [
      'GET',
      'If-Match: "v6"',
      { status: 412, code: 'ERR_PRECONDITION_FAILED', field: 'If-Match', reason: 'no-match' },
    ],
  ])('is told what was refused and why: %s with %j', async (method, line, expected) => {
    const refusals: Refusal[] = [];
    const options = { malformed: 400, required: ['PUT'] } as const;
    const { app } = appWith((refusal, req, res) => {
      refusals.push(refusal);
      expect(req.method).toBe(method);
      res.end();
    }, options);
    expect((await ask(app, [`${method} /`, line])).status).toBe(expected.status);
    expect(refusals).toEqual([{ ...expected, title: expect.any(String), detail: expect.any(String) }]);
  });

  test('may take its time', async () => {
    const { app } = appWith(async (refusal, _req, res) => {
      await new Promise(setImmediate);
      res.json(refusal.reason);
    });
    const response = await ask(app, STALE);
    expect([response.status, response.body.toString()]).toEqual([412, '"no-match"']);
  });

  test('R-13.1.1-g: may answer 2xx where the change was applied already', async () => {
    const { app } = appWith((_refusal, req, res) => {
      const applied = req.precondition?.version === CURRENT && req.get('X-Text') === CURRENT.text;
      res.status(applied ? 200 : 412).json({ applied });
    });
    const again = await ask(app, [...STALE, 'X-Text: new']);
    expect([again.status, jsonOf(again)]).toEqual([200, { applied: true }]);
    // Without a tag the client has to get the resource before it goes on editing (R-13.1.1-l).
    expect(fieldOf(again, 'ETag')).toBeUndefined();
    expect((await ask(app, [...STALE, 'X-Text: other'])).status).toBe(412);
  });

  test('R-13.1.4-i: may answer 2xx for a false If-Unmodified-Since, too', async () => {
    const app = express();
    const respond: Respond = (refusal, _req, res) =>
      res.status(refusal.field === 'If-Unmodified-Since' ? 204 : 412).end();
    app.put(
      '/',
      preconditions(() => ({ lastModified: new Date() }), { respond }),
      mustNotRun,
    );
    const response = await ask(app, ['PUT /', 'If-Unmodified-Since: Tue, 15 Nov 1994 12:45:26 GMT']);
    expect(response.status).toBe(204);
  });

  test('sends the current ETag where `exposeEtag` asks for it', async () => {
    const { app } = appWith((refusal, _req, res) => res.json(refusal.reason), { exposeEtag: true });
    expect(fieldOf(await ask(app, STALE), 'ETag')).toBe('"v7"');
  });

  test('R-13.1.1-m: may answer with a file, which is neither judged again nor cut to the Range of the refused request', async () => {
    const { app } = appWith((_refusal, _req, res) => res.sendFile('resource.txt', { root: FILES }));
    for (const lines of [
      STALE,
      ['GET /', 'If-Match: "v6"'],
      ['GET /', 'If-Match: "v6"', 'Range: bytes=0-3'],
    ]) {
      const response = await ask(app, lines);
      expect([response.status, response.body.toString(), fieldOf(response, 'ETag')]).toEqual([
        412,
        REPRESENTATION,
        undefined,
      ]);
    }
  });

  test('may hand an error of its own to `next`', async () => {
    const error = Object.assign(new Error('stale'), { status: 409 });
    const { app, errors } = appWith((_refusal, _req, _res, next) => next(error));
    expect((await ask(app, STALE)).status).toBe(409);
    expect(errors).toEqual([error]);
  });

  test('that calls `next` without an error does not let the request through', async () => {
    for (const argument of [undefined, null, 'route']) {
      const { app, errors } = appWith((_refusal, _req, _res, next) => next(argument as undefined));
      expect((await ask(app, STALE)).status).toBe(500);
      expect(errors).toMatchObject([{ code: 'ERR_CALLBACK_FAILED' }]);
    }
  });

  test('that throws or rejects with an error ends in the error handler', async () => {
    const error = new Error('no template');
    for (const respond of [throwing(error), () => Promise.reject(error)]) {
      const { app, errors } = appWith(respond);
      expect((await ask(app, STALE)).status).toBe(500);
      expect(errors).toMatchObject([{ code: 'ERR_CALLBACK_FAILED', cause: error }]);
    }
  });

  // `next(undefined)` and `next('route')` mean "go on" to Express: the request that was refused would be performed.
  test.each([
    ['undefined', undefined],
    ['null', null],
    ['"route"', 'route'],
    ['"router"', 'router'],
  ])('that throws %s does not let the request through', async (_what, thrown) => {
    const { app, errors } = appWith(throwing(thrown));
    expect((await ask(app, STALE)).status).toBe(500);
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).not.toContain('The handler ran');
  });

  test('that rejects with undefined does not let the request through', async () => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- that is what is tested
    const { app, errors } = appWith(() => Promise.reject());
    expect((await ask(app, STALE)).status).toBe(500);
    expect(errors).toHaveLength(1);
    expect(String(errors[0])).not.toContain('The handler ran');
  });
});
