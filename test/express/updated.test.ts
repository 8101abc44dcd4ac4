import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { fromVersion, preconditions, strong, weak } from '../../lib/index.js';
import type { ResourceVersion } from '../../lib/index.js';
import { T, T_DATE } from '../core/fixtures.js';
import { ask, recordErrors, setting } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { fieldOf, jsonOf } from '../helpers/raw-http.js';
import { BAD_ANSWERS } from './provider-answers.cases.js';

const BEFORE: ResourceVersion = { etag: strong('1'), lastModified: new Date(0) };
const AFTER: ResourceVersion = { etag: strong('2'), lastModified: T_DATE };

const NO_VERSIONS = [undefined, null].map((answer) => ({
  title: String(answer),
  answer,
  code: 'ERR_PROVIDER_VALUE',
}));
const BAD_VERSIONS = [...BAD_ANSWERS.filter(({ answer }) => answer !== undefined), ...NO_VERSIONS];

const validators = (response: RawResponse): unknown[] => [
  fieldOf(response, 'ETag'),
  fieldOf(response, 'Last-Modified'),
];

describe.each(EXPRESS_VERSIONS)('req.precondition.updated, $name', ({ express }) => {
  /** An app whose handler announces a version and answers with content that Express would hash. */
  function announcing(version: ResourceVersion, status = 200): Express {
    const app = express();
    app.all(
      '/',
      preconditions(() => BEFORE),
      (req, res) => {
        req.precondition.updated(version);
        if (status === 204) res.status(204).end();
        else res.status(status).json({ ok: true });
      },
    );
    return app;
  }

  test.each([200, 204])(
    'R-9.3.4-a: announces the new version on a PUT whose content was stored as it came, %i',
    async (status) => {
      for (const lines of [['PUT /', 'If-Match: "1"'], ['PUT /']]) {
        const response = await ask(announcing(AFTER, status), lines);
        expect([response.status, ...validators(response)]).toEqual([status, '"2"', T]);
      }
    },
  );

  test('R-5789-2.1-a: announces the result of a PATCH, beside a Content-Location of the handler', async () => {
    const app = express();
    app.patch(
      '/events/7',
      preconditions(() => BEFORE),
      (req, res) => {
        req.precondition.updated({ etag: strong('2') });
        res.set('Content-Location', '/events/7').status(204).end();
      },
    );
    const response = await ask(app, ['PATCH /events/7', 'If-Match: "1"']);
    expect([response.status, fieldOf(response, 'ETag'), fieldOf(response, 'Content-Location')]).toEqual([
      204,
      '"2"',
      '/events/7',
    ]);
  });

  test('R-15.3.2-a: announces what a POST created, not the collection', async () => {
    const collection = fromVersion(
      () => ({ version: 'collection-5' }),
      (row) => row.version,
    );
    const item = fromVersion(
      () => ({ version: 'item-1' }),
      (row) => row.version,
    );
    const app = express();
    app.post('/events', preconditions(collection), (req, res) => {
      req.precondition.updated(item.versionOf({ version: 'item-1' }));
      res.status(201).location('/events/1').json({ id: 1 });
    });
    const response = await ask(app, ['POST /events', 'If-Match: "collection-5"']);
    expect([response.status, fieldOf(response, 'ETag')]).toEqual([201, '"item-1"']);
  });

  test('R-9.3.5-a: does nothing on DELETE, after which there is nothing to describe', async () => {
    const response = await ask(announcing(AFTER), ['DELETE /', 'If-Match: "1"']);
    expect([response.status, ...validators(response)]).toEqual([200, undefined, undefined]);
  });

  test('R-8.8-a: replaces every validator of before, and takes away the one that the version has not', async () => {
    const app = express();
    app.put(
      '/',
      setting({ ETag: '"1"', 'Last-Modified': 'x' }),
      preconditions(() => BEFORE),
      (req, res) => {
        req.precondition.updated(
          req.get('X-Kind') === 'date' ? { lastModified: T_DATE } : { etag: weak('2') },
        );
        res.json({});
      },
    );
    expect(validators(await ask(app, ['PUT /', 'X-Kind: date']))).toEqual([undefined, T]);
    expect(validators(await ask(app, ['PUT /', 'X-Kind: tag']))).toEqual(['W/"2"', undefined]);
  });

  test('the last call counts', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => BEFORE),
      (req, res) => {
        req.precondition.updated(AFTER);
        req.precondition.updated({ etag: strong('3') });
        res.json({});
      },
    );
    expect(validators(await ask(app, ['PUT /']))).toEqual(['"3"', undefined]);
  });

  test('R-8.8.2.1-c: sends a date in the future as the present', async () => {
    const response = await ask(announcing({ lastModified: new Date(Date.now() + 86_400_000) }), ['PUT /']);
    const sent = Date.parse(fieldOf(response, 'Last-Modified')!);
    expect(sent).toBeLessThanOrEqual(Date.parse(fieldOf(response, 'Date')!));
  });

  test.each(BAD_VERSIONS)('throws for $title and sends nothing of it', async ({ answer, code }) => {
    const app = announcing(answer as ResourceVersion);
    const errors = recordErrors(app);
    const response = await ask(app, ['PUT /', 'If-Match: "1"']);
    expect([response.status, ...validators(response)]).toEqual([500, undefined, undefined]);
    expect(errors).toMatchObject([
      { code, message: expect.stringContaining('req.precondition.updated() was given') },
    ]);
  });

  test('throws when the header section is sent already', async () => {
    const app = express();
    app.put(
      '/',
      preconditions(() => BEFORE),
      (req, res) => {
        res.json({ ok: true });
        expect(() => req.precondition.updated(AFTER)).toThrow(
          expect.objectContaining({
            code: 'ERR_RESPONSE_SENT',
            message: expect.stringContaining('precondition.updated()'),
          }),
        );
      },
    );
    const errors = recordErrors(app);
    const response = await ask(app, ['PUT /']);
    expect([jsonOf(response), ...validators(response), errors]).toEqual([
      { ok: true },
      undefined,
      undefined,
      [],
    ]);
  });

  test('a tag that was announced is the one that the next conditional write needs', async () => {
    const row = { version: 1 };
    const provider = fromVersion(
      () => row,
      ({ version }) => version,
    );
    const app = express();
    app.put('/', preconditions(provider), (req, res) => {
      row.version++;
      req.precondition.updated(provider.versionOf(row));
      res.json({});
    });
    const first = await ask(app, ['PUT /', 'If-Match: "1"']);
    expect([first.status, fieldOf(first, 'ETag')]).toEqual([200, '"2"']);
    expect((await ask(app, ['PUT /', 'If-Match: "1"'])).status).toBe(412);
    expect((await ask(app, ['PUT /', `If-Match: ${fieldOf(first, 'ETag')}`])).status).toBe(200);
  });
});
