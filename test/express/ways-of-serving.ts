import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import type { ExpressModule } from '../helpers/express-versions.js';

/** A folder with one file, `resource.txt`. */
export const FILES: string = join(__dirname, 'files');

/** The content of that file: latin1, one character, one octet. */
export const REPRESENTATION: string = readFileSync(join(FILES, 'resource.txt'), 'latin1');

/** Where an app has to put the handler for `express.static` to find the file. */
export const RESOURCE = '/resource.txt';

export interface WayOfServing {
  readonly name: string;
  /** Sends the representation. */
  handler(express: ExpressModule): RequestHandler;
}

/** All that Express has for sending a representation, and Node's own way. */
export const WAYS_OF_SERVING: readonly WayOfServing[] = [
  {
    name: 'res.send of a Buffer',
    handler: () => (_req, res) => void res.type('text').send(Buffer.from(REPRESENTATION)),
  },
  { name: 'res.send of text', handler: () => (_req, res) => void res.type('text').send(REPRESENTATION) },
  { name: 'res.json', handler: () => (_req, res) => void res.json(REPRESENTATION) },
  { name: 'res.jsonp', handler: () => (_req, res) => void res.jsonp(REPRESENTATION) },
  { name: 'res.end', handler: () => (_req, res) => void res.end(REPRESENTATION) },
  { name: 'res.sendFile', handler: () => (_req, res) => res.sendFile('resource.txt', { root: FILES }) },
  { name: 'express.static', handler: (express) => express.static(FILES) },
];

/** The ways that know Range. */
export const WAYS_OF_SERVING_FILES: readonly WayOfServing[] = WAYS_OF_SERVING.filter(({ name }) =>
  ['res.sendFile', 'express.static'].includes(name),
);
