import { closest } from '../closest.js';
import { UsageError } from '../usage-error.js';

/** The members of an object from a file, with messages that say where something is wrong. */
export class Members {
  readonly #where: string;
  readonly #values: Readonly<Record<string, unknown>>;

  /** @throws {UsageError} for anything but an object, and for members that mean nothing */
  constructor(where: string, value: unknown, known: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new UsageError(`${where}: expected an object with ${known.join(', ')}; got ${kindOf(value)}.`);
    this.#where = where;
    this.#values = value as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(value)) if (!known.includes(name)) throw this.#unknown(name, known);
  }

  /** @throws {UsageError} when it is there and is not what is expected */
  optional<T>(name: string, expected: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.#values[name];
    return value === undefined ? undefined : this.required(name, expected, is);
  }

  /** @throws {UsageError} when it is not what is expected */
  required<T>(name: string, expected: string, is: (value: unknown) => value is T): T {
    const value = this.#values[name];
    if (is(value)) return value;
    throw new UsageError(`${this.#where}: expected "${name}" to be ${expected}; got ${kindOf(value)}.`);
  }

  #unknown(name: string, known: readonly string[]): UsageError {
    const likely = closest(name, known);
    const hint = likely === undefined ? `Expected some of ${known.join(', ')}.` : `Did you mean "${likely}"?`;
    return new UsageError(`${this.#where}: there is no member "${name}". ${hint}`);
  }
}

export function isString(value: unknown): value is string {
  return typeof value === 'string';
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === 'boolean';
}

export function isFunction(value: unknown): value is (...values: never[]) => unknown {
  return typeof value === 'function';
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  return JSON.stringify(value);
}
