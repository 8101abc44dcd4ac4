import { randomBytes, randomUUID } from 'node:crypto';

const PLACEHOLDER = /\{(n|random|uuid)\}/g;

/** A JSON value with its placeholders filled: `{n}` by the number, `{random}` and `{uuid}` by what nothing else is called. */
export function filled<T>(template: T, n: number): T {
  return fill(template, n) as T;
}

function fill(value: unknown, n: number): unknown {
  if (typeof value === 'string') return value.replace(PLACEHOLDER, (_, name) => valueFor(name as string, n));
  if (Array.isArray(value)) return value.map((member) => fill(member, n));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fill(member, n)]));
}

function valueFor(name: string, n: number): string {
  if (name === 'n') return String(n);
  return name === 'uuid' ? randomUUID() : randomBytes(6).toString('hex');
}

/** Whether it comes out another one each time. */
export function varies(template: unknown): boolean {
  return new RegExp(PLACEHOLDER.source).test(JSON.stringify(template));
}

/** The same, also when the command is run again. */
export function isRandom(path: string): boolean {
  return /\{(random|uuid)\}/.test(path);
}
