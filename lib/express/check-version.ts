import type { EntityTag } from '../core/entity-tag.js';
import { parseEntityTag } from '../core/entity-tag.js';
import { formatHttpDate } from '../core/http-date.js';
import type { Validators } from '../core/types.js';
import { describeValue, HttpPreconditionsError, isDate, isPlain } from '../errors.js';
import type { VersionHeaders } from '../providers/types.js';

/** A version whose members have been read once and found valid. */
export interface CheckedVersion extends Validators {
  readonly headers: VersionHeaders | undefined;
  /** What they have been read from. */
  readonly given: object;
}

/**
 * Checks what a provider returned, before any of it is compared or sent.
 *
 * @param nameProvider names the provider, when a message needs it
 * @throws {HttpPreconditionsError} ERR_PROVIDER_UNDEFINED, and what `checkVersion` throws
 */
export function checkAnswer(value: unknown, nameProvider: () => string): CheckedVersion {
  if (value !== undefined) return checkVersion(value, () => `${nameProvider()} returned`);
  throw new HttpPreconditionsError(
    'ERR_PROVIDER_UNDEFINED',
    `${nameProvider()} returned undefined. Return a version, null when there is no current representation, or SKIP; ` +
      'look for a path without a return, or a lookup that needs `?? null`.',
  );
}

/**
 * Checks a version.
 *
 * @param source says where it comes from, when a message needs it: `req.precondition.updated() was given`
 * @throws {HttpPreconditionsError} ERR_PROVIDER_VALUE, ERR_ENTITY_TAG_SYNTAX, ERR_LAST_MODIFIED or ERR_VERSION_HEADERS
 */
export function checkVersion(value: unknown, source: () => string): CheckedVersion {
  const { etag, lastModified, lastModifiedIsWeak, headers } = (value ?? {}) as Record<string, unknown>;
  if (etag === undefined && lastModified === undefined && !isPlain(value)) {
    throw new HttpPreconditionsError(
      'ERR_PROVIDER_VALUE',
      `${source()} ${describeValue(value)}. Expected a version: an object such as { etag: strong('v1') }.`,
    );
  }
  return {
    etag: checkEtag(etag, source),
    lastModified: checkLastModified(lastModified, source),
    lastModifiedIsWeak: Boolean(lastModifiedIsWeak),
    headers: checkHeaders(headers, source),
    given: value as object,
  };
}

function checkEtag(etag: unknown, source: () => string): EntityTag | undefined {
  if (etag === undefined) return undefined;
  const tag = typeof etag === 'string' ? parseEntityTag(etag) : undefined;
  if (tag !== undefined) return tag;
  throw new HttpPreconditionsError(
    'ERR_ENTITY_TAG_SYNTAX',
    `${source()} a version with the etag ${describeValue(etag)}. Expected an entity tag, whose double quotes are part of it: ` +
      `strong('v1'), weak('v1') or '"v1"'.`,
  );
}

function checkLastModified(lastModified: unknown, source: () => string): Date | undefined {
  if (lastModified === undefined) return undefined;
  if (isDate(lastModified)) {
    // A copy, so that what was checked is what is compared and sent.
    const date = new Date(lastModified.getTime());
    if (formatHttpDate(date) !== undefined) return date;
  }
  throw new HttpPreconditionsError(
    'ERR_LAST_MODIFIED',
    `${source()} a version with the lastModified ${describeValue(lastModified)}. Expected a valid Date of the years 0 to ` +
      '9999, or nothing.',
  );
}

function checkHeaders(headers: unknown, source: () => string): VersionHeaders | undefined {
  if (headers === undefined) return undefined;
  const copy = isPlain(headers) ? { ...headers } : undefined;
  if (isVersionHeaders(copy)) return copy;
  throw new HttpPreconditionsError(
    'ERR_VERSION_HEADERS',
    `${source()} a version with headers that a 304 cannot repeat. Expected ${VERSION_HEADERS}. Set any other field in the ` +
      'handler or in a middleware before this one.',
  );
}

/** What `isVersionHeaders` expects, in words. */
export const VERSION_HEADERS =
  'an object with text for Cache-Control, Content-Location, Expires or Vary (names, with commas in between)';

const HEADER_NAMES = new Set(['cache-control', 'content-location', 'expires', 'vary']);
// The characters of a field value (RFC 9110, section 5.5); Node would refuse others only when the response is begun.
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

// What `res.vary` takes; of anything else it throws, when other fields are set already.
const FIELD_NAMES = /^(?: *[\w!#$%&'*+.^`|~-]+ *(?:,(?!$)|$))+$/;

/** Whether a value holds fields for a 200 and its 304 and no others. */
export function isVersionHeaders(value: unknown): value is VersionHeaders {
  return isPlain(value) && Object.entries(value).every(isVersionHeader);
}

function isVersionHeader([name, value]: [string, unknown]): boolean {
  const lowerCase = name.toLowerCase();
  const form = lowerCase === 'vary' ? FIELD_NAMES : FIELD_VALUE;
  return (
    HEADER_NAMES.has(lowerCase) && (value === undefined || (typeof value === 'string' && form.test(value)))
  );
}
