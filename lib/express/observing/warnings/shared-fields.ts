import type { Response } from 'express';
import { namesIn } from './names-in.js';

/** The fields that a 304 has to repeat of the 200 (RFC 9110, section 15.4.5), but for the validators and Date. */
const NAMES = ['Cache-Control', 'Content-Location', 'Expires', 'Vary'] as const;

export type SharedFields = { readonly [Name in (typeof NAMES)[number]]?: string };

export function readSharedFields(res: Response): SharedFields {
  const present = NAMES.filter((name) => res.hasHeader(name));
  return Object.fromEntries(present.map((name) => [name, String(res.getHeader(name))]));
}

/** The names of those that a 200 has and its 304 has not, or with another value. */
export function lackingFields(of304: SharedFields, of200: SharedFields): readonly string[] {
  return NAMES.filter((name) => of200[name] !== undefined && !repeats(name, of304[name], of200[name]));
}

/** Vary may say more on a 304, and in another order. */
function repeats(name: keyof SharedFields, of304: string | undefined, of200: string): boolean {
  if (name !== 'Vary') return of304 === of200;
  const repeated = namesIn(of304);
  return repeated.includes('*') || namesIn(of200).every((member) => repeated.includes(member));
}
