import { featuresOf } from '../lib/claims.mjs';
import { CACHE_CONTROL } from '../lib/note.mjs';
import { Notes, targetOf } from '../lib/notes.mjs';
import { versionOf } from '../lib/versions.mjs';

const [major] = process.versions.node.split('.');

export const name = 'restify';
export const version = versionOf('restify');
export const missing = Number(major) < 24 ? undefined : 'this version does not run on Node 24 and later';
export const setup =
  'a handler in front of `plugins.conditionalRequest` sets `res.etag`, ETag and Last-Modified; the plugin of 12.0.0, which wants Node 22, is the same';
export const claims = [
  {
    features: ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', '304', '412'],
    says: 'what the four fields say is compared with the validators that were set, and answered 304 or 412',
    where: 'documentation of `plugins.conditionalRequest`',
  },
];
export const documented = {
  'if-modified-since.ignored': 'that this is not what the RFC says, but sane: a comment in the source',
};

export async function withTarget(use) {
  process.noDeprecation = true; // it reaches into Node
  const { default: restify } = await import('restify');
  const notes = new Notes();
  const { server } = appOf(restify, notes);
  return use({ ...targetOf(notes), server, features: featuresOf(claims) });
}

function appOf({ createServer, plugins }, notes) {
  const app = createServer();
  app.use(plugins.bodyParser());
  app.use(async ({ params }, res) => {
    const note = await notes.find(params.id);
    if (note) announce(res, note);
    res.setHeader('Cache-Control', CACHE_CONTROL);
  });
  app.use(plugins.conditionalRequest());

  for (const method of ['get', 'head'])
    app[method]('/notes/:id', async ({ params }, res) => {
      const note = await notes.find(params.id);
      if (note) res.send(200, { text: note.text });
      else res.send(404);
    });
  app.put('/notes/:id', async ({ params, body }, res) => {
    const { created, note } = await notes.put(params.id, body);
    announce(res, note);
    res.send(created ? 201 : 200);
  });
  app.patch('/notes/:id', async ({ params, body }, res) => {
    const note = await notes.update(params.id, body);
    if (note) announce(res, note);
    res.send(note ? 200 : 404);
  });
  app.del('/notes/:id', async ({ params }, res) => {
    const removed = await notes.remove(params.id);
    res.removeHeader('ETag');
    res.send(removed ? 204 : 404);
  });
  return app;
}

/**
 * The documentation sets either `res.etag` or a field `ETag: myETag`. The plugin takes the quotes off the tags that come in, so the
 * first one is without, and the field, which is to be an entity tag, is with them.
 */
function announce(res, { version: number, modified }) {
  res.etag = String(number);
  res.setHeader('ETag', `"${number}"`);
  res.setHeader('Last-Modified', modified.toUTCString());
}
