/** One route, `PUT /counter`, on Express or without it. */
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Precondition, PreconditionsMiddleware, ResourceVersion } from '../../lib/index.js';
import { throwing } from '../helpers/apps.js';
import type { ExpressModule } from '../helpers/express-versions.js';

/** The version of the counter is its value. */
export interface CounterVersion extends ResourceVersion {
  readonly value: number;
}

export interface Exchange {
  readonly req: IncomingMessage;
  readonly precondition: Precondition<CounterVersion>;
  /** The member `add` of the content. */
  readonly amount: number;
  /** Answers 200. */
  readonly succeed: () => void;
}

export interface Route {
  readonly middleware: PreconditionsMiddleware<CounterVersion>;
  readonly handler: (exchange: Exchange) => Promise<void>;
  /** Told of what reaches the error handler. */
  readonly onError: (error: unknown, req: IncomingMessage) => void;
}

/** A server with this route, in place of the one that it had before. */
export type Serve = (route: Route) => Server;

interface Content {
  readonly add: number;
}

/** The middleware and the handler alone, on `node:http`; the quickest. */
export function serveBare(): Serve {
  return onServer((current) => (req, res) => {
    const { middleware, handler, onError } = current();
    const stop = (error: unknown): void => {
      onError(error, req);
      res.statusCode = (error as { status?: number }).status ?? 500;
      res.end();
    };
    const handle = async (): Promise<void> => {
      const amount = amountOf(JSON.parse(await contentOf(req)));
      await handler({ req, precondition: middleware.of(req), amount, succeed: () => res.end() });
    };
    Object.assign(req, { baseUrl: '', path: '/counter' });
    middleware(req, likeExpress(res), (error) => {
      if (error === undefined) handle().catch(stop);
      else stop(error);
    });
  });
}

/** An app as its users write them, and, where it is so terse, with an error handler that answers nobody who has left. */
export function serveExpress(
  express: ExpressModule,
  { isTerse = false }: { readonly isTerse?: boolean } = {},
): Serve {
  return onServer((current) => {
    const app = express();
    const evaluate: RequestHandler = (req, res, next) => current().middleware(req, res, next);
    app.put('/counter', evaluate, express.json(), (req, res, next) => {
      const { middleware, handler } = current();
      const succeed = (): unknown => res.json({});
      // Express 4 does not look at what a handler returns.
      handler({ req, precondition: middleware.of(req), amount: amountOf(req.body), succeed }).catch(next);
    });
    app.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
      current().onError(error, req);
      if (!isTerse || !res.closed) next(error);
    });
    return app;
  });
}

/** One server for all runs: they come one after the other. */
function onServer(listenerFor: (current: () => Route) => RequestListener): Serve {
  let route: Route;
  const server = createServer(listenerFor(() => route));
  return (next) => {
    route = next;
    return server;
  };
}

function amountOf(content: unknown): number {
  return (content as Content).add;
}

async function contentOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const notCalled = throwing(new Error('Nobody sends with this.'));

function likeExpress(res: ServerResponse): Response {
  const methods = {
    locals: {},
    status(this: ServerResponse, status: number): ServerResponse {
      this.statusCode = status;
      return this;
    },
    // These are only wrapped.
    send: notCalled,
    sendFile: notCalled,
  };
  return Object.assign(res, methods) as unknown as Response;
}
