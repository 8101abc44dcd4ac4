/**
 * Page and sync tokens: opaque to the client, yet no secret. What comes back may be anything, so every part is checked
 * by whoever reads it.
 */
import { createHash } from 'node:crypto';

export type Part = string | number;

export function encodeToken(...parts: readonly Part[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** The parts of a token; none if it is not one of ours. */
export function decodeToken(token: string): readonly unknown[] {
  try {
    const parts = JSON.parse(Buffer.from(token, 'base64url').toString()) as unknown;
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** A short text that is the same for the same value in the same epoch only. */
export function fingerprint(value: unknown, epoch = ''): string {
  const hash = createHash('sha256').update(JSON.stringify(value));
  if (epoch !== '') hash.update(`\n${epoch}`); // no JSON has a line break here: no other value is hashed alike
  return hash.digest('base64url').slice(0, 22);
}
