import type { Express, RequestHandler } from 'express';
import { preconditions } from '../../lib/index.js';
import type { PreconditionsOptions, ResourceVersion } from '../../lib/index.js';
import { mustNotRun } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';

/** An app with one resource, whose version the test sets. */
export class SecretStage {
  version: ResourceVersion = {};
  readonly app: Express;

  constructor(
    express: ExpressModule,
    options: PreconditionsOptions = {},
    handler: RequestHandler = mustNotRun,
  ) {
    this.app = express();
    this.app.put(
      '/',
      preconditions(() => this.version, options),
      handler,
    );
  }
}
