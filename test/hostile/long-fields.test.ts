import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import type { Express } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import { T_DATE } from '../core/fixtures.js';
import { recordErrors } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { ratioOfTimes } from '../helpers/ratio-of-times.js';
import { fieldOf, rawRequest } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import type { LongField } from './long-fields.cases.js';
import { LONG_FIELDS, longText } from './long-fields.cases.js';

const KIB = 1024;
/** Room for all six fields; by default Node takes 16 KiB together. */
const ROOMY = { maxHeaderSize: 128 * KIB };

const FIELDS = ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', 'If-Range', 'Range'];

/** What comes of a PUT with If-Match, of a GET and of a PUT with If-None-Match, by what the list is. */
const STATUSES = {
  malformed: [412, 200, 412],
  'empty-list': [412, 200, 200],
  'no-match': [412, 200, 200],
  'weak-tag': [412, 304, 412],
  true: [200, 304, 412],
} as const;

function appOf(express: ExpressModule): { app: Express; errors: unknown[] } {
  const app = express();
  app.all(
    '/',
    preconditions(() => ({ etag: strong('current'), lastModified: T_DATE })),
    (req, res) => {
      res.set('X-Range', 'range' in req.headers ? 'applies' : 'is ignored').send('content');
    },
  );
  return { app, errors: recordErrors(app) };
}

describe.each(EXPRESS_VERSIONS)('fields of 16 KiB, over $name:', ({ express }) => {
  test.each(LONG_FIELDS)('R-5.6.1.2-a a field of $what is answered as a short one is', async (field) => {
    const text = longText(field, 16 * KIB);
    const [ifMatch, read, create] = STATUSES[field.ifMatch ?? 'true'];
    const { app, errors } = appOf(express);
    await withServer(
      app,
      async (port) => {
        const statusOf = async (method: string, ...names: readonly string[]): Promise<number> =>
          (await rawRequest(port, [`${method} /`, ...names.map((name) => `${name}:${text}`)])).status;
        expect(await statusOf('PUT', 'If-Match')).toBe(ifMatch);
        expect(await statusOf('GET', 'If-None-Match')).toBe(read);
        expect(await statusOf('PUT', 'If-None-Match')).toBe(create);
        expect(await statusOf('GET', 'If-Modified-Since')).toBe(field.isDate ? 304 : 200);
        expect(await statusOf('PUT', 'If-Unmodified-Since')).toBe(200);
        expect(await statusOf('PUT', ...FIELDS)).toBe(412);
        expect(await statusOf('GET', ...FIELDS)).toBe(field.ifMatch === undefined ? 304 : 412);
        const ranged = await rawRequest(port, ['GET /', 'Range: bytes=0-0', `If-Range:${text}`]);
        expect(fieldOf(ranged, 'X-Range')).toBe(field.isDate ? 'applies' : 'is ignored');
        expect((await rawRequest(port, ['GET /', `Range:${text}`, 'If-Range: "current"'])).status).toBe(200);
      },
      ROOMY,
    );
    expect(errors).toEqual([]);
  });

  test.each(LONG_FIELDS)(
    'R-5.6.1.2-a 16 KiB of $what cost less than twice per octet what 1 KiB costs',
    (field) => {
      const { app } = appOf(express);
      expect(ratioOfTimes(work(app, field, 16 * KIB), work(app, field, KIB)) / 16).toBeLessThan(2);
    },
  );
});

/** Through all of Express and the middleware, without a socket: every field alone, then all at once. */
function work(app: Express, field: LongField, length: number): () => void {
  const text = longText(field, length);
  const sets = [...FIELDS.map((name) => [name]), FIELDS];
  return () => {
    for (const method of ['GET', 'PUT']) {
      for (const names of sets) handleNow(app, method, names, text);
    }
  };
}

function handleNow(app: Express, method: string, names: readonly string[], text: string): void {
  const req = Object.assign(new IncomingMessage(new Socket()), { method, url: '/' });
  req.rawHeaders = names.flatMap((name) => [name, text]);
  for (const name of names) req.headers[name.toLowerCase()] = text;
  const res = new ServerResponse(req);
  app(req, res);
  if (!res.writableEnded) throw new Error(`${method} with ${names.join(', ')} has not been answered`);
}
