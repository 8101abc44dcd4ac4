/** A note behind the middleware, and requests for it through a proxy. */
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import compression from 'compression';
import express5, { type Request, type Response } from 'express';
import { type EntityTag, preconditions, type PreconditionsOptions, strong } from '../../lib/index.js';
import { eventually } from '../helpers/arrivals.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import type { TestProxy } from '../helpers/proxy.js';
import { rawRequest, type RawResponse } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

export interface NoteApi {
  readonly app: RequestListener;
  /** `undefined` where there is none. */
  version: number | undefined;
  /** What 200 and 304 have in common. */
  fields: Fields;
  /** The requests that have got as far as the API. */
  readonly seen: { readonly method: string; readonly headers: IncomingHttpHeaders }[];
  /** The methods of those that its handlers have answered. */
  readonly handled: string[];
  /** Handlers await this before they answer a read. */
  open: Promise<void>;
  /** Whether the reply to the next write is lost. */
  losesReply: boolean;
}

export interface ApiOptions {
  readonly express?: ExpressModule;
  readonly options?: PreconditionsOptions;
  /** Whether the API itself compresses. */
  readonly compresses?: boolean;
  readonly fields?: Fields;
}

export type Fields = Readonly<Record<string, string>>;

/** Long enough for everybody who compresses. */
export const BODY: string = JSON.stringify({ text: 'All that was said. '.repeat(100) });

export function noteApi(given: ApiOptions = {}): NoteApi {
  const { express = express5, options, compresses = false, fields = {} } = given;
  const app = express();
  const api: NoteApi = {
    app,
    version: 1,
    fields,
    seen: [],
    handled: [],
    open: Promise.resolve(),
    losesReply: false,
  };
  app.use((req, _res, next) => {
    api.seen.push({ method: req.method, headers: { ...req.headers } });
    next();
  });
  if (compresses) app.use(compression());
  app.use(
    '/notes/1',
    preconditions(() => current(api), options),
    (req, res, next) => {
      api.handled.push(req.method);
      if (req.method === 'GET' || req.method === 'HEAD') api.open.then(() => read(api, res), next);
      else write(api, req, res);
    },
  );
  return api;
}

function current({ version, fields }: NoteApi): { etag: EntityTag; headers: Fields } | null {
  return version === undefined ? null : { etag: strong(`v${version}`), headers: fields };
}

function read({ version }: NoteApi, res: Response): void {
  if (version === undefined) return void res.status(404).json({ title: 'Not Found' });
  res.set({ 'Accept-Ranges': 'bytes', 'Content-Language': 'en' }).type('json').send(BODY);
}

function write(api: NoteApi, req: Request, res: Response): void {
  api.version = req.method === 'DELETE' ? undefined : (api.version ?? 0) + 1;
  if (api.losesReply) {
    api.losesReply = false;
    return void req.socket.destroy();
  }
  if (api.version !== undefined) req.precondition!.updated({ etag: strong(`v${api.version}`) });
  res.status(204).end();
}

/** Sends a request for the note, by default from a client that takes gzip. */
export type Send = (method: string, fields?: Fields) => Promise<RawResponse>;

/** Lends such a function for a proxy in front of the API. */
export async function behind<O>(
  proxy: TestProxy<O>,
  options: O,
  api: NoteApi,
  use: (send: Send, port: number) => Promise<void>,
): Promise<void> {
  await withServer(api.app, async (upstream) => {
    const port = await proxy.inFrontOf(upstream, options);
    await use(sendTo(port), port);
  });
}

function sendTo(port: number): Send {
  return (method, fields) => {
    const all = Object.entries({ 'Accept-Encoding': 'gzip', ...fields });
    const content = method === 'PUT' || method === 'PATCH' ? '{"text":"Mine"}' : undefined;
    return rawRequest(
      port,
      [`${method} /notes/1`, ...all.map(([name, value]) => `${name}: ${value}`)],
      content,
    );
  };
}

/** Reads until the API is asked once more, because a copy has expired. Gives the answer to the last read. */
export async function readUntilAsked(send: Send, api: NoteApi, fields: Fields = {}): Promise<RawResponse> {
  const before = api.seen.length;
  const answers: RawResponse[] = [];
  await eventually(async () => {
    answers.push(await send('GET', fields));
    return api.seen.length > before;
  }, 10_000);
  return answers.at(-1)!;
}
