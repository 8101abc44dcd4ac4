import type { ConditionalRequest, FieldValue } from '../../../lib/core/index.js';

/**
 * What a request asks, read from its octets as RFC 9112 (sections 3 and 5) and RFC 9110 (section 5.5) say. It shares no code
 * with Node's parser nor with lib.
 */
export function readOctets(octets: Buffer, now: number): ConditionalRequest {
  const [startLine = '', ...lines] = octets
    .subarray(0, octets.indexOf('\r\n\r\n'))
    .toString('latin1')
    .split('\r\n');
  const valuesOf = (name: string): FieldValue | undefined => {
    const values = lines.flatMap((line) => {
      const colon = line.indexOf(':');
      return line.slice(0, colon).toLowerCase() === name ? [withoutOws(line.slice(colon + 1))] : [];
    });
    return values.length === 0 ? undefined : values;
  };
  return {
    method: startLine.slice(0, startLine.indexOf(' ')),
    now,
    ifMatch: valuesOf('if-match'),
    ifNoneMatch: valuesOf('if-none-match'),
    ifModifiedSince: valuesOf('if-modified-since'),
    ifUnmodifiedSince: valuesOf('if-unmodified-since'),
    ifRange: valuesOf('if-range'),
    range: valuesOf('range'),
  };
}

/** Spaces and tabs alone: U+00A0 is an octet like any other. */
function withoutOws(text: string): string {
  return text.replace(/^[ \t]+/, '').replace(/[ \t]+$/, '');
}
