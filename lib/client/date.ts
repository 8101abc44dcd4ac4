const HTTP_DATE =
  /^(\w{3}, \d\d \w{3} \d{4}|\w+day, \d\d-\w{3}-\d\d) \d\d(:\d\d){2} GMT$|^\w{3} \w{3} [ \d]\d \d\d(:\d\d){2} \d{4}$/;

/** Milliseconds since the epoch; NaN for what is no HTTP-date. A form without zone means UTC, too: Date.parse alone takes it for local. */
export function timeOf(text: string): number {
  return HTTP_DATE.test(text) ? Date.parse(text.replace(/( GMT)?$/, ' GMT')) : NaN;
}

/**
 * Last-Modified, byte for byte as it came (RFC 9110, section 13.1.3), but an obsolete form may not be sent (section 5.6.7).
 * `undefined` for what is no HTTP-date, and for one that may stand for two versions, because the answer was made within the same
 * second (section 8.8.2.2).
 */
export function strongDate(known: { readonly headers: Headers } | undefined): string | undefined {
  const text = known?.headers.get('last-modified') ?? '';
  const time = timeOf(text);
  const isStrong = timeOf(known?.headers.get('date') ?? '') >= time + 1000;
  if (isStrong) return text[3] === ',' ? text : new Date(time).toUTCString();
}
