import type { EntityTag } from './entity-tag.js';
import { isWeak } from './entity-tag.js';
import { EntityTagScanner } from './entity-tag-scanner.js';
import type { FieldValue } from './types.js';

/** The value of If-Match or If-None-Match: the wildcard, or the listed tags in order (possibly none). */
export type EntityTagList = '*' | readonly EntityTag[];

/**
 * How a list stands to one entity tag. `'strong'`: a listed tag matches it by strong comparison; `'weak'`: one does, but by
 * weak comparison only; `'no-match'`: none does; `'empty-list'`: none is listed.
 */
export type ListMatch = '*' | 'malformed' | 'empty-list' | 'no-match' | 'weak' | 'strong';

/**
 * Parses the value of If-Match or If-None-Match; `undefined` when it is malformed, if only in one member.
 *
 *     If-Match = "*" / #entity-tag                 ; a list may be empty and may have empty members
 *
 * @see RFC 9110, sections 5.6.1.2, 13.1.1 and 13.1.2
 */
export function parseEntityTagList(fieldValue: FieldValue): EntityTagList | undefined {
  const text = combineLines(fieldValue);
  const scanner = new EntityTagScanner(text);
  const tags: EntityTag[] = [];
  while (scanner.next()) tags.push(text.slice(scanner.start, scanner.end) as EntityTag);
  if (scanner.form === 'malformed') return undefined;
  return scanner.form === '*' ? '*' : tags;
}

/**
 * Compares an entity tag with each that a field lists, as `strongMatch` and `weakMatch` do, but in place: a long list costs
 * no memory. `undefined` matches none.
 */
export function matchEntityTagList(fieldValue: FieldValue, tag: EntityTag | undefined): ListMatch {
  const text = combineLines(fieldValue);
  const scanner = new EntityTagScanner(text);
  const quoted = tag === undefined ? '' : isWeak(tag) ? tag.slice(2) : tag;
  let match: ListMatch = 'empty-list';
  while (scanner.next()) {
    const { start, opening, end } = scanner;
    if (end - opening !== quoted.length || !text.startsWith(quoted, opening)) {
      if (match === 'empty-list') match = 'no-match';
    } else if (start === opening && quoted === tag) {
      match = 'strong';
    } else if (match !== 'strong') {
      match = 'weak';
    }
  }
  return scanner.form === 'list' ? match : scanner.form;
}

/** The space keeps a quote left open on one line from closing on the next. */
function combineLines(fieldValue: FieldValue): string {
  return typeof fieldValue === 'string' ? fieldValue : fieldValue.join(', ');
}
