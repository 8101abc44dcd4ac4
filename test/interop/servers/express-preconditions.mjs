import express from 'express';
import preconditions from 'express-preconditions';
import { featuresOf } from '../lib/claims.mjs';
import { CACHE_CONTROL } from '../lib/note.mjs';
import { Notes, targetOf } from '../lib/notes.mjs';
import { versionOf } from '../lib/versions.mjs';

export const name = 'express-preconditions';
export const version = ['express-preconditions', 'express'].map(versionOf).join(', ');
export const setup =
  '`app.use(preconditions())` without options; the handlers write without a condition, as those of its test server do';
export const claims = [
  {
    features: ['If-Match', 'If-None-Match', 'If-Modified-Since', 'If-Unmodified-Since', '304', '412', '428'],
    says: 'a request is processed on condition of If-Match, If-None-Match, If-Modified-Since or If-Unmodified-Since, and is answered 304, 412 or 428 otherwise; If-Range is named as not supported',
    where: 'its README',
  },
  {
    features: ['atomic writes'],
    says: 'that PUT, PATCH and DELETE have to have a condition prevents lost updates',
    where: 'its README, option `requiredWith`',
  },
];

const notes = new Notes();
const app = express();
app.use(preconditions()); // as in the README: the state comes from a HEAD request to the app itself
app.use(express.json());

app.get('/notes/:id', async (req, res) => {
  const note = await notes.find(req.params.id);
  if (!note) return void res.status(404).end();
  res.set('Cache-Control', CACHE_CONTROL);
  sendValidators(res, note).json({ text: note.text });
});

// The handlers do what those of its test server do, which the README refers to: they write, and answer with the new validators.
app.put('/notes/:id', async (req, res) => {
  const { created, note } = await notes.put(req.params.id, req.body);
  sendValidators(res.status(created ? 201 : 200), note).end();
});
app.patch('/notes/:id', async (req, res) => {
  const note = await notes.update(req.params.id, req.body);
  if (!note) return void res.status(404).end();
  sendValidators(res, note).end();
});
app.delete('/notes/:id', async (req, res) => {
  res.status((await notes.remove(req.params.id)) ? 204 : 404).end();
});

function sendValidators(res, { version: number, modified }) {
  return res.set({ ETag: `"${number}"`, 'Last-Modified': modified.toUTCString() });
}

const { writes, ...resource } = targetOf(notes);

export const target = {
  ...resource,
  server: app,
  features: featuresOf(claims),
  writes: { ...writes, required: true },
};
