/** What the recipes take from the content of a request; anything else is answered 400 or 415. */
import type { IncomingMessage } from 'node:http';
import { raw } from 'express';

/** The text of `{"text":"…"}`. */
export function textOf(body: unknown): string {
  const text = (body as { text?: unknown } | null | undefined)?.text;
  if (typeof text === 'string') return text;
  throw httpError(400, 'Expected {"text":"…"} as application/json.');
}

/**
 * Reads the octets of `application/json`, for recipes that keep them as they came. What has a Content-Encoding is not inflated, and
 * another charset than that of the GET is not taken: 415.
 */
export const octets: ReturnType<typeof raw> = raw({ type: isJson, inflate: false });

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json *(; *charset="?utf-8"?)? *$/i.test(headers['content-type'] ?? '');
}

/** The bytes that `octets` has read. */
export function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw httpError(415, 'Expected application/json, in UTF-8.');
}

function httpError(status: number, message: string): Error {
  return Object.assign(new Error(message), { status, expose: true });
}
