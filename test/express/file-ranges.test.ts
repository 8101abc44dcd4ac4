import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { fromStat, preconditions, strong, weak } from '../../lib/index.js';
import type { VersionProvider } from '../../lib/index.js';
import { T, T_DATE, T_PLUS_1 } from '../core/fixtures.js';
import { ask } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { fieldOf } from '../helpers/raw-http.js';
import { FILES, REPRESENTATION, RESOURCE, WAYS_OF_SERVING_FILES } from './ways-of-serving.js';

const RANGE = [`GET ${RESOURCE}`, 'Range: bytes=5-8'];
const LENGTH = REPRESENTATION.length;

describe.each(EXPRESS_VERSIONS)('ranges of files over $name', ({ express }) => {
  describe.each(WAYS_OF_SERVING_FILES)('$name behind the middleware', (way) => {
    function appWith(provider: VersionProvider): Express {
      const app = express();
      app.get(RESOURCE, preconditions(provider), way.handler(express));
      return app;
    }

    const strongly = (): Express => appWith(() => ({ etag: strong('a'), lastModified: T_DATE }));

    test.each(['If-Range: "a"', `If-Range: ${T}`, 'If-Match: "a"', 'If-None-Match: "b"', 'Accept: */*'])(
      'R-13.1.5-h: sends the range with %j',
      async (line) => {
        const response = await ask(strongly(), [...RANGE, line]);
        expect([response.status, response.body.toString()]).toEqual([206, REPRESENTATION.slice(5, 9)]);
        expect(fieldOf(response, 'Content-Range')).toBe(`bytes 5-8/${LENGTH}`);
      },
    );

    test('R-15.3.7-a: the 206 carries what the 200 carries', async () => {
      const app = appWith(() => ({
        etag: strong('a'),
        lastModified: T_DATE,
        headers: { Vary: 'X', 'Cache-Control': 'no-cache' },
      }));
      const [part, whole] = [await ask(app, RANGE), await ask(app, [`GET ${RESOURCE}`])];
      expect([part.status, whole.status]).toEqual([206, 200]);
      for (const name of ['ETag', 'Last-Modified', 'Vary', 'Cache-Control'])
        expect([name, fieldOf(part, name)]).toEqual([name, fieldOf(whole, name)]);
      expect(fieldOf(part, 'ETag')).toBe('"a"');
    });

    // `send` looks for the tag anywhere in the value, and takes any later date.
    test.each([
      'If-Range: "b"',
      'If-Range: x"a"',
      'If-Range: "a", "b"',
      'If-Range: W/"a"',
      `If-Range: ${T_PLUS_1}`,
      'If-Range: 2020-01-01',
      'If-Range:',
    ])('R-13.1.5-g: sends the whole file with %j', async (line) => {
      const response = await ask(strongly(), [...RANGE, line]);
      expect([response.status, response.body.toString()]).toEqual([200, REPRESENTATION]);
      expect(fieldOf(response, 'Content-Range')).toBeUndefined();
    });

    test('R-13.1.5-g: sends the whole file for a false If-Range, although the range could not be satisfied', async () => {
      const beyond = [`GET ${RESOURCE}`, 'Range: bytes=9000-'];
      expect((await ask(strongly(), [...beyond, 'If-Range: "b"'])).status).toBe(200);
      expect((await ask(strongly(), [...beyond, 'If-Range: "a"'])).status).toBe(416);
    });

    test('R-13.1.5-g: sends the whole file where the provider has found none, since it is not the one that If-Range names', async () => {
      const app = appWith(() => null);
      for (const line of ['If-Range: "b"', `If-Range: ${T}`])
        expect((await ask(app, [...RANGE, line])).body.toString()).toBe(REPRESENTATION);
      expect((await ask(app, RANGE)).status).toBe(206);
    });

    test('R-13.1.5-d: a weak tag is no reason for a range', async () => {
      const app = appWith(() => ({ etag: weak('a') }));
      expect((await ask(app, [...RANGE, 'If-Range: W/"a"'])).status).toBe(200);
      expect((await ask(app, RANGE)).status).toBe(206);
    });

    test('R-14.2-a: sends no range to a HEAD', async () => {
      for (const line of ['If-Range: "a"', 'If-Range: "b"', 'Accept: */*']) {
        const response = await ask(strongly(), [`HEAD ${RESOURCE}`, RANGE[1]!, line]);
        expect([response.status, fieldOf(response, 'Content-Length')]).toEqual([200, String(LENGTH)]);
      }
    });

    test('the tag and the date that fromStat gives are those that it sends by itself', async () => {
      const alone = express();
      alone.get(RESOURCE, way.handler(express));
      const app = appWith(fromStat(() => stat(join(FILES, 'resource.txt'))));
      const [without, behind] = [await ask(alone, [`GET ${RESOURCE}`]), await ask(app, [`GET ${RESOURCE}`])];
      for (const name of [
        'ETag',
        'Last-Modified',
        'Accept-Ranges',
        'Cache-Control',
        'Content-Length',
        'Content-Type',
      ])
        expect([name, fieldOf(behind, name)]).toEqual([name, fieldOf(without, name)]);
      const [etag, lastModified] = [fieldOf(behind, 'ETag')!, fieldOf(behind, 'Last-Modified')!];
      expect((await ask(app, [`GET ${RESOURCE}`, `If-None-Match: ${etag}`])).status).toBe(304);
      expect((await ask(app, [`GET ${RESOURCE}`, `If-Modified-Since: ${lastModified}`])).status).toBe(304);
      // Neither is strong.
      expect((await ask(app, [...RANGE, `If-Range: ${etag}`])).status).toBe(200);
      expect((await ask(app, [...RANGE, `If-Range: ${lastModified}`])).status).toBe(200);
    });
  });
});
