import type { EntityTag } from './entity-tag.js';
import { isWeak, withoutMark } from './entity-tag.js';
import {
  endOfTag,
  isWildcard,
  mayBeWildcard,
  nextTag,
  NOT_FOUND,
  openingQuote,
} from './entity-tag-scanner.js';
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
  const tags: EntityTag[] = [];
  let start = nextTag(text, 0);
  while (start < text.length) {
    const end = endOfTag(text, openingQuote(text, start));
    if (end === NOT_FOUND) return isWildcard(text) ? '*' : undefined;
    tags.push(text.slice(start, end) as EntityTag);
    start = nextTag(text, end);
    if (start === NOT_FOUND) return undefined;
  }
  return tags;
}

/** Compares an entity tag with each that a field lists, as `strongMatch` and `weakMatch` do. `undefined` matches none. */
export function matchEntityTagList(fieldValue: FieldValue, tag: EntityTag | undefined): ListMatch {
  const text = combineLines(fieldValue);
  return matchSingleTag(text, tag) ?? matchEachTag(text, tag);
}

/** The same, where a list that cannot be parsed need not be told from one that does not have the tag. */
export function findInEntityTagList(fieldValue: FieldValue, tag: EntityTag | undefined): ListMatch {
  const text = combineLines(fieldValue);
  const match = matchSingleTag(text, tag);
  if (match !== undefined) return match;
  if (tag !== undefined && !mayBeWildcard(text) && lacks(text, tag)) return 'no-match';
  return matchEachTag(text, tag);
}

/** Almost every field is one tag, the very one we sent or what a proxy has made of it: a valid tag is a valid list. */
function matchSingleTag(text: string, tag: EntityTag | undefined): 'strong' | 'weak' | undefined {
  if (tag === undefined) return undefined;
  if (text === tag) return isWeak(tag) ? 'weak' : 'strong';
  const isWeakForm = text.length === tag.length + 2 && text.startsWith('W/"') && text.endsWith(tag);
  return isWeakForm ? 'weak' : undefined;
}

/** Whether a text other than the tag cannot list it, seen without reading it tag by tag. */
function lacks(text: string, tag: EntityTag): boolean {
  // Without the opening quote, of which there are many where the search would begin.
  if (isWeak(tag)) return !text.includes(tag.slice(3));
  return text.length <= tag.length || !text.includes(tag.slice(1));
}

/** In place: a long list costs no memory. */
function matchEachTag(text: string, tag: EntityTag | undefined): ListMatch {
  const quoted = tag === undefined ? '' : withoutMark(tag);
  let match: ListMatch = 'empty-list';
  let start = nextTag(text, 0);
  while (start < text.length) {
    const opening = openingQuote(text, start);
    const end = endOfTag(text, opening);
    if (end === NOT_FOUND) return isWildcard(text) ? '*' : 'malformed';
    if (end - opening === quoted.length && text.startsWith(quoted, opening)) {
      match = match === 'strong' || (start === opening && quoted === tag) ? 'strong' : 'weak';
    } else if (match === 'empty-list') {
      match = 'no-match';
    }
    start = nextTag(text, end);
    if (start === NOT_FOUND) return 'malformed';
  }
  return match;
}

/** The space keeps a quote left open on one line from closing on the next. */
function combineLines(fieldValue: FieldValue): string {
  return typeof fieldValue === 'string' ? fieldValue : fieldValue.join(', ');
}
