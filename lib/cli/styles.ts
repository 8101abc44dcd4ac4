import type { Io } from './io.js';

/** Ways to set off a part of a text; none of them is needed to understand it. */
export interface Styles {
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

// Not `styleText` of node:util: whether it looks at a stream and at the environment depends on the version of Node.
const COLORED: Styles = {
  good: (text) => `\u001b[32m${text}\u001b[39m`,
  bad: (text) => `\u001b[31m${text}\u001b[39m`,
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  faint: (text) => `\u001b[2m${text}\u001b[22m`,
};

const same = (text: string): string => text;
const PLAIN: Styles = { good: same, bad: same, strong: same, faint: same };

/** Colours where --no-color, FORCE_COLOR, NO_COLOR (https://no-color.org) and the terminal let them be; the first that says something. */
export function stylesFor({ stdout, env }: Pick<Io, 'stdout' | 'env'>, color: false | undefined): Styles {
  return (color ?? forced(env) ?? (stdout.isTTY === true && env['TERM'] !== 'dumb')) ? COLORED : PLAIN;
}

function forced({ FORCE_COLOR, NO_COLOR = '' }: Io['env']): boolean | undefined {
  if (FORCE_COLOR !== undefined) return !/^(0|false)$/i.test(FORCE_COLOR);
  return NO_COLOR === '' ? undefined : false;
}
