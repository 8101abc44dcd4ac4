/**
 * The checks at the border: each takes what a client sent, of any type, and gives back what it stands for or throws a
 * 400 that names the place. What no check asks for is not taken over, so nothing unknown gets past this file.
 */
import { invalid, required } from './errors.js';

export type Check<T> = (value: unknown, at: string) => T;

/** One check per member; what a `T` must have is marked `{ required: check }`. */
export type Members<T> = {
  readonly [Name in keyof T]-?: {} extends Pick<T, Name>
    ? Check<NonNullable<T[Name]>>
    : RequiredCheck<T[Name]>;
};

interface RequiredCheck<T> {
  readonly required: Check<T>;
}

/** A JSON object. `null` counts as absent, and members without a check are left out, read-only ones for example. */
export function record<T extends object>(members: Members<T>): Check<T> {
  const checks = Object.entries(members) as [string, Check<unknown> | RequiredCheck<unknown>][];
  return (value, at) => {
    const given = object(value, at);
    const checked = checks.flatMap(([name, check]): [string, unknown][] => {
      const path = at === '' ? name : `${at}.${name}`;
      const member = Object.hasOwn(given, name) ? given[name] : undefined;
      if (member !== undefined && member !== null) {
        return [[name, typeof check === 'function' ? check(member, path) : check.required(member, path)]];
      }
      if (typeof check !== 'function') throw required(path);
      return [];
    });
    return Object.fromEntries(checked) as T;
  };
}

export function object(value: unknown, at: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw invalid(at, `Expected ${at === '' ? 'the body' : at} to be an object.`);
}

export function list<T>(item: Check<T>, most: number): Check<readonly T[]> {
  return (value, at) => {
    if (!Array.isArray(value)) throw invalid(at, `Expected ${at} to be a list.`);
    if (value.length > most) throw invalid(at, `Expected ${at} to have at most ${most} members.`);
    return value.map((member, index) => item(member, `${at}[${index}]`));
  };
}

/** An object of any names (such as `__proto__`, which becomes a member like any other) with text values. */
export function textByName(most: number): Check<Readonly<Record<string, string>>> {
  return (value, at) => {
    const entries = Object.entries(object(value, at));
    if (entries.length > most) throw invalid(at, `Expected ${at} to have at most ${most} members.`);
    return Object.fromEntries(entries.map(([name, member]) => [name, text(1024)(member, at)]));
  };
}

export function text(most: number, least = 0): Check<string> {
  return (value, at) => {
    if (typeof value !== 'string') throw invalid(at, `Expected ${at} to be text.`);
    if (value.length < least) throw required(at);
    if (value.length > most) throw invalid(at, `Expected ${at} to have at most ${most} characters.`);
    if (value.includes('\0')) throw invalid(at, `Expected ${at} to be without the character U+0000.`);
    return value;
  };
}

/** Text of a certain form: `isGood` decides, `form` says it to the client. */
export function textLike(isGood: (value: string) => boolean, form: string): Check<string> {
  return (value, at) => {
    const given = text(2048)(value, at);
    if (!isGood(given)) throw invalid(at, `Expected ${at} to be ${form}.`);
    return given;
  };
}

export function oneOf<const Word extends string>(...words: readonly Word[]): Check<Word> {
  return (value, at) => {
    const word = words.find((each) => each === value);
    if (word === undefined) throw invalid(at, `Expected ${at} to be one of ${words.join(', ')}.`);
    return word;
  };
}

export function integer(least: number, most: number): Check<number> {
  return (value, at) => {
    if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) return Number(value);
    throw invalid(at, `Expected ${at} to be an integer from ${least} to ${most}.`);
  };
}

export const flag: Check<boolean> = (value, at) => {
  if (typeof value !== 'boolean') throw invalid(at, `Expected ${at} to be true or false.`);
  return value;
};

/** A query parameter holds text; this reads the number or the boolean that another check wants from it. */
export function fromText<T>(check: Check<T>): Check<T> {
  return (value, at) => {
    if (value === 'true' || value === 'false') return check(value === 'true', at);
    return check(typeof value === 'string' && /^-?\d{1,15}$/u.test(value) ? Number(value) : value, at);
  };
}
