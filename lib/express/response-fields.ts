import type { OutgoingHttpHeader } from 'node:http';
import type { Response } from 'express';
import type { EntityTag } from '../core/entity-tag.js';
import { weakMatch } from '../core/entity-tag.js';
import { formatHttpDate, wholeSeconds } from '../core/http-date.js';
import type { VersionHeaders } from '../providers/types.js';
import type { CheckedVersion } from './check-version.js';
import { tagWithoutCoding } from './content-codings.js';
import type { ContentCodings } from './content-codings.js';
import type { Settings } from './options.js';

/**
 * Fields about the content of a 200, which a 304 must not (Content-Length) or should not carry (RFC 9110, sections 8.6
 * and 15.4.5): a cache would copy them over its stored response.
 */
const CONTENT_FIELDS: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'content-language',
  'content-range',
  'content-disposition',
  'content-digest',
  'repr-digest',
  'digest',
  'content-md5',
  'transfer-encoding',
  'trailer',
]);

/** Fields that let a cache keep a response, or that name the version of what it contains. */
const CACHING_FIELDS: ReadonlySet<string> = new Set([
  'surrogate-control',
  'expires',
  'pragma',
  'etag',
  'last-modified',
]);

/** A version as a response tells it. */
export interface Description {
  readonly version: CheckedVersion;
  readonly now: number;
  /** What others had set of the fields that come with it. `undefined`: it comes without. */
  readonly before?: FieldsBefore | undefined;
}

type FieldsBefore = Readonly<Record<string, OutgoingHttpHeader | undefined>>;

/** Sets ETag and Last-Modified as the version has them, and removes the one that it has not. */
export function setValidators(res: Response, description: Description): void {
  setOrRemove(res, 'ETag', description.version.etag);
  setOrRemove(res, 'Last-Modified', lastModifiedOf(description));
}

/** Last-Modified is never later than the Date of its response (RFC 9110, section 8.8.2.1). */
function lastModifiedOf({ version: { lastModified }, now }: Description): string | undefined {
  return lastModified && formatHttpDate(new Date(Math.min(wholeSeconds(lastModified), now)));
}

function setOrRemove(res: Response, name: string, value: OutgoingHttpHeader | undefined): void {
  if (value === undefined) res.removeHeader(name);
  else res.setHeader(name, value);
}

/** Sets the fields that a 200 and its 304 share. Vary is added to, since others may have set theirs before. */
export function setVersionHeaders(res: Response, headers: VersionHeaders): void {
  for (const [name, value] of Object.entries(headers) as [string, string | undefined][]) {
    if (value === undefined) continue;
    if (name.toLowerCase() === 'vary') res.vary(value);
    else res.setHeader(name, value);
  }
}

/** The values that those fields have now. */
export function fieldsBefore(
  res: Response,
  headers: VersionHeaders = {},
  ofVersion: VersionHeaders = {},
): FieldsBefore {
  const names = Object.keys({ ...headers, ...ofVersion });
  return Object.fromEntries(names.map((name) => [name, res.getHeader(name)]));
}

/** Takes the fields of a version away again, those that nobody has given another value; but for Vary, which cannot hurt. */
export function withdrawVersion(
  res: Response,
  description: Description,
  { headers, contentCodings = [] }: Pick<Settings, 'headers' | 'contentCodings'>,
): void {
  const { version, before } = description;
  const lastModified = { 'Last-Modified': lastModifiedOf(description) };
  for (const fields of [before && headers, before && version.headers, lastModified]) {
    for (const [name, value] of Object.entries(fields ?? {})) {
      if (name.toLowerCase() !== 'vary' && res.getHeader(name) === value)
        setOrRemove(res, name, before?.[name]);
    }
  }
  if (isTagOf(res.getHeader('ETag'), version, contentCodings)) res.removeHeader('ETag');
}

/** Whether an ETag is the tag of the version, in whatever coding. */
export function isTagOf(
  field: OutgoingHttpHeader | undefined,
  { etag }: CheckedVersion,
  codings: ContentCodings,
): boolean {
  if (field === undefined || etag === undefined) return false;
  return weakMatch(tagWithoutCoding(String(field) as EntityTag, codings), etag);
}

/** Leaves what section 15.4.5 wants on a 304, and all that is not about the representation (CORS, cookies, security). */
export function keepFieldsOfNotModified(res: Response): void {
  const names = res.getHeaderNames();
  // Last-Modified is useful for updating caches only in the absence of a tag.
  const hasTag = names.includes('etag');
  for (const name of names)
    if (isContentField(name) || (hasTag && name === 'last-modified')) res.removeHeader(name);
}

/** Makes a refusal uncacheable and takes away what middleware before this one had set for a 200. */
export function keepFieldsOfRefusal(res: Response): void {
  for (const name of res.getHeaderNames())
    if (isContentField(name) || isCachingField(name)) res.removeHeader(name);
  res.setHeader('Cache-Control', 'no-store');
}

function isContentField(name: string): boolean {
  return CONTENT_FIELDS.has(name);
}

/** Cache-Control also has forms for one cache or one kind of cache, which win over it there (RFC 9213). */
function isCachingField(name: string): boolean {
  return CACHING_FIELDS.has(name) || name.endsWith('cache-control');
}
