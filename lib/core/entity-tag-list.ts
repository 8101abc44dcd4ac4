import type { EntityTag } from './entity-tag.js';
import { isWeak, strongMatch, weakMatch, withoutMark } from './entity-tag.js';
import type { FieldValue } from './types.js';

/** The value of If-Match or If-None-Match: the wildcard, or the listed tags in order (possibly none). */
export type EntityTagList = '*' | readonly EntityTag[];

/**
 * How a list stands to one entity tag. `'strong'`: a listed tag matches it by strong comparison; `'weak'`: one does, but by
 * weak comparison only; `'no-match'`: none does; `'empty-list'`: none is listed.
 */
export type ListMatch = '*' | 'malformed' | 'empty-list' | 'no-match' | 'weak' | 'strong';

/** Only the bare character: `*` beside anything else, another `*` included, is malformed (RFC 9110, section 13.1.1). */
const WILDCARD = /^[\t ]*\*[\t ]*$/;

/**
 * Tags with commas between them; a list may be empty and may have empty members (section 5.6.1.2). No character could be read in two
 * ways, so that time is linear in the length of the text, also of one that is malformed.
 */
// oxlint-disable-next-line no-control-regex -- 0x80-0x9F are etagc, as in a single tag
const LIST = /^[\t ,]*(?:(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"[\t ]*(?:,[\t ,]*|$))*$/;

/** A tag of such a list: a comma between quotes belongs to it. */
const LISTED_TAG = /(?:W\/)?"[^"]*"/g;

/**
 * Parses the value of If-Match or If-None-Match; `undefined` when it is malformed, if only in one member.
 *
 *     If-Match = "*" / #entity-tag
 *
 * @see RFC 9110, sections 5.6.1.2, 13.1.1 and 13.1.2
 */
export function parseEntityTagList(fieldValue: FieldValue): EntityTagList | undefined {
  const text = combineLines(fieldValue);
  if (isList(text)) return listedTags(text);
  return WILDCARD.test(text) ? '*' : undefined;
}

function isList(text: string): boolean {
  try {
    return LIST.test(text);
  } catch {
    // Of more than ten million characters, the engine may lose track. What cannot be read is malformed.
    return false;
  }
}

function listedTags(list: string): readonly EntityTag[] {
  return (list.match(LISTED_TAG) ?? []) as readonly string[] as readonly EntityTag[];
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
  return tag !== undefined && beginsWithTag(text) && lacks(text, tag) ? 'no-match' : matchEachTag(text, tag);
}

/** Almost every field is one tag, the very one we sent or what a proxy has made of it: a valid tag is a valid list. */
function matchSingleTag(text: string, tag: EntityTag | undefined): 'strong' | 'weak' | undefined {
  if (tag === undefined) return undefined;
  if (text === tag) return isWeak(tag) ? 'weak' : 'strong';
  const isWeakForm = text.length === tag.length + 2 && text.startsWith('W/"') && text.endsWith(tag);
  return isWeakForm ? 'weak' : undefined;
}

/** Seen from the first character: it is not the wildcard, and not empty. */
function beginsWithTag(text: string): boolean {
  return text[0] === '"' || text[0] === 'W';
}

/** Whether a text other than the tag cannot list it, seen without parsing it. */
function lacks(text: string, tag: EntityTag): boolean {
  if (text.length <= tag.length && !isWeak(tag)) return true;
  return !text.includes(withoutOpeningQuote(tag));
}

function matchEachTag(text: string, tag: EntityTag | undefined): ListMatch {
  if (!isList(text)) return WILDCARD.test(text) ? '*' : 'malformed';
  if (!text.includes('"')) return 'empty-list';
  return tag === undefined || lacks(text, tag) ? 'no-match' : matchInList(text, tag);
}

/** In place, since a list may be long. */
function matchInList(list: string, tag: EntityTag): 'strong' | 'weak' | 'no-match' {
  // Such a text may also stand between two tags: from the closing quote of one to the opening quote of the next.
  if (withoutMark(tag).startsWith('",')) return matchListedTags(listedTags(list), tag);
  const rest = withoutOpeningQuote(tag);
  let match: 'weak' | 'no-match' = 'no-match';
  for (let at = list.indexOf(rest); at >= 0; at = list.indexOf(rest, at + 1)) {
    if (list[at - 1] !== '"') continue;
    if (list[at - 2] !== '/' && !isWeak(tag)) return 'strong';
    match = 'weak';
  }
  return match;
}

/** To search for a quote would be to begin at each of many. */
function withoutOpeningQuote(tag: EntityTag): string {
  return tag.slice(isWeak(tag) ? 3 : 1);
}

function matchListedTags(listed: readonly EntityTag[], tag: EntityTag): 'strong' | 'weak' | 'no-match' {
  if (!listed.some((each) => weakMatch(each, tag))) return 'no-match';
  return listed.some((each) => strongMatch(each, tag)) ? 'strong' : 'weak';
}

/** The space keeps a quote left open on one line from closing on the next. */
function combineLines(fieldValue: FieldValue): string {
  return typeof fieldValue === 'string' ? fieldValue : fieldValue.join(', ');
}
