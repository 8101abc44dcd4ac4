/** Control characters, and those that turn the direction of writing: an answer must not write to the terminal of its reader. */
// oxlint-disable-next-line no-control-regex -- that is the point
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A text of several lines from elsewhere, fit to be shown: what is unprintable becomes an escape. */
export function printable(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNPRINTABLE, escaped);
}

function escaped(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code}` : `\\x${code.padStart(2, '0')}`;
}
