/** Query parameters. Unknown ones (`alt`, `prettyPrint`, `key`, …) are ignored; each known one is given at most once. */
import { type Check, flag, fromText, integer, text } from '../checks.js';
import { invalid } from '../errors.js';
import { hasOffset, instantOf, isDateTime } from '../time.js';

export type Parameters = Readonly<Record<string, unknown>>;

export function parameter<T>(parameters: Parameters, name: string, check: Check<T>): T | undefined {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (Array.isArray(value)) throw invalid(name, `Expected ${name} to be given once.`);
  return value === undefined || value === '' ? undefined : check(value, name);
}

export const flagParameter: Check<boolean> = fromText(flag);

export const tokenParameter: Check<string> = text(4096);

export function integerParameter(least: number, most: number): Check<number> {
  return fromText(integer(least, most));
}

/** A date-time with its offset, in milliseconds since the epoch. */
export const instantParameter: Check<number> = (value, at) => {
  const dateTime = text(64)(value, at);
  if (!isDateTime(dateTime) || !hasOffset(dateTime)) {
    throw invalid(at, `Expected ${at} to be a date-time with an offset, such as 2027-03-01T09:00:00Z.`);
  }
  return instantOf({ dateTime });
};
