import type { Stats } from 'node:fs';
import etag from 'etag';
import type { EntityTag } from '../core/entity-tag.js';

/** The tag that Express itself would make: of a content by its hash, of a file by its size and time. */
export function libraryTag(entity: string | Buffer | Stats, options?: { readonly weak: boolean }): EntityTag {
  return etag(entity, options) as EntityTag;
}
