/** Milliseconds since the epoch; NaN for what is no HTTP-date. A form without zone means UTC, too: Date.parse alone takes it for local. */
export function timeOf(text: string): number {
  const isHttpDate = /^[A-Z][a-z]+,? [\w -]+:\d\d:\d\d( GMT| \d{4})$/.test(text);
  return isHttpDate ? Date.parse(text.replace(/( GMT)?$/, ' GMT')) : Number.NaN;
}

/**
 * Byte for byte as it came (RFC 9110, section 13.1.3), but an obsolete form may not be sent (section 5.6.7). `undefined` for what is
 * no HTTP-date.
 */
export function sendableDate(text: string): string | undefined {
  const time = timeOf(text);
  if (Number.isNaN(time)) return undefined;
  return /^..., \d\d ... \d{4} \S{8} GMT$/.test(text) ? text : new Date(time).toUTCString();
}
