import type { Express, Request, RequestHandler } from 'express';
import {
  preconditions,
  type PreconditionsOptions,
  type ResourceVersion,
  type VersionOf,
} from '../../../lib/index.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import type { Note, Notes } from './notes.js';

export interface NoteAppOptions {
  /** What the app shows of the version of a note. */
  readonly validatorsOf: (note: Note) => ResourceVersion;
  readonly options?: PreconditionsOptions;
  /** Whether the handlers know nothing of conditions. */
  readonly isNaive?: boolean;
  /** What comes first. */
  readonly before?: RequestHandler;
}

const pass: RequestHandler = (_req, _res, next) => next();

/** Notes behind the middleware: kept as they come, so that a PUT may be answered with the new tag. */
export function noteApp(
  express: ExpressModule,
  notes: Notes,
  { validatorsOf, options = {}, isNaive = false, before = pass }: NoteAppOptions,
): Express {
  const versionOf = (note: Note): VersionOf<Note> => ({ ...validatorsOf(note), resource: note });
  const current = preconditions(async (req: Request) => {
    const note = await notes.find(req.path);
    return note && versionOf(note);
  }, options);

  const app = express();
  app.use(before);
  app.get('/notes/:id', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.type('json').send(version.resource.text);
    else res.sendStatus(404);
  });
  app.all('/notes/:id', current, express.text({ type: () => true }), async (req, res) => {
    const { method, path } = req;
    const isNew = (await notes.find(path)) === null;
    if (isNew && method !== 'PUT') return void res.sendStatus(404);
    const text = method === 'DELETE' ? null : String(req.body);
    const written = await notes.write(path, text, isNaive ? undefined : req.precondition.guard);
    if (written === undefined) return req.precondition.fail();
    if (!isNaive) req.precondition.updated(versionOf(written));
    res.status(isNew ? 201 : 204).end();
  });
  return app;
}
