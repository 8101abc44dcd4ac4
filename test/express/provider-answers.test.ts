import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { isHttpPreconditionsError, preconditions, SKIP, strong } from '../../lib/index.js';
import type { ProviderAnswer, VersionProvider } from '../../lib/index.js';
import { ask, mustNotRun, recordErrors } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';
import { BAD_ANSWERS } from './provider-answers.cases.js';

const READ = ['GET /events/7'];
const WRITE = ['PUT /events/7', 'If-Match: "v1"'];

describe.each(EXPRESS_VERSIONS)('what a provider answers, over $name', ({ express }) => {
  /** An app whose handler must not run, and the errors that reach its error handler. */
  function guarded(provider: VersionProvider): { app: Express; errors: unknown[] } {
    const app = express();
    app.all('/events/:id', preconditions(provider), mustNotRun);
    return { app, errors: recordErrors(app) };
  }

  describe.each(BAD_ANSWERS)('$title is an error', ({ answer, code, message }) => {
    const answers: readonly [string, VersionProvider][] = [
      ['at once', () => answer as ProviderAnswer],
      ['later', () => Promise.resolve(answer as ProviderAnswer)],
    ];

    test.each(answers)('%s, on a read and on a write, and nothing is sent of it', async (_when, provider) => {
      const { app, errors } = guarded(provider);
      for (const lines of [READ, WRITE, ['HEAD /events/7'], ['DELETE /events/7', 'If-None-Match: *']]) {
        const response = await ask(app, lines);
        expect(response.status).toBe(500);
        for (const name of ['ETag', 'Last-Modified', 'Vary', 'Set-Cookie', 'Content-Type'])
          expect([name, fieldOf(response, name)]).toEqual([name, undefined]);
      }
      expect(errors).toHaveLength(4);
      for (const error of errors) {
        expect(isHttpPreconditionsError(error)).toBe(true);
        expect(error).toMatchObject({
          code,
          status: 500,
          expose: false,
          message: expect.stringMatching(message),
        });
      }
      expect(String(errors[1])).toContain('The version provider of PUT "/events/7"');
      expect(String(errors[1])).toContain(`[${code}: see docs/error-codes.md]`);
    });
  });

  test('a version with more members than the middleware knows is a version', async () => {
    const app = express();
    app.get(
      '/',
      preconditions(() => ({ etag: strong('v1'), id: 7, lastModified: undefined, headers: undefined })),
      (req, res) => {
        res.json(req.precondition.version);
      },
    );
    const response = await ask(app, ['GET /']);
    expect(JSON.parse(response.body.toString())).toEqual({ etag: '"v1"', id: 7 });
  });

  test('an object without a prototype, a class instance and a frozen object are versions', async () => {
    class Row {
      get etag(): `"${string}"` {
        return '"v1"';
      }
    }
    const bare = Object.assign(Object.create(null) as object, { etag: strong('v1') });
    for (const version of [bare, new Row(), Object.freeze({ etag: strong('v1') })]) {
      const app = express();
      app.get(
        '/',
        preconditions(() => version),
        mustNotRun,
      );
      expect((await ask(app, ['GET /', 'If-None-Match: "v1"'])).status).toBe(304);
    }
  });

  test('each member of a version is read once, so that what was checked is what is sent', async () => {
    let reads = 0;
    const app = express();
    const version = {
      get etag(): `"${string}"` {
        return ++reads === 1 ? '"v1"' : '"v1"\r\nX: "';
      },
    };
    app.get(
      '/',
      preconditions(() => version),
      mustNotRun,
    );
    const response = await ask(app, ['GET /', 'If-None-Match: "v1"']);
    expect([response.status, fieldOf(response, 'ETag'), reads]).toEqual([304, '"v1"', 1]);
  });

  test('null is no current representation: a read is left to the handler, a write is evaluated', async () => {
    const app = express();
    app.all(
      '/',
      preconditions(() => null),
      (req, res) => {
        res.status(404).json({ exists: req.precondition.exists, version: req.precondition.version });
      },
    );
    const response = await ask(app, ['GET /', 'If-None-Match: *']);
    expect([response.status, response.body.toString()]).toEqual([404, '{"exists":false,"version":null}']);
    expect((await ask(app, ['PUT /', 'If-Match: *'])).status).toBe(412);
  });

  test('SKIP lets every request pass as if the middleware were not there', async () => {
    const app = express();
    app.all(
      '/',
      preconditions((): typeof SKIP => SKIP, { required: ['PUT'], headers: { Vary: 'X' } }),
      (req, res) => {
        res.json({ precondition: typeof req.precondition });
      },
    );
    const plain = express();
    plain.all('/', (_req, res) => {
      res.json({ precondition: 'undefined' });
    });
    const etag = fieldOf(await ask(plain, ['GET /']), 'ETag');
    expect(etag).toMatch(/^W\//);
    for (const lines of [
      ['GET /', `If-None-Match: ${etag}`],
      ['GET /', 'If-Match: "v1"'],
      ['PUT /'],
      ['PUT /', 'If-Match: "v1"'],
      ['DELETE /', 'If-None-Match: *'],
    ]) {
      const [skipped, without] = [await ask(app, lines), await ask(plain, lines)];
      const fields = (lineList: typeof skipped.lines): unknown =>
        lineList.filter(([name]) => name !== 'Date');
      expect([skipped.status, fields(skipped.lines), skipped.body]).toEqual([
        without.status,
        fields(without.lines),
        without.body,
      ]);
    }
  });
});
