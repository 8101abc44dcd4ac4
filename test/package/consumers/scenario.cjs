// What a project does with each entry point of the package, on a real server. Prints what came out, as JSON.
const { spawn } = require('node:child_process');
const events = require('node:events');

/** Ends the process when it fails: a rejection that nobody handles does. */
exports.run = async ({ express, middleware, core, client, testing }) => {
  const server = notesApp(express, middleware).listen(0, '127.0.0.1');
  await events.once(server, 'listening');
  const url = `http://127.0.0.1:${server.address().port}/notes/1`;
  const seen = {
    middleware: await throughMiddleware(url),
    core: throughCore(core),
    client: await throughClient(client, url),
    testing: await throughTesting(testing, url),
    command: await throughCommand(url),
  };
  server.close();
  server.closeAllConnections();
  console.log(JSON.stringify(seen));
};

function notesApp(express, { fromVersion, preconditions }) {
  const note = { text: 'Hello', version: 1 };
  const provider = fromVersion(
    (req) => (req.params.id === '1' ? note : null),
    ({ version }) => version,
  );
  const app = express();
  app.get('/notes/:id', preconditions(provider), (req, res) => {
    if (req.precondition.version) res.json(req.precondition.version.resource);
    else res.sendStatus(404);
  });
  app.put('/notes/:id', preconditions(provider), (_req, res) => {
    res.sendStatus(204);
  });
  return app;
}

async function throughMiddleware(url) {
  const retrieval = await fetch(url, { headers: { 'If-None-Match': '"1"' } });
  const lost = await fetch(url, { method: 'PUT', headers: { 'If-Match': '"0"' } });
  return [retrieval.status, lost.status];
}

function throughCore({ evaluate }) {
  const retrieval = evaluate({ method: 'GET', now: 0, ifNoneMatch: '"1"' }, { etag: '"1"' });
  const lost = evaluate({ method: 'PUT', now: 0, ifMatch: '"0"' }, { etag: '"1"' });
  return [retrieval.status, lost.status];
}

async function throughClient({ conditionalClient, isPreconditionFailedError }, url) {
  const api = conditionalClient();
  await api.get(url);
  const { notModified } = await api.get(url);
  const lost = await api.put(url, {}, { ifMatch: '"0"' }).catch((error) => error);
  return [notModified && 304, isPreconditionFailedError(lost) && lost.response.status];
}

async function throughTesting({ conformance, ifNoneMatch, notModified, preconditionFailed, targetOf }, url) {
  for (const { applies, run } of conformance(await targetOf(url))) if (applies) await run();
  const read = await fetch(url);
  const retrieval = await fetch(url, { headers: ifNoneMatch(read) });
  notModified(read)(retrieval);
  const lost = await fetch(url, { method: 'PUT', headers: { 'If-Match': '"0"' } });
  preconditionFailed()(lost);
  return [retrieval.status, lost.status];
}

async function throughCommand(url) {
  const child = spawn('npx', ['--no', 'http-preconditions', 'check', url]);
  child.stderr.pipe(process.stderr);
  const [status] = await events.once(child, 'close');
  return status;
}
