/** What the recipes take from the content of a request; anything else is answered 400 or 415. */

/** The text of `{"text":"…"}`. */
export function textOf(body: unknown): string {
  const text = (body as { text?: unknown } | null | undefined)?.text;
  if (typeof text === 'string') return text;
  throw httpError(400, 'Expected {"text":"…"} as application/json.');
}

/** The bytes that `express.raw({ type: 'application/json' })` has read. */
export function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw httpError(415, 'Expected application/json.');
}

function httpError(status: number, message: string): Error {
  return Object.assign(new Error(message), { status, expose: true });
}
