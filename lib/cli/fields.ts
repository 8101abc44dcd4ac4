import { misused } from './usage-error.js';

/** Field values by name. */
export type Fields = Readonly<Record<string, string>>;

/** A field line: a token, and octets that neither end a line nor are control characters (RFC 9110, section 5). */
const LINE = /^(?<name>[\w!#$%&'*+.^`|~-]+):[ \t]*(?<value>[\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;

/** The cases send these themselves, or they are of the connection. */
const RESERVED =
  /^(if-.+|range|host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-.+|expect)$/i;

/**
 * Reads what -H was given. Of what cannot be read, no more than a name is ever quoted: it may be a secret.
 *
 * @throws {UsageError} for what is no field line, and for fields that would disturb the cases
 */
export function parseFields(lines: readonly string[]): Fields {
  const fields = new Map<string, [name: string, value: string]>();
  for (const line of lines) {
    const [name, value] = parseLine(line);
    const key = name.toLowerCase();
    const before = fields.get(key);
    fields.set(key, before === undefined ? [name, value] : [before[0], combined(key, before[1], value)]);
  }
  return Object.fromEntries(fields.values());
}

function parseLine(line: string): [name: string, value: string] {
  const { name, value } = LINE.exec(line)?.groups ?? {};
  if (name === undefined || value === undefined)
    throw misused(
      "Expected a field as in -H 'Accept: text/plain': a name, a colon, and a value of one line.",
    );
  if (RESERVED.test(name))
    throw misused(
      `The field ${name} cannot be given with -H: the cases send it themselves where they need it.`,
    );
  return [name, value];
}

/** Two lines mean one list (RFC 9110, section 5.3), but for cookies (RFC 6265, section 5.4). */
function combined(key: string, first: string, second: string): string {
  return `${first}${key === 'cookie' ? '; ' : ', '}${second}`;
}
