/**
 * The smallest app that loses no update: `npx tsx examples/quickstart.ts`. Then, as the test of this file does:
 *
 *   $ curl -i http://127.0.0.1:3000/notes/1
 *   HTTP/1.1 200 OK
 *   ETag: "1"
 *
 *   $ curl -i -H 'If-None-Match: "1"' http://127.0.0.1:3000/notes/1
 *   HTTP/1.1 304 Not Modified
 *
 *   $ curl -i -X PUT -H 'Content-Type: application/json' -H 'If-Match: "1"' -d '{"text":"Mine"}' http://127.0.0.1:3000/notes/1
 *   HTTP/1.1 200 OK
 *
 *   $ curl -i -X PUT -H 'Content-Type: application/json' -H 'If-Match: "1"' -d '{"text":"Yours"}' http://127.0.0.1:3000/notes/1
 *   HTTP/1.1 412 Precondition Failed
 *
 *   $ curl -i -X PUT -H 'Content-Type: application/json' -d '{"text":"Whose?"}' http://127.0.0.1:3000/notes/1
 *   HTTP/1.1 428 Precondition Required
 *
 *   $ curl -i -X PUT -H 'Content-Type: application/json' -H 'If-None-Match: *' -d '{"text":"New"}' http://127.0.0.1:3000/notes/2
 *   HTTP/1.1 201 Created
 */
import express, { type Request } from 'express';
import { fromVersion, preconditions } from 'http-preconditions';

interface Note {
  readonly text: string;
  readonly version: number;
}

// Counted, since no note is ever deleted: one that is made anew would begin at 1 again. See docs/guide.md.
const notes = new Map<string, Note>([['1', { text: 'Hello', version: 1 }]]);

const byVersion = fromVersion(
  (req: Request<{ id: string }>) => notes.get(req.params.id) ?? null,
  (note) => note.version,
);
const current = preconditions(byVersion, { required: ['PUT'], requireTag: true });

const app = express();

app.get('/notes/:id', current, (req, res) => {
  const { version } = req.precondition;
  if (version) res.json(version.resource);
  else res.sendStatus(404);
});

app.put('/notes/:id', current, express.json(), (req, res) => {
  const { guard } = req.precondition;
  const before = guard.kind === 'version' ? guard.version.resource : undefined;
  if (typeof req.body?.text !== 'string') return void res.sendStatus(400);
  // The content came in after the check: somebody else may have been faster. From here on nothing is awaited.
  if (notes.get(req.params.id) !== before) return req.precondition.fail();
  const note = { text: req.body.text, version: (before?.version ?? 0) + 1 };
  notes.set(req.params.id, note);
  res.status(before ? 200 : 201).json(note);
});

const server = app.listen(Number(process.env['PORT'] ?? 3000), '127.0.0.1', (error?: Error) => {
  if (error) throw error;
  console.log('Listening on', server.address());
});
