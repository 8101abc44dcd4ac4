/** A note over the middleware, behind a proxy that loses what the test wants it to lose. */
import type { ServerResponse } from 'node:http';
import express, { type Express } from 'express';
import { type ConditionalClient, conditionalClient } from '../../lib/client/index.js';
import { fromVersion, preconditions } from '../../lib/index.js';
import { rawRequest, type RawResponse } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { mergePatch } from './merge-patch.js';
import { receive, type Received, summary } from './scripted-server.js';

export interface Content {
  readonly text: string;
  readonly tags?: readonly string[];
  readonly stars?: number;
}

/** What the server knows. */
export class Note {
  content: Content | undefined;
  version = 1;

  constructor(content: Content) {
    this.content = content;
  }

  /** Somebody else changes it. */
  change(content: Partial<Content>): void {
    this.replace({ ...this.content!, ...content });
  }

  replace(content: Content | undefined): void {
    this.content = content;
    this.version += 1;
  }
}

/** What becomes of one write: it may be forwarded to the server, and be answered. */
export type Fate = (write: Write) => Promise<void> | void;

export interface Write {
  readonly note: Note;
  /** Gives the status. */
  readonly forward: () => Promise<number>;
  readonly response: ServerResponse;
  /** Writes that are on their way still. */
  readonly onTheirWay: (() => Promise<number>)[];
}

/** It is lost, and so it is not made. */
export const dropped: Fate = ({ response }) => void response.socket!.destroy();

/** It is made, but the answer is lost. */
export const unanswered: Fate = async ({ forward, response }) => {
  await forward();
  response.socket!.destroy();
};

/** It is made, but what comes back is another answer. */
export function answered(status: number): Fate {
  return async ({ forward, response }) => {
    await forward();
    response.writeHead(status).end();
  };
}

/** It is not made, and the proxy says so, or does not know. */
export function refused(status: number): Fate {
  return ({ response }) => void response.writeHead(status).end();
}

/** The connection is lost, and the write arrives later. */
export const delayed: Fate = ({ forward, response, onTheirWay }) => {
  onTheirWay.push(forward);
  response.socket!.destroy();
};

/** Nothing happens to it. */
export const delivered: Fate = async ({ forward, response }) =>
  void response.writeHead(await forward()).end();

/** Somebody else does something before it arrives. */
export function precededBy(fate: Fate, act: (note: Note) => void): Fate {
  return (write) => {
    act(write.note);
    return fate(write);
  };
}

/** Somebody else does something behind it, before the client reads again. */
export function followedBy(fate: Fate, act: (note: Note) => void): Fate {
  return async (write) => {
    await fate(write);
    act(write.note);
  };
}

export interface LossyNote {
  readonly client: ConditionalClient;
  readonly note: Note;
  /** What the client has asked, in order. */
  readonly asked: readonly string[];
  /** Lets the delayed writes arrive; their statuses. */
  readonly arrive: () => Promise<number[]>;
}

/** Lends a note whose writes meet their fates in order. After those, and for reads, nothing is lost. */
export async function withLossyNote<T>(
  content: Content,
  fates: readonly Fate[],
  use: (note: LossyNote) => Promise<T>,
): Promise<T> {
  const note = new Note(content);
  const asked: string[] = [];
  const left = [...fates];
  const onTheirWay: (() => Promise<number>)[] = [];
  return withServer(noteApp(note), (upstream) => {
    const proxy = async (received: Received, response: ServerResponse): Promise<void> => {
      asked.push(summary(received));
      const fate = received.method === 'GET' ? undefined : left.shift();
      if (fate === undefined) return pass(await forwarded(upstream, received), response);
      const forward = async (): Promise<number> => (await forwarded(upstream, received)).status;
      await fate({ note, forward, response, onTheirWay });
    };
    return withServer(
      (message, response) => void receive(message).then((received) => proxy(received, response)),
      (port) => {
        const client = conditionalClient({ baseUrl: `http://127.0.0.1:${port}` });
        const arrive = (): Promise<number[]> => Promise.all(onTheirWay.splice(0).map((forward) => forward()));
        return use({ client, note, asked, arrive });
      },
    );
  });
}

const PASSED_ON = /^(if-|content-type$)/i;

function forwarded(port: number, { method, path, lines, content }: Received): Promise<RawResponse> {
  const fields = lines.filter(([name]) => PASSED_ON.test(name)).map(([name, value]) => `${name}: ${value}`);
  return rawRequest(port, [`${method} ${path}`, ...fields], content);
}

function pass({ status, lines, body }: RawResponse, response: ServerResponse): void {
  response.statusCode = status;
  for (const [name, value] of lines) if (name !== 'Connection') response.setHeader(name, value);
  response.end(body);
}

function noteApp(note: Note): Express {
  const current = fromVersion(
    () => (note.content ? note : null),
    (row) => row.version,
  );
  const app = express();
  app.use('/note', preconditions(current), express.json());
  app.get('/note', (_req, res) => {
    if (note.content) res.json(note.content);
    else res.sendStatus(404);
  });
  app.put('/note', (req, res) => {
    note.replace(req.body as Content);
    res.json(note.content);
  });
  app.patch('/note', (req, res) => {
    note.replace(mergePatch(note.content, req.body) as Content);
    res.json(note.content);
  });
  return app;
}
