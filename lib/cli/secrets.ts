import type { Fields } from './fields.js';

const SECRET_NAME = /auth|cookie|credential|key|passw|secret|session|signature|token/i;

/** What is shorter stands in every text, and would be no secret. */
const FEWEST_CHARACTERS = 4;

/** Gives a function that takes the secrets among the fields out of any text, such as an answer that repeats its request. */
export function hiding(fields: Fields): (text: string) => string {
  const secrets = Object.entries(fields)
    .filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([name, value]) => [value, ...partsOf(name, value)])
    .filter((secret) => secret.length >= FEWEST_CHARACTERS)
    .toSorted((a, b) => b.length - a.length);
  return (text) => secrets.reduce((shown, secret) => shown.replaceAll(secret, '…'), text);
}

/** Servers repeat a token without its scheme, and a cookie without its name. */
function partsOf(name: string, value: string): string[] {
  if (/^cookie$/i.test(name)) return value.split(/;\s*/).map((pair) => pair.slice(pair.indexOf('=') + 1));
  const [, ...behindScheme] = value.split(/\s+/);
  return behindScheme;
}
