/** `node --import tsx debug-log.process.ts`: a few requests, whose statuses are printed. */
import express from 'express';
import { preconditions, strong } from '../../../lib/index.js';
import { ask } from '../../helpers/apps.js';

const current = preconditions(() => ({ etag: strong('v1') }), { warnings: false });
const app = express();
app.delete('/notes/:id', current, (req) => req.precondition.fail());
app.all('/notes/:id', current, (_req, res) => void res.json({}));
app.use(current, (_req, res) => void res.json({}));

const REQUESTS = [
  ['GET /notes/7'],
  ['GET /notes/7', 'If-None-Match: "v1"'],
  ['PUT /notes/7', 'If-Match: "v0"'],
  ['PUT /other/%0a?secret'],
  ['DELETE /notes/7', 'If-Match: "v1"'],
];

const statuses: number[] = [];
for (const lines of REQUESTS) statuses.push((await ask(app, lines)).status);
console.log(statuses.join(' '));
