/** The ways in which the middleware is used, as targets. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import {
  fromStat,
  memoryLock,
  preconditions,
  type ResourceVersion,
  strong,
  type VersionProvider,
  weak,
} from '../../../lib/index.js';
import type { Target, Writes } from '../../../lib/testing/index.js';
import { FILES, RESOURCE, type WayOfServing, WAYS_OF_SERVING_FILES } from '../../express/ways-of-serving.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { noteApp, type NoteAppOptions } from './note-app.js';
import { type Note, Notes } from './notes.js';

export interface Usage {
  readonly title: string;
  readonly target: (express: ExpressModule) => Target;
}

const both = ({ version, modified }: Note): ResourceVersion => ({
  etag: strong(version),
  lastModified: modified,
});
const BOTH = { etag: 'strong', lastModified: true } as const;

/** Lets nobody in without that token. */
const TOKEN = 'Bearer of-a-test';
const authenticate: RequestHandler = (req, res, next) => {
  if (req.get('Authorization') === TOKEN) next();
  else res.sendStatus(401);
};

const METHODS = ['PUT', 'PATCH', 'DELETE'];

/** Notes, and what they are said to have. */
function notesTarget(
  options: NoteAppOptions,
  has: Partial<Target>,
  writes: Partial<Writes> = {},
): Usage['target'] {
  return (express) => {
    const notes = new Notes();
    return {
      server: noteApp(express, notes, options),
      path: notes.add(),
      absentPath: '/notes/none',
      ...has,
      writes: {
        methods: METHODS,
        create: () => notes.add(),
        remove: (path) => notes.remove(path),
        content: (n) => ({ type: 'text/plain', body: `text ${n}` }),
        absent: () => notes.newPath(),
        putCreates: true,
        ...writes,
      },
    };
  };
}

/** A file that Express serves, ranges included. */
function fileTarget(way: WayOfServing, provider: VersionProvider, has: Partial<Target>): Usage['target'] {
  return (express) => {
    const app = express();
    // What the handler sets has to be known for a 304, which does not reach it.
    const headers = { 'Cache-Control': 'public, max-age=0' };
    app.get(RESOURCE, preconditions(provider, { headers }), way.handler(express));
    return { server: app, path: RESOURCE, absentPath: '/none.txt', lastModified: true, ranges: true, ...has };
  };
}

const status = fromStat(() => stat(join(FILES, 'resource.txt')));

const OF_FILES: readonly Usage[] = WAYS_OF_SERVING_FILES.flatMap((way) => [
  { title: `${way.name} behind fromStat`, target: fileTarget(way, status, { etag: 'weak' }) },
  {
    title: `${way.name} behind a strong tag`,
    target: fileTarget(
      way,
      () => ({ etag: strong('v1'), lastModified: new Date('2026-01-01T00:00:00.250Z') }),
      { etag: 'strong' },
    ),
  },
]);

export const USAGES: readonly Usage[] = [
  {
    title: 'a handler that writes under the guard',
    target: notesTarget({ validatorsOf: both }, BOTH, { methods: [...METHODS, 'POST'] }),
  },
  {
    title: 'a lock, and a handler that knows nothing',
    target: notesTarget({ validatorsOf: both, options: { lock: memoryLock() }, isNaive: true }, BOTH),
  },
  {
    title: 'required conditions',
    target: notesTarget({ validatorsOf: both, options: { required: METHODS } }, BOTH, { required: true }),
  },
  {
    title: 'required tags',
    target: notesTarget({ validatorsOf: both, options: { required: METHODS, requireTag: true } }, BOTH, {
      required: 'tag',
    }),
  },
  {
    title: 'malformed conditions that are answered 400',
    target: notesTarget({ validatorsOf: both, options: { malformed: 400 } }, BOTH),
  },
  {
    title: 'authentication before it',
    target: notesTarget(
      { validatorsOf: both, before: authenticate, options: { headers: { Vary: 'Authorization' } } },
      { ...BOTH, headers: { Authorization: TOKEN } },
    ),
  },
  {
    title: 'weak tags alone',
    target: notesTarget({ validatorsOf: ({ version }) => ({ etag: weak(version) }) }, { etag: 'weak' }),
  },
  {
    title: 'Last-Modified alone',
    target: notesTarget(
      { validatorsOf: ({ modified }) => ({ lastModified: modified }) },
      { lastModified: true },
    ),
  },
  ...OF_FILES,
];
