import { equal, match, notEqual, ok } from 'node:assert/strict';
import { type EntityTag, parseEntityTag } from '../core/entity-tag.js';

/** As much of a response as is looked at: that of supertest, of Node, or of `fetch`. */
export interface ResponseLike {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>> | { get(name: string): string | null };
  /** The content, where the client of the tests has read it as text. */
  readonly text?: unknown;
}

/** The ETag of a response. @throws {AssertionError} when it has none, or one that is no entity tag */
export function etagOf(response: Pick<ResponseLike, 'headers'>): EntityTag {
  const value = fieldOf(response, 'etag');
  const tag = value === undefined ? undefined : parseEntityTag(value);
  ok(tag !== undefined, `Expected an ETag that is one entity tag, such as "v1"; got ${String(value)}.`);
  return tag;
}

/**
 * The condition of a write that is based on what a response has shown:
 *
 *     const read = await request(app).get('/notes/1');
 *     await request(app).put('/notes/1').set(ifMatch(read)).send({ text: 'Mine' }).expect(200);
 */
export function ifMatch(response: Pick<ResponseLike, 'headers'>): { 'If-Match': EntityTag } {
  return { 'If-Match': etagOf(response) };
}

/** The condition of a read that wants only what has changed since a response. */
export function ifNoneMatch(response: Pick<ResponseLike, 'headers'>): { 'If-None-Match': EntityTag } {
  return { 'If-None-Match': etagOf(response) };
}

const KEPT = ['etag', 'cache-control', 'content-location', 'vary'];

/**
 * For `.expect(…)` of supertest: that the response is a right 304 for the 200 that came before (RFC 9110, section 15.4.5): the same
 * ETag, Cache-Control, Content-Location and Vary, and nothing of the content.
 *
 *     const read = await request(app).get('/notes/1');
 *     await request(app).get('/notes/1').set(ifNoneMatch(read)).expect(notModified(read));
 */
export function notModified(previous: Pick<ResponseLike, 'headers'>): (response: ResponseLike) => void {
  return (response) => {
    equal(response.status, 304);
    for (const name of KEPT)
      equal(fieldOf(response, name), fieldOf(previous, name), `${name} is another than on the 200`);
    for (const name of ['content-type', 'content-encoding', 'content-range'])
      equal(fieldOf(response, name), undefined, `a 304 has no ${name}`);
    if (typeof response.text === 'string') equal(response.text, '', 'a 304 has no content');
  };
}

/** For `.expect(…)` of supertest: that the response is a 412 which says why, and which no cache keeps. */
export function preconditionFailed(): (response: ResponseLike) => void {
  return (response) => expectRefusal(response, 412);
}

/** For `.expect(…)` of supertest: that the response is a 428 which says how to send the request again (RFC 6585, section 3). */
export function preconditionRequired(): (response: ResponseLike) => void {
  return (response) => {
    expectRefusal(response, 428);
    if (typeof response.text === 'string') match(response.text, /if-match|if-none-match/i);
  };
}

function expectRefusal(response: ResponseLike, status: 412 | 428): void {
  equal(response.status, status);
  const cacheControl = fieldOf(response, 'cache-control') ?? '';
  ok(
    !/max-age=[1-9]/.test(cacheControl),
    `a ${status} is not to be kept; got Cache-Control: ${cacheControl}`,
  );
  if (typeof response.text === 'string') notEqual(response.text, '', `a ${status} says what is wrong`);
}

function fieldOf({ headers }: Pick<ResponseLike, 'headers'>, name: string): string | undefined {
  if (isHeaders(headers)) return headers.get(name) ?? undefined;
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : (value as string | undefined);
}

function isHeaders(headers: ResponseLike['headers']): headers is { get(name: string): string | null } {
  return typeof headers.get === 'function';
}
