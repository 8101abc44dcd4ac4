import type { EntityTag } from './entity-tag.js';
import type { FieldValue } from './types.js';

/** The value of If-Match or If-None-Match: the wildcard, or the listed tags in order (possibly none). */
export type EntityTagList = '*' | readonly EntityTag[];

const TAB = 0x09;
const SPACE = 0x20;
const DOUBLE_QUOTE = 0x22;
const COMMA = 0x2c;

/**
 * Parses the value of If-Match or If-None-Match; `undefined` when it is malformed, if only in one member.
 *
 *     If-Match = "*" / #entity-tag                 ; a list may be empty and may have empty members
 *
 * The text is scanned, not split: a comma between quotes belongs to its tag. Time is linear in the length.
 *
 * @see RFC 9110, sections 5.6.1.2, 13.1.1 and 13.1.2
 */
export function parseEntityTagList(fieldValue: FieldValue): EntityTagList | undefined {
  // The space matters: it keeps a quote left open on one line from closing on the next.
  const text = typeof fieldValue === 'string' ? fieldValue : fieldValue.join(', ');
  const tags: EntityTag[] = [];
  let position = 0;
  for (;;) {
    position = skipEmptyMembers(text, position);
    if (position === text.length) return tags;
    const end = endOfEntityTag(text, position);
    if (end === undefined) return isWildcard(text) ? '*' : undefined;
    tags.push(text.slice(position, end) as EntityTag);
    position = skipWhitespace(text, end);
    if (position < text.length && text.charCodeAt(position) !== COMMA) return undefined;
  }
}

/** Only the bare character: `*` beside anything else, another `*` included, is malformed (section 13.1.1). */
function isWildcard(text: string): boolean {
  const position = skipWhitespace(text, 0);
  return text[position] === '*' && skipWhitespace(text, position + 1) === text.length;
}

/** The position after the entity tag that begins here; `undefined` when none does. */
function endOfEntityTag(text: string, start: number): number | undefined {
  const opening = text[start] === 'W' && text[start + 1] === '/' ? start + 2 : start;
  if (text[opening] !== '"') return undefined;
  for (let position = opening + 1; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === DOUBLE_QUOTE) return position + 1;
    if (!isEtagc(code)) return undefined;
  }
  return undefined;
}

function isEtagc(code: number): boolean {
  return (code >= 0x21 && code <= 0x7e && code !== DOUBLE_QUOTE) || (code >= 0x80 && code <= 0xff);
}

function skipWhitespace(text: string, start: number): number {
  let position = start;
  while (position < text.length && isWhitespace(text.charCodeAt(position))) position++;
  return position;
}

function skipEmptyMembers(text: string, start: number): number {
  let position = start;
  while (position < text.length && isSeparator(text.charCodeAt(position))) position++;
  return position;
}

function isSeparator(code: number): boolean {
  return code === COMMA || isWhitespace(code);
}

function isWhitespace(code: number): boolean {
  return code === SPACE || code === TAB;
}
