/** A real server that records what it is asked and answers from a script, so that a test can say what both sides said. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { type ClientOptions, type ConditionalClient, conditionalClient } from '../../lib/client/index.js';
import { withServer } from '../helpers/server.js';

/** A request as it stood on the wire. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly content: Buffer;
}

type Fields = Readonly<Record<string, string | string[]>>;

export interface Answer {
  readonly status: number;
  readonly fields: Fields;
  readonly content: string | Buffer;
}

/** What becomes of a request: an answer, or whatever else can happen to it. */
export type Reaction = Answer | ((request: Received, response: ServerResponse) => void);

export function answer(status: number, fields: Fields = {}, content: string | Buffer = ''): Answer {
  return { status, fields, content };
}

export function text(content: string, fields: Fields = {}): Answer {
  return answer(200, { 'Content-Type': 'text/plain; charset=utf-8', ...fields }, content);
}

export function json(data: unknown, fields: Fields = {}, status = 200): Answer {
  return answer(status, { 'Content-Type': 'application/json', ...fields }, JSON.stringify(data));
}

/** The connection ends, and there is no answer. */
export const hangUp: Reaction = (_request, response) => void response.socket!.destroy();

/** There is no answer, and the connection stays. */
export const silence: Reaction = () => {};

/** The connection ends in the middle of the content. */
export const cutOff: Reaction = (_request, response) => {
  response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': 100, ETag: '"cut"' });
  response.write('{"half":', () => response.socket!.destroy());
};

/** Octets as they are, also those that Node would not send. One character is one octet. */
export function octets(all: string): Reaction {
  return (_request, response) => void response.socket!.end(Buffer.from(all, 'latin1'));
}

export interface ScriptedServer {
  readonly origin: string;
  /** What it was asked so far, in order. */
  readonly requests: readonly Received[];
  /** A client, to which URLs are relative to the server. */
  readonly client: ConditionalClient;
  /** Another one. */
  readonly clientWith: (options: ClientOptions) => ConditionalClient;
}

/** Lends a server that treats one request after the other as the script says. Whatever comes after its end is answered 599. */
export async function withScript<T>(
  script: readonly Reaction[],
  use: (server: ScriptedServer) => Promise<T>,
): Promise<T> {
  const requests: Received[] = [];
  const react = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await receive(message);
    requests.push(received);
    const reaction = script[requests.length - 1] ?? answer(599, {}, 'The script is at its end.');
    if (typeof reaction === 'function') return reaction(received, response);
    response.statusCode = reaction.status;
    for (const [name, value] of Object.entries(reaction.fields)) response.setHeader(name, value);
    // Text would be sent as UTF-8 together with the fields, whose octets are latin1.
    response.end(Buffer.from(reaction.content));
  };
  return withServer(
    // Whoever leaves in the middle of a request gets no reaction.
    (message, response) => void react(message, response).catch(() => response.destroy()),
    (port) => {
      const origin = `http://127.0.0.1:${port}`;
      const clientWith = (options: ClientOptions): ConditionalClient =>
        conditionalClient({ baseUrl: origin, ...options });
      return use({ origin, requests, client: clientWith({}), clientWith });
    },
  );
}

export async function receive(message: IncomingMessage): Promise<Received> {
  const { method = '', url = '', rawHeaders } = message;
  const lines = Array.from({ length: rawHeaders.length / 2 }, (_, index) => {
    return [rawHeaders[2 * index] ?? '', rawHeaders[2 * index + 1] ?? ''] as const;
  });
  return { method, path: url, lines, content: await buffer(message) };
}

/** The value of a field, `undefined` when it was not sent. A field that was sent twice is a fault wherever it is read. */
export function sent(request: Received | undefined, name: string): string | undefined {
  const values = (request?.lines ?? []).filter(([other]) => other.toLowerCase() === name.toLowerCase());
  if (values.length > 1) throw new Error(`${name} was sent ${values.length} times`);
  return values[0]?.[1];
}

/** `GET /note`, `PUT /note If-Match: "1"`: a request with its conditions, in the order in which section 13.2.2 evaluates them. */
export function summary(request: Received): string {
  const conditions = CONDITIONS.flatMap((name) => {
    const value = sent(request, name);
    return value === undefined ? [] : [`${name}: ${value}`];
  });
  return [`${request.method} ${request.path}`, ...conditions].join(' ');
}

const CONDITIONS = ['If-Match', 'If-Unmodified-Since', 'If-None-Match', 'If-Modified-Since', 'If-Range'];
