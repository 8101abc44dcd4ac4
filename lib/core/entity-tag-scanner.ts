import { isWhitespace, skipWhitespace } from './whitespace.js';

const DOUBLE_QUOTE = 0x22;
const COMMA = 0x2c;
const SLASH = 0x2f;
const CAPITAL_W = 0x57;

const NOT_FOUND = -1;

/**
 * Goes through the entity tags of an If-Match or If-None-Match in place, one at each `next()`.
 *
 * The text is scanned, not split: a comma between quotes belongs to its tag. Empty members are skipped. Time is linear in
 * the length of the text.
 */
export class EntityTagScanner {
  /** Where the current tag begins; the same as `opening` unless the tag is weak. */
  start = 0;
  /** Where its opening quote stands. */
  opening = 0;
  /** The position after its closing quote. */
  end = 0;
  /** What the text has turned out to be when `next()` has said false. */
  form: 'list' | '*' | 'malformed' = 'list';
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** Moves to the next tag; false at the end of the list, and at the first thing that does not belong in one. */
  next(): boolean {
    const text = this.#text;
    const position = skipWhitespace(text, this.end);
    // Between a tag and the next stands a comma.
    if (this.end > 0 && position < text.length && text.charCodeAt(position) !== COMMA)
      return this.#stop('malformed');
    this.start = skipSeparators(text, position);
    if (this.start === text.length) return false;
    this.opening = skipWeaknessMark(text, this.start);
    this.end = endOfQuotedString(text, this.opening);
    return this.end !== NOT_FOUND || this.#stop(isWildcard(text) ? '*' : 'malformed');
  }

  #stop(form: '*' | 'malformed'): false {
    this.form = form;
    return false;
  }
}

/** Only the bare character: `*` beside anything else, another `*` included, is malformed (RFC 9110, section 13.1.1). */
function isWildcard(text: string): boolean {
  const position = skipWhitespace(text, 0);
  return text[position] === '*' && skipWhitespace(text, position + 1) === text.length;
}

function endOfQuotedString(text: string, opening: number): number {
  if (opening >= text.length || text.charCodeAt(opening) !== DOUBLE_QUOTE) return NOT_FOUND;
  for (let position = opening + 1; position < text.length; position++) {
    const code = text.charCodeAt(position);
    if (code === DOUBLE_QUOTE) return position + 1;
    if (!isEtagc(code)) return NOT_FOUND;
  }
  return NOT_FOUND;
}

function skipWeaknessMark(text: string, start: number): number {
  if (text.charCodeAt(start) !== CAPITAL_W) return start;
  return start + 1 < text.length && text.charCodeAt(start + 1) === SLASH ? start + 2 : start;
}

function isEtagc(code: number): boolean {
  return (code >= 0x21 && code <= 0x7e && code !== DOUBLE_QUOTE) || (code >= 0x80 && code <= 0xff);
}

/** Passes over commas as well: empty members are skipped. */
function skipSeparators(text: string, start: number): number {
  let position = start;
  while (position < text.length && isSeparator(text.charCodeAt(position))) position++;
  return position;
}

function isSeparator(code: number): boolean {
  return code === COMMA || isWhitespace(code);
}
