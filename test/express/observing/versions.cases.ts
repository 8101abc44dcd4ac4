import express from 'express';
import type { RequestHandler } from 'express';
import { preconditions, SKIP, strong } from '../../../lib/index.js';
import type { PreconditionsMiddleware, ProviderAnswer, ResourceVersion } from '../../../lib/index.js';
import { T_DATE } from '../../core/fixtures.js';
import { setting } from '../../helpers/apps.js';
import { GET, sendNote, times, underGuard } from './set-up.js';
import type { Misuse, SetUp } from './set-up.js';

const ROW = { id: 7, text: 'a secret', version: 1 };
const V1: ResourceVersion = { etag: strong('v1') };
const twice = times(2, GET);

const sendNotFound: RequestHandler = (_req, res) => void res.sendStatus(404);

/** One answer of the provider and one handler after the other, the last ones for ever. */
const inTurn = (answers: readonly unknown[], handlers: readonly RequestHandler[]): SetUp['mount'] => {
  return (app) => {
    const next = <T>(list: readonly T[], index: number): T => list[Math.min(index, list.length - 1)]!;
    let [asked, answered] = [0, 0];
    app.all(
      '/notes/:id',
      preconditions(() => next(answers, asked++) as ProviderAnswer),
      (req, res, done) => void next(handlers, answered++)(req, res, done),
    );
  };
};

const always = (answer: unknown, handler: RequestHandler = sendNote): SetUp['mount'] =>
  inTurn([answer], [handler]);

/** Looks for the note by a parameter of the route. */
const byParameter = (): PreconditionsMiddleware =>
  preconditions((req): ProviderAnswer => (req.params['id'] === undefined ? null : V1));

/** A router on a path that has a parameter, so that the name of each of its routes has the client's text in it. */
const underEachUser = (answer: ProviderAnswer, handler: RequestHandler): SetUp['mount'] => {
  return (app) => {
    const middleware = preconditions(() => answer);
    app.use('/users/:user', express.Router().get('/note', middleware, handler));
  };
};

/** Each of many once, and then the first again. */
const MANY = [...Array.from({ length: 40 }, (_, index) => index), 0].map((user) => ({
  lines: [`GET /users/${user}/note`],
}));
const EACH_ONCE = [7, 8].map((id) => ({ lines: [`GET /notes/${id}`] }));

export const MISUSES_OF_VERSIONS: readonly Misuse[] = [
  {
    code: 'WARN_NO_VALIDATOR',
    title: 'the provider returns the row itself',
    mount: always(ROW),
    requests: times(1, GET),
    says: [
      'The version provider of GET /notes/:id returned an object with ["id","text","version"]',
      'neither etag nor lastModified',
      'etag: strong(row.version)',
      'fromVersion',
      'etag: undefined',
    ],
    hides: ['secret'],
  },
  {
    code: 'WARN_NO_VALIDATOR',
    title: 'the write is refused by what the row lacks',
    mount: always(ROW),
    requests: times(1, ['PUT /notes/7', 'If-Match: "7"']),
    says: ['The version provider of PUT /notes/:id'],
  },
  {
    code: 'WARN_NO_VALIDATOR',
    title: 'the row stands beside headers',
    mount: always({ row: ROW, headers: { 'Cache-Control': 'no-cache' } }),
    requests: times(1, GET),
    says: ['an object with ["row"], and'],
  },
  {
    code: 'WARN_NO_VALIDATOR',
    title: 'the row has more names than can be read',
    mount: always(Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`column_${index}`, 1]))),
    requests: times(1, GET),
    says: ['["column_0","column_1"', '…, and'],
    hides: ['column_9'],
  },
  {
    code: 'WARN_ABSENT_ANSWERED',
    title: 'a provider that needs route parameters is mounted by app.use',
    mount: (app) => {
      app.use('/notes', byParameter());
      app.get('/notes/:id', sendNote);
    },
    requests: twice,
    says: ['GET /notes/:id', 'answered 200', 'null', 'If-None-Match: *', 'app.use', 'req.params', 'SKIP'],
  },
  {
    code: 'WARN_ABSENT_ANSWERED',
    title: 'there is no route, and each path is read once',
    mount: (app) => void app.use('/notes', byParameter(), sendNote),
    requests: EACH_ONCE,
    says: ['GET "/notes/8"'],
  },
  {
    code: 'WARN_ABSENT_ANSWERED',
    title: 'the handler knows better, and is asked by HEAD, too, and for a part',
    mount: always(null, (_req, res) => void res.status(206).end()),
    requests: [{ lines: GET }, { lines: ['HEAD /notes/7'] }],
    says: ['HEAD /notes/:id', 'answered 206'],
  },
  {
    code: 'WARN_OTHER_ETAG',
    title: 'there is no route, and each path is read once',
    mount: (app) =>
      void app.use(
        '/notes',
        preconditions(() => V1),
        setting({ ETag: '"mine"' }),
        sendNote,
      ),
    requests: EACH_ONCE,
    says: ['GET "/notes/8"', 'it returned another'],
  },
];

export const RIGHT_VERSIONS: readonly SetUp[] = [
  ...[
    { title: 'a tag', version: { etag: strong('v1'), row: ROW } },
    { title: 'a date', version: { lastModified: T_DATE, row: ROW } },
    { title: 'a tag that is inherited', version: Object.assign(Object.create(V1) as object, ROW) },
    { title: 'a tag that is said to be missing', version: { etag: undefined, row: ROW } },
    { title: 'a date that is said to be missing', version: { lastModified: undefined, row: ROW } },
    { title: 'nothing at all', version: {} },
    { title: 'headers alone', version: { headers: { 'Cache-Control': 'no-cache' } } },
  ].map(({ title, version }) => ({
    title: `a version with ${title}`,
    mount: always(version),
    requests: [...twice, { lines: ['PUT /notes/7', 'If-Match: "7"'] }],
  })),
  { title: 'null, and 404', mount: always(null, sendNotFound), requests: twice },
  {
    title: 'null, and 204 where there is nothing',
    mount: always(null, (_req, res) => void res.status(204).end()),
    requests: twice,
  },
  { title: 'SKIP, and 200', mount: always(SKIP), requests: twice },
  {
    title: 'null, and 200 for a method that reads nothing',
    mount: always(null),
    requests: times(2, ['OPTIONS /notes/7']),
  },
  {
    title: 'null, and a write that creates',
    mount: always(null, underGuard(sendNote)),
    requests: times(2, ['PUT /notes/7', 'If-None-Match: *']),
  },
  {
    title: 'the note is made once between provider and handler, and is found later',
    mount: inTurn([null, V1, null], [sendNote]),
    requests: times(3, GET),
  },
  {
    title: 'the note is made once between provider and handler, and is gone later',
    mount: inTurn([null], [sendNote, sendNotFound, sendNote]),
    requests: times(3, GET),
  },
  {
    title: 'so many other routes were wrong in between that the first is forgotten',
    mount: underEachUser(null, sendNote),
    requests: MANY,
  },
  {
    title: 'so many other routes had another tag in between that the first is forgotten',
    mount: underEachUser(V1, (_req, res) => void res.set('ETag', '"mine"').json({})),
    requests: MANY,
  },
];
