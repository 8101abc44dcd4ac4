import { type EntityTag, parseEntityTag } from '../core/entity-tag.js';

/** The valid entity tag in a member of a JSON object; `undefined` when there is none, or no such member. */
export function memberTag(data: unknown, member: string | undefined): EntityTag | undefined {
  const value = memberValue(data, member);
  return typeof value === 'string' ? parseEntityTag(value) : undefined;
}

/** What a member of a JSON object is; `undefined` when there is none. */
export function memberValue(data: unknown, member: string | undefined): unknown {
  return member === undefined ? undefined : (data as Record<string, unknown> | null | undefined)?.[member];
}

/** The tag of the ETag field; one that is no entity tag counts as none. */
export function fieldTag(headers: Headers): EntityTag | undefined {
  return parseEntityTag(headers.get('etag') ?? '');
}
