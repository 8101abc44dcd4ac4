/** What becomes of the tag of a note on its way, and of the conditions made with it: the table of docs/proxies.md. */
import { describe, expect, test } from '@jest/globals';
import { EXPRESS_VERSIONS, type ExpressModule } from '../helpers/express-versions.js';
import { describeBehindNginx } from '../helpers/nginx.js';
import type { TestProxy } from '../helpers/proxy.js';
import { fieldOf } from '../helpers/raw-http.js';
import { describeBehindVarnish, PLAIN } from '../helpers/varnish.js';
import { documented, documentedTable } from './documented.js';
import { FRESH } from './fields.js';
import { type ApiOptions, behind, type Fields, noteApi } from './note-api.js';

const IDENTITY: Fields = { 'Accept-Encoding': 'identity' };

const CODED: ApiOptions = { compresses: true, options: { contentCodings: ['br', 'gzip', 'deflate'] } };
const CODED_AND_CACHEABLE: ApiOptions = { ...CODED, fields: FRESH };

interface Setting<O> {
  readonly proxy: O;
  readonly api?: ApiOptions;
  /** What the client accepts; gzip, if nothing is said. */
  readonly accepts?: Fields;
}

/** By the first cell of their row. */
type Settings<O> = Readonly<Record<string, Setting<O>>>;

const DIRECT: Settings<undefined> = { nothing: { proxy: undefined } };

const NGINX = {
  'nginx, gzip off': { proxy: { gzip: false } },
  'nginx, gzip on': { proxy: { gzip: true } },
  'nginx, gzip on; the client says Accept-Encoding: identity': { proxy: { gzip: true }, accepts: IDENTITY },
  'nginx, gzip on, with gzip off for the API': { proxy: { http: documented('nginx gzip') } },
  'nginx, gzip on; the API compresses, with contentCodings': { proxy: { gzip: true }, api: CODED },
  "nginx, gzip on; the API has ifMatch: 'weak'": {
    proxy: { gzip: true },
    api: { options: { ifMatch: 'weak' } },
  },
} as const;

const GZIPS = { vcl: `${PLAIN.vcl} sub vcl_backend_response { set beresp.do_gzip = true; }` };

const VARNISH = {
  Varnish: { proxy: PLAIN },
  'Varnish with beresp.do_gzip': { proxy: GZIPS },
  'Varnish; the API compresses, with contentCodings': { proxy: PLAIN, api: CODED_AND_CACHEABLE },
  'the same; the client says Accept-Encoding: identity': {
    proxy: PLAIN,
    api: CODED_AND_CACHEABLE,
    accepts: IDENTITY,
  },
  'the same, with the configuration below': {
    proxy: { vcl: documented('vcl') },
    api: CODED_AND_CACHEABLE,
    accepts: IDENTITY,
  },
} as const;

const [, ...TABLE] = documentedTable('between client and API');

test('every row of the table is one of these settings', () => {
  const settings = { ...DIRECT, ...NGINX, ...VARNISH };
  expect(TABLE.map(([name]) => name)).toEqual(Object.keys(settings));
});

/** The coding and the tag that arrive, and the statuses of a read and of a write under that tag. */
async function seen<O>(
  proxy: TestProxy<O>,
  { proxy: options, api = {}, accepts = {} }: Setting<O>,
  express: ExpressModule,
): Promise<string[]> {
  const row: string[] = [];
  await behind(proxy, options, noteApi({ express, ...api }), async (send) => {
    const answer = await send('GET', accepts);
    const tag = fieldOf(answer, 'ETag')!;
    row.push(fieldOf(answer, 'Content-Encoding') ?? 'as it is', tag);
    const conditions = [
      ['GET', 'If-None-Match'],
      ['PUT', 'If-Match'],
    ] as const;
    for (const [method, name] of conditions) {
      const { status } = await send(method, { ...accepts, [name]: tag });
      row.push(String(status));
    }
  });
  return row;
}

function testRows<O>(proxy: TestProxy<O>, settings: Settings<O>): void {
  describe.each(EXPRESS_VERSIONS)('with $name', ({ express }) => {
    test.each(Object.entries(settings))('is as the documentation says: %s', async (name, setting) => {
      const documentedRow = TABLE.find(([first]) => first === name);
      expect([name, ...(await seen(proxy, setting, express))]).toEqual(documentedRow);
    });
  });
}

describe('What becomes of a tag with nothing between', () => {
  testRows({ inFrontOf: async (upstream) => upstream }, DIRECT);
});

describeBehindNginx('What becomes of a tag behind nginx', (nginx) => {
  testRows(nginx, NGINX);
});

describeBehindVarnish('What becomes of a tag behind Varnish', (varnish) => {
  testRows(varnish, VARNISH);
});
