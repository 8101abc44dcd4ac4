// Reads source files the way the checks need them: without comments, and with the line of every find.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const COMMENT_OR_STRING =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`/g;

/** Every file below `folder` whose name ends in `.ts`: its path relative to `base`, with `/`, and its text. */
export function readSources(folder, base = folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.ts') && !name.split(sep).includes('node_modules'))
    .map((name) => join(folder, name))
    .toSorted()
    .map((file) => ({
      path: relative(base, file).split(sep).join('/'),
      text: readFileSync(file, 'utf8'),
    }));
}

/** The text with every comment turned into blanks; lines and columns stay where they are. */
export function withoutComments(text) {
  return text.replace(COMMENT_OR_STRING, (token) =>
    token.startsWith('/') ? token.replace(/[^\n]/g, ' ') : token,
  );
}

/** Every string literal of the text that is not inside a comment, quotes included. */
export function stringLiterals(text) {
  return [...text.matchAll(COMMENT_OR_STRING)]
    .map(([token]) => token)
    .filter((token) => !token.startsWith('/'));
}

export function lineAt(text, index) {
  return text.slice(0, index).split('\n').length;
}
