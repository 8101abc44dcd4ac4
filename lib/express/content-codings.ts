import type { Request } from 'express';
import type { EntityTag } from '../core/entity-tag.js';
import { isWeak, weakMatch } from '../core/entity-tag.js';
import { parseEntityTagList } from '../core/entity-tag-list.js';
import type { ConditionalRequest, FieldValue } from '../core/types.js';
import { describeValue, HttpPreconditionsError } from '../errors.js';

/**
 * A representation that is sent in several content codings has a strong tag for each, since the bytes differ (RFC 9110, section
 * 8.8.3.3): `"v1"` as it is, `"v1--gzip"` in gzip. A weak tag stands for all of them.
 */
export function codedTag(tag: EntityTag, coding: string): EntityTag {
  return isWeak(tag) ? tag : `${tag.slice(0, -1) as `"${string}`}--${coding}"`;
}

/** Lists of codings, the one that the server prefers first. */
export type ContentCodings = readonly string[];

/** Those that the client of a read accepts. */
export function acceptableCodings(req: Request, codings: ContentCodings): ContentCodings {
  return codings.filter((coding) => req.acceptsEncodings(coding) === coding);
}

/** The request as it would be if it had been made with tags of the representation as it is. */
export function withoutCodings(request: ConditionalRequest, codings: ContentCodings): ConditionalRequest {
  const { ifMatch, ifNoneMatch } = request;
  return {
    ...request,
    ifMatch: ifMatch && listWithoutCodings(ifMatch, codings),
    ifNoneMatch: ifNoneMatch && listWithoutCodings(ifNoneMatch, codings),
  };
}

/** What is no list of tags stays as it is: taking something out must not make it one. */
function listWithoutCodings(fieldValue: FieldValue, codings: ContentCodings): FieldValue {
  const tags = parseEntityTagList(fieldValue) ?? '*';
  return tags === '*' ? fieldValue : tags.map((tag) => tagWithoutCoding(tag, codings)).join();
}

export function tagWithoutCoding(tag: EntityTag, codings: ContentCodings): EntityTag {
  const coding = codings.find((name) => tag.endsWith(`--${name}"`));
  return coding === undefined ? tag : (`${tag.slice(0, -coding.length - 3)}"` as EntityTag);
}

/** The tag of the representation that a 304 says to use: of those that the client has, the one that the server prefers. */
export function heldTag(
  { ifNoneMatch = '' }: ConditionalRequest,
  current: EntityTag,
  codings: ContentCodings,
): EntityTag {
  const held = parseEntityTagList(ifNoneMatch) ?? '*';
  if (held === '*') return current;
  const candidates = codings.map((coding) => codedTag(current, coding));
  return candidates.find((candidate) => held.some((tag) => weakMatch(tag, candidate))) ?? current;
}

/**
 * Without this, one version could have the tag that another has in a coding, and an If-Match would be true for the wrong one.
 *
 * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX
 */
export function assertNotCoded(tag: EntityTag, codings: ContentCodings, nameProvider: () => string): void {
  if (tagWithoutCoding(tag, codings) === tag) return;
  throw new HttpPreconditionsError(
    'ERR_ENTITY_TAG_SYNTAX',
    `${nameProvider()} returned a version with the etag ${describeValue(tag)}. Expected one that does not end like the tag of a ` +
      'coding in `contentCodings`.',
  );
}
