import { type ClientRequest, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Answer, FieldLines } from '../types.js';
import { answerOf } from './answer.js';
import { Unanswered, within } from './unanswered.js';

export interface Outgoing {
  readonly method: string;
  /** Absolute: the origin of the target, and a path as it is to stand in the request line. */
  readonly url: URL;
  readonly fields: FieldLines;
  readonly body?: Buffer | undefined;
  readonly timeout: number;
}

/**
 * One request on a connection of its own, with the field lines as they are: repeated, in order, one octet for each character.
 * Redirects are answers like any other.
 */
export async function send(outgoing: Outgoing): Promise<Answer> {
  const request = requestOf(outgoing);
  try {
    return await within(outgoing.timeout, answerTo(request, outgoing), () => request.destroy());
  } catch (failure) {
    throw new Unanswered(outgoing, failure);
  }
}

function requestOf({ method, url, fields, body }: Outgoing): ClientRequest {
  const lines = [['Host', url.host], ...fields, ['Connection', 'close']];
  if (body !== undefined || NEEDS_LENGTH.has(method))
    lines.push(['Content-Length', String(body?.length ?? 0)]);
  return (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method,
    path: url.pathname + url.search,
    headers: lines.flat(),
    setHost: false,
    agent: false,
  });
}

/** Without a length, Node announces chunks, even if there are none. */
const NEEDS_LENGTH: ReadonlySet<string> = new Set(['PUT', 'PATCH', 'POST']);

function answerTo(request: ClientRequest, { method, url, fields, body }: Outgoing): Promise<Answer> {
  const sent = { method, path: url.pathname + url.search, fields, body };
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', (response) => {
      const { statusCode: status = 0, rawHeaders } = response;
      buffer(response).then((content) => {
        resolve(answerOf({ sent, status, fields: pairs(rawHeaders), body: content }));
      }, reject);
    });
    request.end(body);
  });
}

function pairs(rawHeaders: readonly string[]): FieldLines {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  );
}
