import { libraryTag } from './library-tag.js';
import { provideFrom } from './provide-from.js';
import type { Load, Resource, ResourceProvider } from './provide-from.js';
import { versionText } from './tags.js';

/** The members of the list that a loader returned. */
export type Member<L> = Resource<L> extends readonly (infer M)[] ? M : never;

/**
 * Versions a list by its members: the tag changes when a member changes, comes, goes or moves. What identifies a member
 * belongs to it, because versions are unique within one resource only.
 *
 *     preconditions(fromMembers((req) => db.list(req.query), (row) => [row.id, row.version]))
 *
 * The tag is strong, which promises that ids and versions, in this order, determine the bytes of the list. Where reading
 * all members is too much, give `fromVersion` the result of one aggregate query.
 *
 * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX, when asked, for a member without an id or a version
 */
export function fromMembers<L, P = Record<string, string>>(
  load: Load<L, P>,
  identify: (member: Member<L>) => readonly [id: string | number | bigint, version: string | number | bigint],
): ResourceProvider<L, P> {
  return provideFrom(load, (members) => {
    const identities = (members as readonly Member<L>[]).map((member) =>
      identify(member).map((part) => versionText(part, 'fromMembers')),
    );
    return { etag: libraryTag(JSON.stringify(identities)) };
  });
}
