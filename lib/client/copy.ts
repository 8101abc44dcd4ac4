import { type EntityTag, isWeak, parseEntityTag, weakMatch } from '../core/entity-tag.js';
import { readTag } from './conditions.js';
import { fieldTag } from './tag.js';
import type { Bytes } from './content.js';

/** What is kept of a resource: its validators and, where `get` may answer with it, its content. */
export interface Copy {
  readonly etag: EntityTag | undefined;
  readonly headers: Headers;
  /** The octets of the content; `undefined` when only the validators are known, or may be kept. */
  readonly bytes: Bytes | undefined;
  /** Which of several representations it is: see variant.ts. */
  readonly variant: string;
}

/**
 * Keeps copies, by absolute URL. It may forget any of them at any time: a read then transfers the content again, and a write has
 * to be preceded by a read. Its errors become those of the request.
 */
export interface CopyStore {
  /** `undefined`: none is kept. */
  get(url: string): Copy | undefined | Promise<Copy | undefined>;
  set(url: string, copy: Copy): void | Promise<void>;
  delete(url: string): void | Promise<void>;
}

/** Whether the content may be kept at all (RFC 9111, section 5.2.2.5). Validators are no content. */
export function keepable(headers: Headers, bytes: Bytes | undefined): Bytes | undefined {
  return /no-store/i.test(headers.get('cache-control') ?? '') ? undefined : bytes;
}

// RFC 9111, section 3.2: what describes content that a 304 does not have.
const NOT_UPDATED = /^content-(encoding|length|range|type)$/;

/**
 * The copy with the fields of a 304, or `undefined` when the 304 is about another version, so that the copy must not be used.
 *
 * RFC 9111, section 4.3.4: a strong tag updates only a copy with that tag. A copy whose tag matches but weakly is still good (that
 * is how the server compared), and stays as it is.
 */
export function refreshedCopy(copy: Copy, fields: Headers): Copy | undefined {
  const etag = fieldTag(fields);
  const known = readTag(copy);
  if (etag && known && !weakMatch(etag, known)) return undefined;
  if (etag && !isWeak(etag) && etag !== known) return copy;
  const headers = new Headers(copy.headers);
  for (const [name, value] of fields) if (!NOT_UPDATED.test(name)) headers.set(name, value);
  return { ...copy, headers };
}

/** A copy as text, for stores that keep text. */
export function serializeCopy({ headers, bytes, ...rest }: Copy): string {
  return JSON.stringify({ ...rest, headers: [...headers], content: bytes && octetString(bytes) });
}

/** The copy that `serializeCopy` has written; `undefined` for anything else. */
export function parseCopy(text: string): Copy | undefined {
  try {
    const {
      etag = '',
      headers,
      content,
      variant,
    } = JSON.parse(text) as Record<string, string> & {
      headers: [string, string][];
    };
    if (typeof variant !== 'string' || !Array.isArray(headers)) return undefined;
    if (content !== undefined && typeof content !== 'string') return undefined;
    return {
      etag: parseEntityTag(etag),
      headers: new Headers(headers),
      bytes: content === undefined ? undefined : Uint8Array.from(content, (octet) => octet.charCodeAt(0)),
      variant,
    };
  } catch {
    return undefined;
  }
}

/** One character for each octet. */
function octetString(bytes: Bytes): string {
  let text = '';
  for (const octet of bytes) text += String.fromCharCode(octet);
  return text;
}
