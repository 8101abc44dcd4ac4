import { misused } from './usage-error.js';

/**
 * What a pattern of --only or --skip selects: ids that it is a part of, or, with a wildcard, ids that it is like as a whole.
 * `*` stands for any characters, `?` for one.
 */
export function matcher(pattern: string): (id: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (!/[*?]/.test(wanted)) return (id) => id.includes(wanted);
  const source = wanted
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  const whole = new RegExp(`^${source}$`);
  return (id) => whole.test(id);
}

/**
 * Whether one of the patterns selects an id.
 *
 * @throws {UsageError} for a pattern that selects none of them: a list of known deviations is to be told when it is out of date
 */
export function anyOf(
  option: '--only' | '--skip',
  patterns: readonly string[],
  ids: readonly string[],
): (id: string) => boolean {
  const matchers = patterns.map((pattern) => {
    const matches = matcher(pattern);
    if (!ids.some(matches)) throw misused(`${option} ${pattern} selects no case; --list shows their ids.`);
    return matches;
  });
  return (id) => matchers.some((matches) => matches(id));
}
