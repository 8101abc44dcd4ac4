import compression from 'compression';
import type { RequestHandler } from 'express';
import { preconditions, strong, weak } from '../../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../../lib/index.js';
import { T_DATE } from '../../core/fixtures.js';
import { setting } from '../../helpers/apps.js';
import { GET, sendNote, times } from './set-up.js';
import type { Misuse, SetUp } from './set-up.js';

const V1: ResourceVersion = { etag: strong('v1') };
const GZIP = [...GET, 'Accept-Encoding: gzip'];
const twice = times(2, GET);

const before = (version: ResourceVersion, ...handlers: RequestHandler[]): SetUp['mount'] => {
  return (app) =>
    void app.get(
      '/notes/:id',
      preconditions(() => version),
      ...handlers,
      sendNote,
    );
};

const compressing = (version: ResourceVersion, options: PreconditionsOptions = {}): SetUp['mount'] => {
  return (app) => {
    app.use((compression as unknown as (o: object) => RequestHandler)({ threshold: 0 }));
    app.get(
      '/notes/:id',
      preconditions(() => version, options),
      sendNote,
    );
  };
};

/** Onto every answer, also a 304, at the last moment. */
const atTheLastMoment: RequestHandler = (_req, res, next) => {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => typeof res;
  const setAndWriteHead = (...args: unknown[]): typeof res => {
    res.setHeader('Cache-Control', 'no-cache');
    return writeHead(...args);
  };
  res.writeHead = setAndWriteHead as typeof res.writeHead;
  next();
};

export const MISUSES_ON_READS: readonly Misuse[] = [
  {
    code: 'WARN_OTHER_ETAG',
    title: 'the handler sends a tag of its own',
    mount: before(V1, setting({ ETag: '"mine"' })),
    requests: twice,
    says: ['GET /notes/:id', 'it returned another'],
  },
  {
    code: 'WARN_OTHER_ETAG',
    title: 'the handler sends a tag without quotes',
    mount: before(V1, setting({ ETag: 'v1' })),
    requests: twice,
    says: ['it returned another'],
  },
  {
    code: 'WARN_OTHER_ETAG',
    title: 'the handler sends a tag, and the provider knows a date alone',
    mount: before({ lastModified: T_DATE }, setting({ ETag: '"mine"' })),
    requests: twice,
    says: ['it returned none'],
  },
  ...['Cache-Control', 'Content-Location', 'Expires', 'Vary'].map((name): Misuse => ({
    code: 'WARN_FIELDS_NOT_ON_304',
    title: `the handler sets ${name}`,
    mount: before(V1, setting({ [name]: 'Accept-Language' })),
    requests: times(1, GET),
    says: ['GET /notes/:id', `200 with ${name}, which`, '`headers`'],
  })),
  {
    code: 'WARN_FIELDS_NOT_ON_304',
    title: 'the handler sets several, one of them to another value than the option',
    mount: (app) =>
      app.get(
        '/notes/:id',
        preconditions(() => V1, { headers: { 'Cache-Control': 'no-cache', Vary: 'Accept' } }),
        setting({ 'Cache-Control': 'max-age=60', Vary: 'Accept, Cookie' }),
        sendNote,
      ),
    requests: times(1, ['HEAD /notes/7']),
    says: ['HEAD /notes/:id', '200 with Cache-Control, Vary, which'],
  },
  {
    code: 'WARN_FIELDS_NOT_ON_304',
    title: 'a middleware behind sets it',
    mount: before({ lastModified: T_DATE }, setting({ Vary: 'Origin' })),
    requests: times(1, GET),
    says: ['200 with Vary, which'],
  },
  {
    code: 'WARN_CODED_STRONG_TAG',
    title: 'compression of all answers',
    mount: compressing(V1),
    requests: times(1, GZIP),
    says: ['GET /notes/:id', 'in gzip', '`contentCodings`'],
  },
];

export const RIGHT_READS: readonly SetUp[] = [
  { title: 'the tag is left to the middleware', mount: before(V1), requests: twice },
  {
    title: 'the handler sends the same tag, or its weak form',
    mount: (app) => {
      before(V1, setting({ ETag: 'W/"v1"' }))(app);
      app.get(
        '/same',
        preconditions(() => V1),
        setting({ ETag: '"v1"' }),
        sendNote,
      );
    },
    requests: [...twice, ...times(2, ['GET /same'])],
  },
  {
    title: 'the resource changes once between provider and handler',
    mount: (app) => {
      const tags = ['"v2"', '"v1"', '"v2"'];
      before(V1, (_req, res, next) => {
        res.set('ETag', tags.shift());
        next();
      })(app);
    },
    requests: times(3, GET),
  },
  {
    title: 'the handler takes the tag away, or answers with an error of its own tag',
    mount: (app) => {
      before(V1, (_req, res) => {
        res.removeHeader('ETag');
        res.end();
      })(app);
      app.get(
        '/gone',
        preconditions(() => V1),
        setting({ ETag: '"error"' }),
        (_req, res) => void res.status(410).json({}),
      );
    },
    requests: [...twice, ...times(2, ['GET /gone'])],
  },
  {
    title: 'the handler creates what the provider has not found',
    mount: (app) => {
      const statuses = [200, 404, 200];
      app.get(
        '/notes/:id',
        preconditions(() => null),
        setting({ ETag: '"new"' }),
        (_req, res) => void res.status(statuses.shift()!).json({}),
      );
    },
    requests: times(3, GET),
  },
  {
    title: 'the fields of the 304 are said in the option, with the version, or before',
    mount: (app) => {
      app.use(setting({ Expires: '0', Vary: 'Origin' }));
      const version = { etag: strong('v1'), headers: { 'Content-Location': '/notes/7', Vary: 'Accept' } };
      app.get(
        '/notes/:id',
        preconditions(() => version, { headers: { 'Cache-Control': 'no-cache' } }),
        setting({ Vary: 'Accept, origin', 'Cache-Control': 'no-cache' }),
        sendNote,
      );
    },
    requests: twice,
  },
  {
    title: 'a middleware in front adds a field to every answer at the last moment',
    mount: (app) => {
      app.use(atTheLastMoment);
      before(V1)(app);
    },
    requests: twice,
  },
  {
    title: 'the handler sets caching fields on what is no 200, or has no validators',
    mount: (app) => {
      const caching = setting({ 'Cache-Control': 'max-age=60', Vary: 'Accept' });
      app.get(
        '/error',
        preconditions(() => V1),
        caching,
        (_req, res) => void res.status(410).json({}),
      );
      app.get(
        '/none',
        preconditions(() => ({})),
        caching,
        sendNote,
      );
      app.get(
        '/absent',
        preconditions(() => null),
        caching,
        (_req, res) => void res.json({}),
      );
    },
    requests: ['/error', '/none', '/absent'].map((path) => ({ lines: [`GET ${path}`] })),
  },
  {
    title: 'compression, with contentCodings',
    mount: compressing(V1, { contentCodings: ['gzip'] }),
    requests: times(2, GZIP),
  },
  {
    title: 'compression under a weak tag',
    mount: compressing({ etag: weak('v1') }),
    requests: times(2, GZIP),
  },
  { title: 'compression that is not asked for', mount: compressing(V1), requests: twice },
  {
    title: 'compression, and a provider that gives each coding a tag',
    mount: compressing({ etag: strong('v1-gzip') }),
    requests: times(1, GZIP),
  },
  {
    title: 'content that is stored in a coding, and sent so to everybody',
    mount: before(V1, setting({ 'Content-Encoding': 'gzip' })),
    requests: times(2, GZIP),
  },
];
