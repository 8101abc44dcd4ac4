const TAB = 0x09;
const SPACE = 0x20;

/**
 * Whether a character is white space to HTTP: a space or a tab (RFC 9110, section 5.6.3). String#trim knows more, U+00A0 among
 * them, which is an octet that a tag may contain.
 */
function isWhitespace(code: number): boolean {
  return code === SPACE || code === TAB;
}

/** The first position from `start` on that is not white space. */
function skipWhitespace(text: string, start: number): number {
  let position = start;
  while (position < text.length && isWhitespace(text.charCodeAt(position))) position++;
  return position;
}

/** The text without white space at either end. */
export function trimWhitespace(text: string): string {
  const start = skipWhitespace(text, 0);
  let end = text.length;
  while (end > start && isWhitespace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
