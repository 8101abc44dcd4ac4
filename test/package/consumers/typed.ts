// A project in TypeScript: compiled in each way of resolving modules, then run. Each entry point is there, with its types.
import express, { type Request, type Response } from 'express';
import { type EntityTag, fromVersion, type Guard, preconditions, type VersionOf } from 'http-preconditions';
import { conditionalClient, isPreconditionFailedError, type Retrieved } from 'http-preconditions/client';
import { type Decision, evaluate } from 'http-preconditions/core';
import { type ConformanceCase, conformance } from 'http-preconditions/testing';

interface Note {
  text: string;
  version: number;
}

const notes = new Map<string, Note>([['1', { text: 'Hello', version: 1 }]]);
const current = preconditions(
  fromVersion(
    (req: Request<{ id: string }>) => notes.get(req.params.id) ?? null,
    (note) => note.version,
  ),
);

const app = express();
app.get('/notes/:id', current, (req, res) => {
  const note: Note | undefined = req.precondition.version?.resource;
  res.json({ id: req.params.id, ...note });
});
app.put('/notes/:id', current, express.json(), put);

function put(req: Request, res: Response): void {
  const guard: Guard<VersionOf<Note>> = current.of(req).guard;
  res.status(guard.kind === 'version' ? guard.version.resource.version : 204).end();
}

const cases: ConformanceCase[] = conformance({ server: app, path: '/notes/1', etag: 'strong' });
const decision: Decision = evaluate({ method: 'GET', now: 0, ifNoneMatch: '"1"' }, { etag: '"1"' });

const server = app.listen(0, '127.0.0.1', () => {
  void use(server.address() as { port: number });
});

async function use({ port }: { port: number }): Promise<void> {
  const api = conditionalClient({ baseUrl: `http://127.0.0.1:${port}/` });
  await api.get<Note>('notes/1');
  const again: Retrieved<Note> = await api.get<Note>('notes/1');
  const tag: EntityTag | undefined = again.etag;
  const lost: unknown = await api.put('notes/1', {}, { ifMatch: '"0"' }).catch((error: unknown) => error);
  const status = isPreconditionFailedError(lost) ? lost.response.status : 0;
  server.close();
  server.closeAllConnections();
  console.log(
    JSON.stringify({ seen: [again.notModified ? 304 : 200, status], tag, decision, cases: cases.length }),
  );
}
