import { memoryLock, PreconditionFailedError, preconditions, strong, weak } from '../../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../../lib/index.js';
import type { RequestHandler } from 'express';
import { setting } from '../../helpers/apps.js';
import { IF_MATCH, sendNote, times, underGuard } from './set-up.js';
import type { Misuse, SetUp } from './set-up.js';

const V1: ResourceVersion = { etag: strong('v1') };
const PUT = ['PUT /notes/7', IF_MATCH];
const PATCH = ['PATCH /notes/7', IF_MATCH];

/** As `res.json` makes them, and `express.static`. */
const TAG_OF_EXPRESS = 'W/"10-5sphHH0mZFQE49HTvOFFzmZfCXE"';
const TAG_OF_FILE = 'W/"1f4-18c2f3a9d00"';

function writing(
  version: ResourceVersion | null,
  handler: RequestHandler = underGuard(sendNote),
  options: PreconditionsOptions = {},
): SetUp['mount'] {
  return (app) =>
    void app.all(
      '/notes/:id',
      preconditions(() => version, options),
      handler,
    );
}

const announcing = underGuard((req, res) => {
  req.precondition!.updated({ etag: strong('v2') });
  res.sendStatus(204);
});

export const MISUSES_ON_WRITES: readonly Misuse[] = [
  {
    code: 'WARN_WEAK_TAG',
    title: 'the provider returns weak tags',
    mount: writing({ etag: weak('v1') }),
    requests: times(1, PUT),
    says: ['PUT /notes/:id', 'weak tags', '412', '`strong`'],
  },
  ...[TAG_OF_EXPRESS, TAG_OF_FILE].map((tag): Misuse => ({
    code: 'WARN_WEAK_TAG',
    title: `reads of the resource are left to Express, which sends ${tag}`,
    mount: writing(V1),
    requests: times(1, ['PUT /notes/7', `If-Match: ${tag}`]),
    says: ['PUT /notes/:id', 'Express has made', 'reads of the resource'],
  })),
  ...[
    { title: 'If-Match', lines: PUT, version: V1 },
    { title: 'If-Match: *', lines: ['DELETE /notes/7', 'If-Match: *'], version: V1 },
    { title: 'If-None-Match: *', lines: ['PUT /notes/7', 'If-None-Match: *'], version: null },
  ].map(({ title, lines, version }): Misuse => ({
    code: 'WARN_GUARD_UNUSED',
    title: `a write with ${title} succeeds, and nobody has looked at the guard`,
    mount: writing(version, sendNote),
    requests: times(1, lines),
    says: [`${lines[0]!.split(' ')[0]} /notes/:id`, 'answered 200', 'req.precondition.guard', '`lock`'],
  })),
  {
    code: 'WARN_GUARD_UNUSED',
    title: 'a write for which there is nothing to be written succeeds',
    mount: writing(null, sendNote, { onMissing: 'perform' }),
    requests: times(1, PUT),
    says: ['req.precondition.guard'],
  },
  {
    code: 'WARN_UPDATED_UNUSED',
    title: 'three PATCH with If-Match succeed, and none is answered with the new tag',
    mount: writing(V1),
    requests: times(3, PATCH),
    says: ['PATCH /notes/:id', '3 times', 'req.precondition.updated'],
  },
];

export const RIGHT_WRITES: readonly SetUp[] = [
  { title: 'strong tags', mount: writing(V1), requests: times(2, PUT) },
  {
    title: 'weak tags, and no If-Match, or one that lists none',
    mount: writing({ etag: weak('v1') }),
    requests: ['If-None-Match: *', 'If-Match: *', 'If-Match:', 'If-Match: "', 'X: 1'].map((field) => ({
      lines: ['PUT /notes/7', field],
    })),
  },
  {
    title: 'weak tags, and If-Match of a read',
    mount: (app) =>
      void app.get(
        '/notes/:id',
        preconditions(() => ({ etag: weak('v1') })),
        sendNote,
      ),
    requests: times(1, ['GET /notes/7', IF_MATCH]),
  },
  {
    title: 'weak tags, with the option for them',
    mount: writing({ etag: weak('v1') }, undefined, { ifMatch: 'weak' }),
    requests: times(2, PUT),
  },
  {
    title: 'an outdated tag, or one that somebody has weakened on the way',
    mount: writing(V1),
    requests: ['"v0"', 'W/"v1"', 'W/"v0"'].map((tag) => ({ lines: ['PUT /notes/7', `If-Match: ${tag}`] })),
  },
  {
    title: 'a write without a condition',
    mount: writing(V1, sendNote),
    requests: times(2, ['PUT /notes/7']),
  },
  {
    title: 'a write under a lock',
    mount: writing(V1, sendNote, { lock: memoryLock() }),
    requests: times(2, PUT),
  },
  {
    title: 'a write under the lock of a middleware before',
    mount: (app) => {
      app.use(preconditions(() => V1, { lock: memoryLock() }));
      writing(V1, sendNote)(app);
    },
    requests: times(2, PUT),
  },
  {
    title: 'a write that fails, in whatever way',
    mount: (app) => {
      const failing: RequestHandler[] = [
        (_req, res) => void res.sendStatus(409),
        (req) => req.precondition!.fail(),
        (_req, _res, next) => next(new PreconditionFailedError()),
      ];
      for (const [index, handler] of failing.entries())
        app.put(
          `/${index}`,
          preconditions(() => V1),
          handler,
        );
    },
    requests: [0, 1, 2].map((index) => ({ lines: [`PUT /${index}`, IF_MATCH] })),
  },
  {
    title: 'a lost race whose change is found to be made already',
    mount: writing(V1, (req) => req.precondition!.fail(), {
      respond: (_refusal, _req, res) => res.sendStatus(200),
    }),
    requests: times(2, PUT),
  },
  {
    title: 'the guard of the inner of two is the one that is used',
    mount: (app) => {
      app.use(preconditions(() => V1));
      writing(V1)(app);
    },
    requests: times(2, PUT),
  },
  { title: 'PATCH that announces the version', mount: writing(V1, announcing), requests: times(4, PATCH) },
  {
    title: 'PATCH that announces it once in a while',
    mount: (app) => {
      const handlers = [underGuard(sendNote), announcing, underGuard(sendNote), underGuard(sendNote)];
      writing(V1, (req, res, next) => handlers.shift()?.(req, res, next))(app);
    },
    requests: times(4, PATCH),
  },
  {
    title: 'PATCH whose handler sets the tag itself',
    mount: (app) =>
      void app.patch(
        '/notes/:id',
        preconditions(() => V1),
        setting({ ETag: '"v2"' }),
        underGuard(sendNote),
      ),
    requests: times(4, PATCH),
  },
  { title: 'PUT that stores something else than it was sent', mount: writing(V1), requests: times(4, PUT) },
  {
    title: 'PATCH of what has a date alone, or without If-Match',
    mount: (app) => {
      writing({ lastModified: new Date(0) })(app);
      app.patch(
        '/other',
        preconditions(() => V1),
        underGuard(sendNote),
      );
    },
    requests: [
      ...times(4, ['PATCH /notes/7', 'If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT']),
      ...times(4, ['PATCH /other']),
      ...times(4, ['PATCH /other', 'If-Match: *']),
    ],
  },
];
