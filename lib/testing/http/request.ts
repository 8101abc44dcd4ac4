import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { buffer } from 'node:stream/consumers';
import type { Answer, FieldLines } from '../types.js';
import { answerOf } from './answer.js';

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
export function send({ method, url, fields, body, timeout }: Outgoing): Promise<Answer> {
  const lines = [['Host', url.host], ...fields, ['Connection', 'close']];
  if (body) lines.push(['Content-Length', String(body.length)]);
  const path = url.pathname + url.search;
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeout);
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method,
      path,
      headers: lines.flat(),
      setHost: false,
      agent: false,
      signal,
    });
    const fail = (error: Error): void => reject(signal.aborted ? tooLate(timeout) : error);
    request.on('error', fail);
    request.on('response', (response) => {
      const { statusCode: status = 0, rawHeaders } = response;
      buffer(response).then((content) => {
        resolve(
          answerOf({ sent: { method, path, fields }, status, fields: pairs(rawHeaders), body: content }),
        );
      }, fail);
    });
    request.end(body);
  });
}

/** What Node says itself is "aborted". */
export function tooLate(timeout: number): Error {
  return new Error(`no complete answer within ${timeout} ms`);
}

function pairs(rawHeaders: readonly string[]): FieldLines {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
  );
}
