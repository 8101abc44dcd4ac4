import { isWhitespace, skipWhitespace } from './whitespace.js';

const DOUBLE_QUOTE = 0x22;
const ASTERISK = 0x2a;
const COMMA = 0x2c;
const SLASH = 0x2f;
const CAPITAL_W = 0x57;
const DELETE = 0x7f;

/** What the functions here return in place of a position where the text does not go on as a list of entity tags. */
export const NOT_FOUND = -1;

/**
 * Where the next tag begins after the one that ends here, or the first one, from 0 on: the length of the text when none follows. Between
 * tags stands a comma. Empty members are skipped.
 *
 * The text of a list is scanned in place, not split: a comma between quotes belongs to its tag. All functions here move forward only,
 * so that time is linear in the length of the text.
 */
export function nextTag(text: string, end: number): number {
  let isSeparated = end === 0;
  for (let position = end; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === COMMA) isSeparated = true;
    else if (!isWhitespace(code)) return isSeparated ? position : NOT_FOUND;
  }
  return text.length;
}

/** Where the opening quote of the tag that begins here stands, if it is a tag; the same position unless the tag is weak. */
export function openingQuote(text: string, start: number): number {
  if (text.charCodeAt(start) !== CAPITAL_W) return start;
  return start + 1 < text.length && text.charCodeAt(start + 1) === SLASH ? start + 2 : start;
}

/** The position after the closing quote. */
export function endOfTag(text: string, opening: number): number {
  if (opening >= text.length || text.charCodeAt(opening) !== DOUBLE_QUOTE) return NOT_FOUND;
  for (let position = opening + 1; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code > DOUBLE_QUOTE && code < DELETE) continue;
    if (code === DOUBLE_QUOTE) return position + 1;
    if (!isEtagc(code)) return NOT_FOUND;
  }
  return NOT_FOUND;
}

function isEtagc(code: number): boolean {
  return code < DELETE ? code >= 0x21 && code !== DOUBLE_QUOTE : code >= 0x80 && code <= 0xff;
}

/** False when the text begins with a tag; seen from its first character. */
export function mayBeWildcard(text: string): boolean {
  const code = text.charCodeAt(0);
  return code !== DOUBLE_QUOTE && code !== CAPITAL_W;
}

/** Only the bare character: `*` beside anything else, another `*` included, is malformed (RFC 9110, section 13.1.1). */
export function isWildcard(text: string): boolean {
  const position = skipWhitespace(text, 0);
  return text.charCodeAt(position) === ASTERISK && skipWhitespace(text, position + 1) === text.length;
}
