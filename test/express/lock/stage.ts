/** A small app with the option `lock`, whose handler is played by the test. */
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../../lib/index.js';
import type {
  LockOptions,
  PreconditionsOptions,
  ResourceVersion,
  VersionProvider,
} from '../../../lib/index.js';
import { recordErrors } from '../../helpers/apps.js';
import { Arrivals } from '../../helpers/arrivals.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { WatchedLock } from '../../locks/watched-lock.js';

export const V1: ResourceVersion = { etag: strong('1') };

/** One run of the handler. It goes on as the test wants it to. */
export interface Run {
  readonly req: Request;
  readonly res: Response;
  readonly next: NextFunction;
}

export interface Setup {
  readonly lock?: Partial<LockOptions>;
  readonly options?: PreconditionsOptions;
  readonly provider?: VersionProvider;
  /** In place of a handler that the test plays. */
  readonly handler?: RequestHandler;
  /** Mounted before and behind the middleware. */
  readonly before?: readonly RequestHandler[];
  readonly behind?: readonly RequestHandler[];
  /** Leaves errors to Express. */
  readonly answersErrors?: false;
}

export interface Stage {
  readonly app: Express;
  readonly lock: WatchedLock;
  /** The runs of the handler, as they begin. */
  readonly runs: Arrivals<Run>;
  /** What the error handler of the app has seen. */
  readonly errors: unknown[];
}

export function stage(express: ExpressModule, setup: Setup = {}): Stage {
  const { provider = () => V1, options = {}, before = [], behind = [] } = setup;
  const lock = new WatchedLock(setup.lock?.lock ?? memoryLock());
  const runs = new Arrivals<Run>();
  const play: RequestHandler = (req, res, next) => runs.add({ req, res, next });
  const app = express();
  for (const middleware of before) app.use(middleware);
  app.use(preconditions(provider, { ...options, lock: { ...setup.lock, lock } }));
  for (const middleware of behind) app.use(middleware);
  app.use(setup.handler ?? play);
  return { app, lock, runs, errors: setup.answersErrors === false ? [] : recordErrors(app) };
}
