import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { recordErrors, throwing } from '../helpers/apps.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, rawRequest, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const FIELDS = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', 'If-Range', 'Range'];

/** Every octet below 0x20 but the tab, and DEL: no field value has them (RFC 9110, section 5.5). */
const CONTROLS = [...Array(0x20).keys(), 0x7f].filter((code) => code !== 0x09);

const REFUSED: readonly {
  readonly what: string;
  readonly lines: readonly string[];
  readonly status: number;
}[] = [
  ...CONTROLS.map((code) => ({
    what: `the octet 0x${code.toString(16).padStart(2, '0')}`,
    lines: FIELDS.map((field) => `${field}: "a${String.fromCharCode(code)}b"`),
    status: 400,
  })),
  { what: 'a line feed alone', lines: FIELDS.map((field) => `${field}: "a"\nX: y`), status: 400 },
  { what: 'a folded line', lines: FIELDS.map((field) => `${field}: "a",\r\n "b"`), status: 400 },
  { what: 'a space before the colon', lines: FIELDS.map((field) => `${field} : "a"`), status: 400 },
  { what: 'a space before the name', lines: FIELDS.map((field) => ` ${field}: "a"`), status: 400 },
  { what: '17 KiB', lines: FIELDS.map((field) => `${field}: ${'"a",'.repeat(17 * 256)}`), status: 431 },
];

describe.each(EXPRESS_VERSIONS)('a field that Node refuses, before $name sees it:', ({ express }) => {
  /** An app whose provider must not be asked, except on `/alive`. */
  function guarded(): Express {
    const app = express();
    app.all(
      '/alive',
      preconditions(() => ({ etag: strong('v1') })),
      (_req, res) => res.send('content'),
    );
    app.use(throwing(new Error('A refused request came through.')));
    return app;
  }

  test.each(REFUSED)('R-5.5-c $what is answered $status, and the server lives', async ({ lines, status }) => {
    await withServer(guarded(), async (port) => {
      for (const line of lines) {
        const connection = new RawConnection(port);
        connection.send(requestOctets(['PUT /', line]));
        expect([line.slice(0, 40), (await connection.response('PUT')).status]).toEqual([
          line.slice(0, 40),
          status,
        ]);
        // No octet of it is taken for another request.
        expect(await connection.rest()).toBe('');
        connection.destroy();
      }
      expect((await rawRequest(port, ['GET /alive', 'If-None-Match: "v1"'])).status).toBe(304);
    });
  });

  /** More lines than the 1000 that Node hands on unless `maxHeadersCount` says otherwise; Node 20 drops the others silently. */
  const crowded = ['PUT /alive', ...Array.from({ length: 1500 }, () => 'a:'), 'If-Match: "v0"'];

  test('a condition behind 1500 other lines is false where the server takes as many', async () => {
    await withServer(guarded(), async (port, server) => {
      server.maxHeadersCount = 0;
      expect((await rawRequest(port, crowded)).status).toBe(412);
    });
  });

  test('a write whose condition Node has dropped is answered 431', async () => {
    const app = guarded();
    const errors = recordErrors(app);
    await withServer(app, async (port) => {
      expect((await rawRequest(port, crowded)).status).toBe(431);
      expect((await rawRequest(port, ['PUT /alive', ...crowded.slice(1, 900)])).status).toBe(200);
    });
    // Later versions refuse them by themselves.
    const codes = errors.map((error) => (error as { code?: string }).code);
    expect([[], ['ERR_FIELDS_DROPPED']]).toContainEqual(codes);
  });
});
