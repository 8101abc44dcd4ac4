// An API for tests to talk to, on whatever runtime runs this. Prints its port.
import express from 'express';
import { fromVersion, memoryLock, PreconditionFailedError, preconditions, strong } from 'http-preconditions';
import { conditionalClient, modify } from 'http-preconditions/client';

const notes = new Map([['stays', { text: 'Hello', version: 1, savedAt: new Date('2026-01-01') }]]);
const load = (req) => notes.get(req.params.id) ?? null;
const byVersion = fromVersion(load, ({ version }) => version);
const withDate = async (req) => {
  const version = await byVersion(req);
  return version && { ...version, lastModified: version.resource.savedAt };
};

const app = express();
addRoutes('/notes', preconditions(withDate));
addRoutes('/locked', preconditions(withDate, { lock: memoryLock() }));

function addRoutes(base, current) {
  app.get(`${base}/:id`, current, (req, res) => {
    if (req.precondition.version) res.json(req.precondition.version.resource);
    else res.sendStatus(404);
  });
  app.post(base, express.json(), (req, res) => {
    const id = crypto.randomUUID();
    save(id, req.body);
    res.status(201).location(`${base}/${id}`).end();
  });
  for (const method of ['put', 'patch']) app[method](`${base}/:id`, current, express.json(), write);
  app.delete(`${base}/:id`, current, (req, res) => {
    if (holds(req.precondition.guard, load(req))) res.sendStatus(notes.delete(req.params.id) ? 204 : 404);
    else req.precondition.fail();
  });
}

async function write(req, res) {
  if (req.query.pause) await new Promise((resolve) => setTimeout(resolve, Number(req.query.pause)));
  // From here on nothing is awaited.
  const before = load(req);
  if (!holds(req.precondition.guard, before)) return req.precondition.fail();
  if (req.method === 'PATCH' && !before) return res.sendStatus(404);
  const saved = save(req.params.id, req.body);
  req.precondition.updated(byVersion.versionOf(saved));
  res.status(before ? 200 : 201).json(saved);
}

function holds({ kind, version }, note) {
  if (kind === 'version') return note === version.resource;
  if (kind === 'exists') return note !== null;
  return kind !== 'absent' || note === null;
}

function save(id, { text }) {
  const saved = { text, version: (notes.get(id)?.version ?? 0) + 1, savedAt: new Date() };
  notes.set(id, saved);
  return saved;
}

app.put(
  '/outrun',
  preconditions(() => ({ etag: strong(1) })),
  () => {
    throw new PreconditionFailedError();
  },
);

// The client of the package, on this runtime, too.
app.get('/modified', async (req, res) => {
  const client = conditionalClient({ baseUrl: `http://${req.get('host')}/notes/` });
  await client.get('stays');
  const { notModified } = await client.get('stays');
  const lost = await client.put('stays', {}, { ifMatch: '"none"' }).catch(({ response }) => response.status);
  const { status, attempts } = await modify(client, 'stays', (note) => ({ text: note.text }));
  res.json({ notModified, lost, status, attempts });
});

const server = app.listen(0, '127.0.0.1', () => {
  console.log(server.address().port);
});
