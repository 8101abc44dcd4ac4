import type { Express, Request } from 'express';
import express from 'express';
import {
  type EntityTag,
  type Guard,
  preconditions,
  type PreconditionsOptions,
  strong,
} from 'http-preconditions';
import type { ExpressModule } from '../helpers/express-versions.js';

interface Note {
  readonly text: string;
  readonly version: number;
  readonly changed: Date;
}

interface Current {
  readonly etag: EntityTag;
  readonly note: Note;
}

export interface Notes {
  readonly app: Express;
  /** The ids of the notes there are. */
  readonly ids: () => string[];
  /** The methods and paths of all requests so far. */
  readonly requests: string[];
}

/** A small API that keeps to RFC 9110: notes in memory, under the middleware. */
export function notesApp({
  express: module = express,
  options = {},
}: { readonly express?: ExpressModule; readonly options?: PreconditionsOptions } = {}): Notes {
  const notes = new Map<string, Note>([['1', note('Hello')]]);
  const requests: string[] = [];
  const current = preconditions(({ params }: Request<{ id: string }>) => {
    const found = notes.get(params.id);
    return found ? { etag: strong(found.version), lastModified: found.changed, note: found } : null;
  }, options);
  let ids = 1;

  const app = module();
  app.use((req, _res, next) => {
    requests.push(`${req.method} ${req.path}`);
    next();
  });
  app.post('/notes', module.json(), (req, res) => {
    const id = String(++ids);
    notes.set(id, note(textOf(req)));
    res.status(201).location(`/notes/${id}`).json({ data: { id } });
  });
  app.get('/notes/:id', current, (req, res) => {
    const { version } = req.precondition;
    if (version) res.json(version.note);
    else res.sendStatus(404);
  });
  for (const method of ['put', 'patch'] as const)
    app[method]('/notes/:id', current, module.json({ type: () => true }), (req, res) => {
      const { guard } = req.precondition;
      const { id } = req.params;
      const before = notes.get(id);
      if (!holds(guard, before)) return req.precondition.fail();
      notes.set(id, note(textOf(req), before));
      res.status(before ? 200 : 201).end();
    });
  app.delete('/notes/:id', current, (req, res) => {
    const { id } = req.params;
    if (!holds(req.precondition.guard, notes.get(id))) return req.precondition.fail();
    res.sendStatus(notes.delete(id) ? 204 : 404);
  });
  return { app, requests, ids: () => [...notes.keys()] };
}

function note(text: string, before?: Note): Note {
  return { text, version: (before?.version ?? 0) + 1, changed: new Date('2026-11-26T10:00:00Z') };
}

function textOf({ body }: { readonly body?: { readonly text?: unknown } }): string {
  return String(body?.text);
}

/** What the guard asks to be asserted, at the moment of writing. */
function holds(guard: Guard<Current>, before: Note | undefined): boolean {
  if (guard.kind === 'version') return before === guard.version.note;
  if (guard.kind === 'exists') return before !== undefined;
  return guard.kind === 'none' || (guard.kind === 'absent' && before === undefined);
}

/** The same notes on Express alone, which evaluates what it can. */
export function plainApp({ express: module = express }: { readonly express?: ExpressModule } = {}): Express {
  const app = module();
  app.get('/notes/1', (_req, res) => {
    res.json({ text: 'Hello' });
  });
  return app;
}
