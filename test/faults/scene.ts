/** An app whose first request is held at a place of the test's choice. All further ones go through. */
import type { EventEmitter } from 'node:events';
import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../lib/index.js';
import type { ResourceVersion } from '../../lib/index.js';
import { Arrivals } from '../helpers/arrivals.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { WatchedLock } from '../locks/watched-lock.js';
import type { Outcome, Place } from './departure.cases.js';

export const V1: ResourceVersion = { etag: strong('1') };

export interface Held {
  readonly req: Request;
  readonly res: Response;
  readonly goOn: () => void;
}

export interface Setup {
  readonly isLocked?: boolean;
  readonly heldAt?: Place | undefined;
  readonly fails?: 'throws' | 'rejects' | undefined;
  /** Called by the provider before it answers the first request. */
  readonly whileAsked?: (req: Request) => void;
}

export interface Scene {
  readonly app: Express;
  readonly lock: WatchedLock;
  readonly held: Arrivals<Held>;
  /** What has become of the first request so far. */
  readonly outcome: () => Outcome;
}

/** What the first request meets. */
class First {
  readonly ran: Place[] = [];
  readonly held: Arrivals<Held> = new Arrivals();
  readonly #setup: Setup;
  #req: Request | undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  is(req: Request): boolean {
    this.#req ??= req;
    return this.#req === req;
  }

  /** Resolves when the request may go on; `undefined` if it need not wait. */
  reach(place: Place, req: Request): Promise<void> | undefined {
    if (!this.is(req)) return undefined;
    this.ran.push(place);
    if (this.#setup.heldAt !== place) return undefined;
    return new Promise((goOn) => {
      this.held.add({ req, res: req.res!, goOn });
    });
  }

  /** Only at the place where it was held, or in the provider. */
  fails(place: Place, req: Request): boolean {
    return this.is(req) && this.#setup.fails !== undefined && place === (this.#setup.heldAt ?? 'provider');
  }
}

/** An error, with the code of those that the middleware stops a request with. */
type Stopping = Error & { readonly code?: string };

export function scene(express: ExpressModule, setup: Setup = {}): Scene {
  const first = new First(setup);
  const lock = new WatchedLock(memoryLock());
  const answer = (req: Request): ResourceVersion => {
    if (first.fails('provider', req)) throw new Error('provider');
    return V1;
  };
  const provider = (req: Request): ResourceVersion | Promise<ResourceVersion> => {
    const wait = first.reach('provider', req);
    if (first.is(req)) setup.whileAsked?.(req);
    return wait === undefined ? answer(req) : wait.then(() => answer(req));
  };
  const between: RequestHandler = (req, _res, next) => {
    const wait = first.reach('between', req);
    if (wait === undefined) next();
    else void wait.then(() => next());
  };
  const handler: RequestHandler = async (req, res, next) => {
    await first.reach('handler', req);
    if (first.fails('handler', req)) next(new Error('handler'));
    else res.json({});
  };
  const app = express();
  app.all('/', preconditions(provider, setup.isLocked ? { lock } : {}), between, handler);
  const errors: Stopping[] = [];
  app.use((error: Stopping, _req: Request, res: Response, _next: NextFunction) => {
    errors.push(error);
    // Nobody need answer what the middleware has stopped for a client that has left.
    if (error.code === undefined || !res.closed) res.status(500).end();
  });
  return {
    app,
    lock,
    held: first.held,
    outcome: () => ({ ran: [...first.ran], errors: errors.map(({ code, message }) => code ?? message) }),
  };
}

/** How many listen for each event. */
export function listenersOf(emitter: EventEmitter): Record<string, number> {
  const names = emitter.eventNames();
  return Object.fromEntries(names.map((name) => [String(name), emitter.listenerCount(name)]));
}
