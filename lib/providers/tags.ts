import type { StrongEntityTag, WeakEntityTag } from '../core/entity-tag.js';
import { formatEntityTag } from '../core/entity-tag.js';
import { describeValue, HttpPreconditionsError, isDate } from '../errors.js';
import { isThenable } from '../settle.js';

/**
 * Makes a strong entity tag from a version: `strong(7)` is `"7"`. Strong promises that the tag changes whenever the
 * bytes of the representation change, and is never used again for others (RFC 9110, section 8.8.1); only strong tags
 * can satisfy If-Match.
 *
 * @param opaqueTag the version, without quotes: visible ASCII without double quotes is safe everywhere
 * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX for a character that no entity tag may contain, for values
 *   that are no version (`undefined`, `null`, NaN) and for integers too large to be exact
 */
export function strong(opaqueTag: string | number | bigint): StrongEntityTag {
  return entityTag(opaqueTag, 'strong') as StrongEntityTag;
}

/**
 * Makes a weak entity tag from a version: `weak('7')` is `W/"7"`. It serves conditional retrieval only: a weak tag
 * never satisfies If-Match.
 *
 * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX as `strong` does
 */
export function weak(opaqueTag: string | number | bigint): WeakEntityTag {
  return entityTag(opaqueTag, 'weak') as WeakEntityTag;
}

/**
 * The text of a version, or of one of the parts that make it up: numbers and bigints in digits, strings as they are.
 *
 * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX for anything else, also for integers too large to be exact: two
 *   versions would become one
 */
export function versionText(version: unknown, caller: string): string {
  if (typeof version === 'string' || typeof version === 'bigint') return String(version);
  if (typeof version === 'number' && Math.abs(version) <= Number.MAX_SAFE_INTEGER) return String(version);
  throw notAVersion(version, caller);
}

function entityTag(opaqueTag: unknown, weakness: 'strong' | 'weak'): string {
  const tag = formatEntityTag(versionText(opaqueTag, weakness), weakness);
  if (tag === undefined) throw notAVersion(opaqueTag, weakness);
  return tag;
}

/** The error for what no version can be made of, with a guess at the mistake. */
export function notAVersion(value: unknown, caller: string): HttpPreconditionsError {
  return new HttpPreconditionsError(
    'ERR_ENTITY_TAG_SYNTAX',
    `${caller}() expected a version: a bigint, an exact number, or a string without spaces, quotes, control characters and ` +
      `characters above U+00FF, got ${describeValue(value)}. ${hint(value)}`,
  );
}

function hint(value: unknown): string {
  if (typeof value === 'string') {
    return value.includes('"')
      ? 'Leave the quotes out: they are added here.'
      : 'Encode it first, for example with encodeURIComponent or a hash.';
  }
  if (Number.isFinite(value)) return 'Read a counter of that size as a bigint or a string.';
  if (isThenable(value)) return 'Await it first.';
  if (isDate(value)) return 'Use fromTimestamp, or date.getTime().';
  return 'Is the version column missing from the query?';
}
