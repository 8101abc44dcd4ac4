import express from 'express';
import { featuresOf } from '../lib/claims.mjs';
import { preconditions, strong } from '../lib/kit.mjs';
import { CACHE_CONTROL } from '../lib/note.mjs';
import { Notes, targetOf } from '../lib/notes.mjs';
import { ownVersion, versionOf } from '../lib/versions.mjs';

export const name = 'http-preconditions';
export const version = `${ownVersion()}, ${versionOf('express')}`;
export const setup =
  'the middleware with `required` for PUT, PATCH and DELETE; the handlers write under the guard';
export const claims = [
  {
    features: [
      'If-Match',
      'If-None-Match',
      'If-Modified-Since',
      'If-Unmodified-Since',
      'If-Range',
      '304',
      '412',
      '428',
      'atomic writes',
    ],
    says: 'every rule about preconditions that concerns an origin server, and, under a guard, no lost update',
    where: 'README, sections "What is covered" and "Writes"',
  },
];

const notes = new Notes();
const current = preconditions(
  async ({ params }) => {
    const note = await notes.find(params.id);
    return note ? { etag: strong(note.version), lastModified: note.modified, note } : null;
  },
  { required: ['PUT', 'PATCH', 'DELETE'], headers: { 'Cache-Control': CACHE_CONTROL } },
);

const app = express();
app.get('/notes/:id', current, (req, res) => {
  const found = req.precondition.version;
  if (found) res.json({ text: found.note.text });
  else res.sendStatus(404);
});
app.put('/notes/:id', current, express.json(), async ({ params, body, precondition }, res) => {
  const { guard } = precondition;
  const note = await (guard.kind === 'absent'
    ? notes.insert(params.id, body)
    : notes.update(params.id, body, assertedBy(guard)));
  if (!note) return precondition.fail();
  res.status(guard.kind === 'absent' ? 201 : 200).json({ text: note.text });
});
app.patch('/notes/:id', current, express.json(), async ({ params, body, precondition }, res) => {
  if (precondition.guard.kind === 'absent') return void res.sendStatus(404);
  const note = await notes.update(params.id, body, assertedBy(precondition.guard));
  if (!note) return precondition.fail();
  precondition.updated({ etag: strong(note.version), lastModified: note.modified });
  res.json({ text: note.text });
});
app.delete('/notes/:id', current, async ({ params, precondition }, res) => {
  if (precondition.guard.kind === 'absent') return void res.sendStatus(404);
  if (!(await notes.remove(params.id, assertedBy(precondition.guard)))) return precondition.fail();
  res.sendStatus(204);
});

/** The version that the write asserts in the store; `undefined` for any. */
function assertedBy(guard) {
  return guard.kind === 'version' ? guard.version.note.version : undefined;
}

const { writes, ...resource } = targetOf(notes);

export const target = {
  ...resource,
  server: app,
  features: featuresOf(claims),
  writes: { ...writes, required: true },
};
