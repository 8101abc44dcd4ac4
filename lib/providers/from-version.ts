import type { EntityTag } from '../core/entity-tag.js';
import { provideFrom } from './provide-from.js';
import type { Load, Resource, ResourceProvider } from './provide-from.js';
import { notAVersion, strong, versionText } from './tags.js';

/** A version column or counter, or several parts that make up the version together. */
export type Version = string | number | bigint | readonly (string | number | bigint)[];

/**
 * Versions by a column that changes with every change: a counter, a revision id, PostgreSQL's `xmin`. The tag is strong,
 * which promises that the column never takes a value twice for one resource, also not after it was deleted and made anew.
 *
 *     preconditions(fromVersion((req) => db.find(req.params.id), (row) => row.version))
 *
 * Several parts serve where the representation depends on more than one thing, such as `[version, language]`. For a list,
 * take a digest of its members from one aggregate query, or a counter that is raised in the transaction of every change;
 * the maximum of a sequence is none: of two concurrent changes, the one with the lower number may become visible later.
 *
 * @throws {HttpPreconditionsError} ERR_ENTITY_TAG_SYNTAX, when asked, for a version that no tag can be made of
 */
export function fromVersion<L, P = Record<string, string>>(
  load: Load<L, P>,
  versionOf: (resource: Resource<L>) => Version,
): ResourceProvider<L, P> {
  return provideFrom(load, (resource) => ({ etag: tagOf(versionOf(resource)) }));
}

function tagOf(version: Version): EntityTag {
  return strong(isParts(version) ? joinParts(version) : version);
}

function isParts(version: Version): version is readonly (string | number | bigint)[] {
  return Array.isArray(version);
}

/** Encoded one by one, so that no two lists of parts give the same text. */
function joinParts(parts: readonly unknown[]): string {
  if (parts.length === 0) throw notAVersion(parts, 'fromVersion');
  return parts.map((part) => encodePart(versionText(part, 'fromVersion'))).join(':');
}

function encodePart(text: string): string {
  // encodeURIComponent has no answer for half a surrogate pair.
  if (/\p{Surrogate}/u.test(text)) throw notAVersion(text, 'fromVersion');
  return encodeURIComponent(text);
}
