import { type EntityTag, parseEntityTag } from '../core/entity-tag.js';

/** The valid entity tag in a member of a JSON object; `undefined` when there is none, or no such member. */
export function memberTag(data: unknown, member: string | undefined): EntityTag | undefined {
  if (member === undefined) return undefined;
  const value = (data as Record<string, unknown> | null | undefined)?.[member];
  return typeof value === 'string' ? parseEntityTag(value) : undefined;
}

/** The tag of the ETag field; one that is no entity tag counts as none. */
export function fieldTag(headers: Headers): EntityTag | undefined {
  return parseEntityTag(headers.get('etag') ?? '');
}
