import type { StrongEntityTag, WeakEntityTag } from '../core/entity-tag.js';
import { formatEntityTag } from '../core/entity-tag.js';
import { describeValue, HttpPreconditionsError } from '../errors.js';

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

function entityTag(opaqueTag: unknown, weakness: 'strong' | 'weak'): string {
  const tag = isVersion(opaqueTag) ? formatEntityTag(String(opaqueTag), weakness) : undefined;
  if (tag !== undefined) return tag;
  throw new HttpPreconditionsError(
    'ERR_ENTITY_TAG_SYNTAX',
    `${weakness}() expected an opaque tag (a string of characters !, # to ~ and U+0080 to U+00FF without spaces or ` +
      `quotes, a bigint, or a number that is exact), got ${describeValue(opaqueTag)}. ${hint(opaqueTag)}`,
  );
}

function isVersion(value: unknown): value is string | number | bigint {
  if (typeof value !== 'number') return typeof value === 'string' || typeof value === 'bigint';
  return Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

function hint(value: unknown): string {
  if (typeof value === 'string' && value.includes('"')) return 'Leave the quotes out: they are added here.';
  if (typeof value === 'number') return 'Read a counter of that size as a bigint or a string.';
  if (typeof value === 'string') return 'Encode it first, for example with encodeURIComponent or a hash.';
  return 'Is the version column missing from the query?';
}
