import type { Express, Request, Response } from 'express';
import { preconditions } from '../../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../../lib/index.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { FILES, REPRESENTATION, RESOURCE } from '../ways-of-serving.js';

/** A small app with one resource, whose handler answers 2xx wherever the table takes that for granted. */
export interface Sample {
  readonly app: Express;
  /** How often the handler ran. */
  handled(): number;
}

export function sampleApp(
  express: ExpressModule,
  current: ResourceVersion | null,
  options?: PreconditionsOptions,
): Sample {
  const app = express();
  let handled = 0;
  // It honours Range; the validators are left to the provider.
  const files = express.static(FILES, { etag: false, lastModified: false, cacheControl: false });
  app.all(
    RESOURCE,
    preconditions(() => current, options),
    (req, res, next) => {
      handled++;
      if (req.method !== 'GET' && req.method !== 'HEAD') write(req, res, current);
      else if (hadRange(req)) files(req, res, next);
      else read(res, current);
    },
  );
  return { app, handled: () => handled };
}

function hadRange(req: Request): boolean {
  return req.rawHeaders.some((name) => name.toLowerCase() === 'range');
}

function read(res: Response, current: ResourceVersion | null): void {
  if (current === null) res.status(404).send('There is nothing here.');
  // A Buffer, because Node writes a field with octets above 7F in UTF-8 when a string follows it.
  else res.type('text').send(Buffer.from(REPRESENTATION));
}

/** Answers with content that Express would hash into an ETag. */
function write(req: Request, res: Response, current: ResourceVersion | null): void {
  res.status(req.method === 'PUT' && current === null ? 201 : 200).json({ done: req.method });
}
