import { readFileSync } from 'node:fs';
import { format } from 'oxfmt';

const { printWidth, singleQuote } = JSON.parse(
  readFileSync(new URL('../../../.oxfmtrc.json', import.meta.url), 'utf8'),
);

/** Text laid out as the formatter of this repository wants the file of that name. */
export async function formatted(name, text) {
  const { code, errors } = await format(name, text, { printWidth, singleQuote });
  if (errors.length > 0) throw new Error(`${name} cannot be formatted: ${errors[0].message}`);
  return code;
}
