import { expect } from '@jest/globals';
import { formatHttpDate } from '../../../lib/core/index.js';
import type { ResourceVersion } from '../../../lib/index.js';
import type { RawResponse } from '../../helpers/raw-http.js';
import { fieldNames, fieldOf, jsonOf } from '../../helpers/raw-http.js';
import type { HttpCase } from './notation.js';
import { versionOf } from './notation.js';
import { REPRESENTATION } from '../ways-of-serving.js';

const IMF_FIXDATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d GMT$/;

const PERFORMED = new Set(['run', 'full', '206']);

/** Checks the whole response against what the row expects: status, fields, content, and how often the handler ran. */
export function expectRow(row: HttpCase, response: RawResponse, handled: number): void {
  const [method] = row.request;
  const version = versionOf(row.current);
  const [expected = '', field, reason = 'required'] = row.expected.split(' ');
  expect(handled).toBe(PERFORMED.has(expected) ? 1 : 0);
  expectDates(response);
  if (expected === 'run') expectPerformed(method, version, response);
  else if (expected === 'full') expectFull(version, response);
  else if (expected === '206') expectPartial(version, response);
  else if (expected === '304') expectNotModified(version, response);
  else expectRefused(method, response, { status: Number(expected), ...(field && { field }), reason });
}

function expectDates(response: RawResponse): void {
  expect(fieldOf(response, 'Date')).toMatch(IMF_FIXDATE);
  const lastModified = fieldOf(response, 'Last-Modified');
  if (lastModified === undefined) return;
  expect(lastModified).toMatch(IMF_FIXDATE);
  expect(Date.parse(lastModified)).toBeLessThanOrEqual(Date.parse(fieldOf(response, 'Date')!));
}

function expectPerformed(method: string, version: ResourceVersion | null, response: RawResponse): void {
  const isRead = method === 'GET' || method === 'HEAD';
  if (isRead && version !== null) return expectFull(version, response, method);
  const created = method === 'PUT' && version === null;
  expect(response.status).toBe(isRead ? 404 : created ? 201 : 200);
  if (isRead) return;
  expect(jsonOf(response)).toEqual({ done: method });
  // QUERY is not evaluated, so its response is Express's own.
  if (method !== 'QUERY' && method !== 'OPTIONS' && method !== 'TRACE') expectValidators(response, {});
}

function expectFull(version: ResourceVersion | null, response: RawResponse, method = 'GET'): void {
  expect(response.status).toBe(200);
  expect(fieldOf(response, 'Content-Range')).toBeUndefined();
  expect(fieldOf(response, 'Content-Length')).toBe(String(REPRESENTATION.length));
  expect(response.body.toString('utf8')).toBe(method === 'HEAD' ? '' : REPRESENTATION);
  expectValidators(response, version);
}

function expectPartial(version: ResourceVersion | null, response: RawResponse): void {
  expect(response.status).toBe(206);
  expect(fieldOf(response, 'Content-Range')).toBe(`bytes 0-3/${REPRESENTATION.length}`);
  expect(response.body.toString('utf8')).toBe(REPRESENTATION.slice(0, 4));
  expectValidators(response, version);
}

/** ETag and Last-Modified are those of the version, and only those. */
function expectValidators(response: RawResponse, version: ResourceVersion | null): void {
  const lastModified = version?.lastModified;
  expect(fieldOf(response, 'ETag')).toBe(version?.etag);
  expect(fieldOf(response, 'Last-Modified')).toBe(lastModified && formatHttpDate(lastModified));
}

const ON_EVERY_RESPONSE = ['connection', 'date', 'x-powered-by'];

/** A 304 carries the current tag, or the date where there is none, and nothing about content. */
function expectNotModified(version: ResourceVersion | null, response: RawResponse): void {
  expect(response.status).toBe(304);
  const validator = version?.etag === undefined ? ['last-modified'] : ['etag'];
  const known = version?.etag === undefined && version?.lastModified === undefined ? [] : validator;
  expect(fieldNames(response)).toEqual([...ON_EVERY_RESPONSE, ...known].toSorted());
  if (version?.etag !== undefined) expect(fieldOf(response, 'ETag')).toBe(version.etag);
  else expectValidators(response, version);
}

function expectRefused(
  method: string,
  response: RawResponse,
  refusal: { status: number; field?: string; reason: string },
): void {
  expect(response.status).toBe(refusal.status);
  const fields = ['cache-control', 'content-length', 'content-type'];
  expect(fieldNames(response)).toEqual([...ON_EVERY_RESPONSE, ...fields].toSorted());
  expect(fieldOf(response, 'Cache-Control')).toBe('no-store');
  expect(fieldOf(response, 'Content-Type')).toBe('application/problem+json');
  if (method === 'HEAD') return expect(response.body).toHaveLength(0);
  expect(fieldOf(response, 'Content-Length')).toBe(String(response.body.length));
  expect(jsonOf(response)).toMatchObject({ type: 'about:blank', ...refusal });
}
