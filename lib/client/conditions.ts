import type { EntityTag } from '../core/entity-tag.js';
import { isWeak, parseEntityTag } from '../core/entity-tag.js';
import { strongDate } from './date.js';
import { usage, WeakTagError } from './errors.js';
import { fieldTag } from './tag.js';

/** The validators of what a request is about, as they are known. */
interface KnownValidators {
  readonly etag: EntityTag | undefined;
  /** ETag and Last-Modified are read. */
  readonly headers: Headers;
}

/** The tag that a read is conditional on. */
export function readTag({ etag, headers }: KnownValidators): EntityTag | undefined {
  return fieldTag(headers) ?? etag;
}

/**
 * The fields of a conditional read (RFC 9111, section 4.3.1): the tag and the date of the copy, so that a server which knows only one of them can use it. The tag
 * is the one of the field, if there is one: the server compares with that.
 */
export function readConditions(fields: Headers, known: KnownValidators): Headers {
  const conditional = new Headers(fields);
  const etag = readTag(known);
  const date = strongDate(known);
  if (etag) conditional.set('if-none-match', etag);
  if (date) conditional.set('if-modified-since', date);
  return conditional;
}

/**
 * The value of If-Match.
 *
 * @throws {ClientError} ERR_CLIENT_USAGE for what is no entity tag, for `*` beside others and for an empty list
 * @throws {WeakTagError} for a weak tag, unless `comparison` is `'weak'`
 */
export function ifMatchValue(
  given: string | readonly string[] | undefined,
  comparison: 'strong' | 'weak' = 'strong',
): string {
  if (given === '*') return given;
  const tags = [given].flat().map((tag) => parseEntityTag(String(tag)));
  if (!tags.length || !tags.every((tag) => tag !== undefined))
    throw usage("`ifMatch` to be '*' or quoted entity tags", JSON.stringify(given));
  const weak = comparison === 'strong' && tags.find(isWeak);
  if (weak)
    throw new WeakTagError(
      'ERR_CLIENT_WEAK_TAG',
      `A weak tag never satisfies If-Match: ${weak}. Pass a strong one, or \`ifMatch: '*'\` to overwrite.`,
    );
  return tags.join(', ');
}
