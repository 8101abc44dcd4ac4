import type { ErrorRequestHandler, Express, Request } from 'express';
import { preconditions, strong } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion, VersionProvider } from '../../lib/index.js';
import { mustNotRun } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';

/** Fails for requests that say so. */
export function current(req: Request): ResourceVersion {
  if (req.get('X-Fails') !== undefined) throw new Error('provider');
  return { etag: strong('1') };
}

/** Keeps no errors, since these keep their requests. */
const answerErrors: ErrorRequestHandler = (_error, _req, res, _next) => {
  res.status(500).end();
};

/** Answers with the content of the request, for the exchanges of `one-connection.cases`. */
export function echoApp(
  express: ExpressModule,
  provider: VersionProvider,
  options: PreconditionsOptions = {},
): Express {
  const app = express();
  app.delete('/smuggled', mustNotRun);
  app.use(
    '/nowhere',
    preconditions(() => null),
  );
  app.all('/', preconditions(provider, { required: ['DELETE'], ...options }), async (req, res) => {
    if (req.method === 'DELETE') return void res.status(204).end();
    const content = Buffer.concat((await req.toArray()) as Buffer[]).toString();
    res.end(`${req.method}:${content}`);
  });
  app.use(answerErrors);
  return app;
}
