import { brotliDecompressSync, gunzipSync, gzipSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import compression from 'compression';
import type { Express, RequestHandler } from 'express';
import { preconditions, strong, weak } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { T, T_DATE } from '../core/fixtures.js';
import { ask, mustNotRun, recordErrors } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';
import type { RawResponse } from '../helpers/raw-http.js';

const CONTENT = JSON.stringify({ text: 'content '.repeat(500) });
const V1: ResourceVersion = { etag: strong('v1') };
const CODINGS: PreconditionsOptions = { contentCodings: ['br', 'gzip', 'deflate'] };
const compressing = compression as unknown as () => RequestHandler;

const DECODERS: Record<string, (content: Buffer) => Buffer> = {
  br: brotliDecompressSync,
  gzip: gunzipSync,
  deflate: inflateSync,
};

const sendContent: RequestHandler = (_req, res) => {
  res.type('json').send(CONTENT);
};

function tagAndCoding(response: RawResponse): unknown[] {
  return [response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Content-Encoding')];
}

describe.each(EXPRESS_VERSIONS)('a representation in several content codings over $name', ({ express }) => {
  function reading(
    version: ResourceVersion = V1,
    {
      options = CODINGS,
      handler = sendContent,
    }: { options?: PreconditionsOptions; handler?: RequestHandler } = {},
  ): Express {
    const app = express();
    app.use(compressing());
    app.get(
      '/',
      preconditions(() => version, options),
      handler,
    );
    return app;
  }

  describe('on a read', () => {
    test.each(['br', 'gzip', 'deflate'])('R-8.8.3.3-a: has a strong tag of its own in %s', async (coding) => {
      const response = await ask(reading(), ['GET /', `Accept-Encoding: ${coding}`]);
      expect(tagAndCoding(response)).toEqual([200, `"v1--${coding}"`, coding]);
      expect(DECODERS[coding]?.(response.body).toString()).toBe(CONTENT);
      expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
    });

    test('has the tag of the provider as it is', async () => {
      for (const lines of [
        ['GET /'],
        ['HEAD /', 'Accept-Encoding: gzip'],
        ['GET /', 'Accept-Encoding: identity'],
      ]) {
        const response = await ask(reading(), lines);
        expect(tagAndCoding(response)).toEqual([200, '"v1"', undefined]);
        expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
      }
    });

    test('has the tag of the provider when it is too short to be compressed', async () => {
      const short: RequestHandler = (_req, res) => void res.send('short');
      const response = await ask(reading(V1, { handler: short }), ['GET /', 'Accept-Encoding: gzip']);
      expect(tagAndCoding(response)).toEqual([200, '"v1"', undefined]);
    });

    test('has the tag of its coding also when compression comes behind the middleware', async () => {
      const app = express();
      app.get(
        '/',
        preconditions(() => V1, CODINGS),
        compressing(),
        sendContent,
      );
      const response = await ask(app, ['GET /', 'Accept-Encoding: gzip']);
      expect(tagAndCoding(response)).toEqual([200, '"v1--gzip"', 'gzip']);
    });

    test('has the tag of its coding when the handler has it compressed already', async () => {
      const compressed: RequestHandler = (_req, res) =>
        void res.set('Content-Encoding', 'gzip').end(gzipSync(CONTENT));
      const response = await ask(reading(V1, { handler: compressed }), ['GET /', 'Accept-Encoding: gzip']);
      expect(tagAndCoding(response)).toEqual([200, '"v1--gzip"', 'gzip']);
    });

    test('has the tag of the provider again when the coding is taken back', async () => {
      const undecided: RequestHandler = (_req, res) => {
        res.set('content-encoding', 'gzip');
        res.removeHeader('Content-Encoding');
        res.set('Content-Encoding', 'identity').end(CONTENT);
      };
      const response = await ask(reading(V1, { handler: undecided }), ['GET /']);
      expect(tagAndCoding(response)).toEqual([200, '"v1"', 'identity']);
    });

    test('R-8.8.1-c: has a weak tag in a coding that the option does not list', async () => {
      const app = reading(V1, { options: { contentCodings: ['br'] } });
      const response = await ask(app, ['GET /', 'Accept-Encoding: gzip']);
      expect(tagAndCoding(response)).toEqual([200, 'W/"v1"', 'gzip']);
    });

    test.each([
      ['a weak tag', { etag: weak('v1') }, 'W/"v1"'],
      ['no tag', { lastModified: T_DATE }, undefined],
    ])('keeps %s in all codings', async (_name, version, tag) => {
      for (const coding of ['gzip', 'identity']) {
        const response = await ask(reading(version), ['GET /', `Accept-Encoding: ${coding}`]);
        expect([response.status, fieldOf(response, 'ETag')]).toEqual([200, tag]);
      }
    });

    test('leaves a tag alone that the handler sets', async () => {
      const own: RequestHandler = (_req, res) => void res.set('ETag', '"own"').type('json').send(CONTENT);
      const response = await ask(reading(V1, { handler: own }), ['GET /', 'Accept-Encoding: gzip']);
      expect(tagAndCoding(response)).toEqual([200, '"own"', 'gzip']);
    });

    test.each([
      ['"v1"', 'bytes=5-'],
      ['"v1--gzip"', 'none'],
    ])('R-13.1.5-g: with If-Range: %s, Range is %s', async (listed, range) => {
      const tell: RequestHandler = (req, res) => void res.send(req.headers.range ?? 'none');
      const lines = ['GET /', 'Accept-Encoding: gzip', 'Range: bytes=5-', `If-Range: ${listed}`];
      expect((await ask(reading(V1, { handler: tell }), lines)).body.toString()).toBe(range);
    });

    test('R-15.3.7-a: a compressed part does not pass for one of the representation as it is', async () => {
      const file: RequestHandler = (_req, res) => {
        res.status(206).set('Content-Range', 'bytes 0-9/10').type('json').send(CONTENT);
      };
      const response = await ask(reading(V1, { handler: file }), [
        'GET /',
        'Range: bytes=0-',
        'Accept-Encoding: br',
      ]);
      expect(tagAndCoding(response)).toEqual([206, '"v1--br"', 'br']);
    });
  });

  describe('is recognised on a read', () => {
    const app = (version: ResourceVersion = V1): Express => reading(version, { handler: mustNotRun });

    test.each([
      ['the coding that the client takes', 'gzip', '"v1--gzip"', '"v1--gzip"'],
      ['one of several', 'gzip, br', '"x", "v1--gzip"', '"v1--gzip"'],
      ['the one that the server prefers', 'gzip, br', '"v1--gzip", "v1--br", "v1"', '"v1--br"'],
      ['a coded one before the one as it is', 'gzip', '"v1", "v1--gzip"', '"v1--gzip"'],
      ['the one as it is, which the client takes, too', 'gzip', '"v1"', '"v1"'],
      ['one that a proxy has weakened', 'gzip', 'W/"v1--gzip"', '"v1--gzip"'],
      ['*', 'gzip', '*', '"v1"'],
    ])('by %s', async (_name, accepted, listed, tag) => {
      const response = await ask(app(), [
        'GET /',
        `Accept-Encoding: ${accepted}`,
        `If-None-Match: ${listed}`,
      ]);
      expect(tagAndCoding(response)).toEqual([304, tag, undefined]);
      expect(fieldOf(response, 'Vary')).toBe('Accept-Encoding');
    });

    test('R-15.4.5-b: by its date, with the Vary of the 200', async () => {
      const response = await ask(app({ lastModified: T_DATE }), ['GET /', `If-Modified-Since: ${T}`]);
      expect([response.status, fieldOf(response, 'Vary')]).toEqual([304, 'Accept-Encoding']);
    });

    test.each([
      ['in a coding that the client does not take', 'br', '"v1--gzip"', '"v1--br"'],
      ['in a coding that the client refuses', 'gzip;q=0', '"v1--gzip"', '"v1"'],
      ['in a coding that nobody applies', 'br', '"v1--zstd"', '"v1--br"'],
      ['of another version', 'gzip', '"v0--gzip"', '"v1--gzip"'],
      ['of another version in two codings', 'gzip', '"v1--gzip--gzip"', '"v1--gzip"'],
    ])('but not %s', async (_name, accepted, listed, tag) => {
      const lines = ['GET /', `Accept-Encoding: ${accepted}`, `If-None-Match: ${listed}`];
      const response = await ask(reading(), lines);
      expect(tagAndCoding(response).slice(0, 2)).toEqual([200, tag]);
    });
  });

  describe('is recognised on a write', () => {
    const BOTH = ['"v1--gzip"', '"v1--br"', '"v1"', '"x", "v1--deflate"'];

    function writing(options: PreconditionsOptions = CODINGS, handler: RequestHandler = mustNotRun): Express {
      const app = express();
      app.put(
        '/',
        preconditions(() => V1, options),
        handler,
      );
      return app;
    }

    const answerRequest: RequestHandler = (req, res) => void res.json(req.precondition?.request.ifMatch);

    test.each(BOTH)('R-13.1.1-a: by If-Match: %s, which the handler sees as it came', async (listed) => {
      const response = await ask(writing(CODINGS, answerRequest), ['PUT /', `If-Match: ${listed}`]);
      expect([response.status, jsonOf(response)]).toEqual([200, listed]);
    });

    test.each(BOTH)('R-13.1.2-b: by If-None-Match: %s', async (listed) => {
      const response = await ask(writing(), ['PUT /', `If-None-Match: ${listed}`]);
      expect([response.status, jsonOf(response)]).toMatchObject([412, { reason: 'match' }]);
    });

    test.each([
      ['"v0--gzip"', 'no-match'],
      ['"v1--zstd"', 'no-match'],
      ['"v1-gzip"', 'no-match'],
      ['"v1--gzip--gzip"', 'no-match'],
      ['W/"v1--gzip"', 'weak-tag'],
      ['"x", --gzip"v1"', 'malformed'],
      ['*, "v1--gzip"', 'malformed'],
    ])('but not by If-Match: %s (%s)', async (listed, reason) => {
      const response = await ask(writing(), ['PUT /', `If-Match: ${listed}`]);
      expect([response.status, jsonOf(response)]).toMatchObject([412, { reason }]);
    });

    test("by a weakened tag where ifMatch is 'weak'", async () => {
      const app = writing({ ...CODINGS, ifMatch: 'weak' }, answerRequest);
      expect((await ask(app, ['PUT /', 'If-Match: W/"v1--gzip"'])).status).toBe(200);
    });

    test('not at all without the option', async () => {
      const response = await ask(writing({}), ['PUT /', 'If-Match: "v1--gzip"']);
      expect(response.status).toBe(412);
    });

    test('and every repeated line counts', async () => {
      const app = writing(CODINGS, answerRequest);
      const response = await ask(app, ['PUT /', 'If-Match: "x"', 'If-Match: "v1--gzip"']);
      expect([response.status, jsonOf(response)]).toEqual([200, ['"x"', '"v1--gzip"']]);
    });
  });

  test.each(['GET', 'PUT'])(
    '%s stops at a tag of the provider that looks like one of a coding',
    async (method) => {
      const app = express();
      app.all(
        '/',
        preconditions(() => ({ etag: strong('v1--gzip') }), CODINGS),
        mustNotRun,
      );
      const errors = recordErrors(app);
      const response = await ask(app, [`${method} /`, 'If-Match: "v1--gzip"']);
      expect(response.status).toBe(500);
      expect(errors).toMatchObject([{ code: 'ERR_ENTITY_TAG_SYNTAX' }]);
    },
  );
});
