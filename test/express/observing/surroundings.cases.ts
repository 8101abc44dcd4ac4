import cors from 'cors';
import type { RequestHandler } from 'express';
import { preconditions, SKIP, strong } from '../../../lib/index.js';
import type { ProviderAnswer } from '../../../lib/index.js';
import { GET, IF_MATCH, sendNote, times, underGuard } from './set-up.js';
import type { Misuse, SetUp } from './set-up.js';

const V1 = { etag: strong('v1') };
const PUT = ['PUT /notes/7', IF_MATCH];
const ORIGIN = [...GET, 'Origin: https://page.test'];

const refusing = (status: number): RequestHandler => {
  return (_req, res) => void res.sendStatus(status);
};

/** The middleware first, and then a check that nobody passes. */
const mountedEarly = (status: number, answer: ProviderAnswer = V1): SetUp['mount'] => {
  return (app) =>
    void app.use(
      '/notes/:id',
      preconditions(() => answer),
      refusing(status),
    );
};

function crossOrigin(options: object, version: ProviderAnswer = V1): SetUp['mount'] {
  return (app) => {
    app.use((cors as unknown as (o: object) => RequestHandler)(options));
    app.get(
      '/notes/:id',
      preconditions(() => version),
      sendNote,
    );
  };
}

export const MISUSES_OF_SURROUNDINGS: readonly Misuse[] = [
  ...[401, 403].flatMap((status) =>
    [GET, PUT, ['DELETE /notes/7', IF_MATCH]].map((lines): Misuse => ({
      code: 'WARN_BEFORE_AUTHENTICATION',
      title: `${lines.join(', ')} is answered ${status} behind the middleware`,
      mount: mountedEarly(status),
      requests: times(1, lines),
      says: [`${lines[0]!.split(' ')[0]} "/notes/7"`, `answered ${status}`, '13.2.1', 'behind'],
    })),
  ),
  {
    code: 'WARN_BEFORE_AUTHENTICATION',
    title: 'PUT with content is answered 401 behind the middleware',
    mount: mountedEarly(401),
    requests: times(1, PUT, '{}'),
    says: ['answered 401'],
  },
  ...[{}, { exposedHeaders: ['X-Other'] }, { exposedHeaders: ['*'], credentials: true }].map(
    (options): Misuse => ({
      code: 'WARN_ETAG_NOT_EXPOSED',
      title: `a script of another origin is answered with a tag, by cors(${JSON.stringify(options)})`,
      mount: crossOrigin(options),
      requests: times(1, ORIGIN),
      says: ['GET /notes/:id', 'Access-Control-Expose-Headers: ETag', 'exposedHeaders'],
    }),
  ),
];

export const RIGHT_SURROUNDINGS: readonly SetUp[] = [
  {
    title: 'the middleware is mounted behind authentication',
    mount: (app) => {
      app.use(refusing(401));
      app.use(
        preconditions(() => V1),
        sendNote,
      );
    },
    requests: [{ lines: GET }, { lines: PUT }],
  },
  {
    title: 'a check of the provider',
    mount: (app) => {
      const denied = Object.assign(new Error('Not yours.'), { status: 403 });
      app.use(preconditions(() => Promise.reject(denied)));
    },
    requests: [{ lines: GET }, { lines: PUT }],
  },
  { title: 'a 403 that may depend on the content', mount: mountedEarly(403), requests: times(2, PUT, '{}') },
  {
    title: 'a write without a condition that is refused, such as a login',
    mount: mountedEarly(401),
    requests: times(2, ['POST /notes/7'], '{}'),
  },
  { title: 'a 401 for what does not exist', mount: mountedEarly(401, null), requests: times(2, GET) },
  { title: 'a 401 for what the provider skips', mount: mountedEarly(401, SKIP), requests: times(2, GET) },
  ...[404, 409, 413, 415, 422, 500].map((status) => ({
    title: `an answer ${status}`,
    mount: mountedEarly(status),
    requests: [{ lines: GET }, { lines: PUT }],
  })),
  { title: 'a preflight', mount: mountedEarly(204), requests: times(2, ['OPTIONS /notes/7', IF_MATCH]) },
  ...[{ exposedHeaders: ['Retry-After', 'etag'] }, { exposedHeaders: ['*'] }].map((options) => ({
    title: `cors(${JSON.stringify(options)})`,
    mount: crossOrigin(options),
    requests: times(2, ORIGIN),
  })),
  { title: 'cors() and no origin', mount: crossOrigin({}), requests: times(2, GET) },
  {
    title: 'another origin that is not let in',
    mount: crossOrigin({ origin: false }),
    requests: times(2, ORIGIN),
  },
  {
    title: 'cors() and no tag',
    mount: crossOrigin({}, { lastModified: new Date(0) }),
    requests: times(2, ORIGIN),
  },
  {
    title: 'a write of another origin that announces nothing',
    mount: (app) => {
      app.use((cors as unknown as () => RequestHandler)());
      app.put(
        '/notes/:id',
        preconditions(() => V1),
        underGuard(sendNote),
      );
    },
    requests: times(2, [...PUT, 'Origin: https://page.test']),
  },
];
