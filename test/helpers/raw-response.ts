/** A response as it stood on the wire. Its text is latin1: one character, one octet. */
export interface RawResponse {
  readonly httpVersion: string;
  readonly status: number;
  readonly lines: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** The value of a field, `undefined` when it is absent. A field that is there twice is a fault wherever it is read. */
export function fieldOf(response: RawResponse, name: string): string | undefined {
  const values = response.lines.filter(([other]) => other.toLowerCase() === name.toLowerCase());
  if (values.length > 1) throw new Error(`${name} is there ${values.length} times`);
  return values[0]?.[1];
}

export function fieldNames(response: RawResponse): string[] {
  return response.lines.map(([name]) => name.toLowerCase()).toSorted();
}

export function jsonOf(response: RawResponse): Record<string, unknown> {
  return JSON.parse(response.body.toString('utf8')) as Record<string, unknown>;
}

/**
 * Takes the first response off what has been received: the response and the octets behind it; `undefined` when it is not
 * complete. It believes the framing (RFC 9112, section 6.3) and nothing else, as a client that reuses a connection must.
 */
export function takeResponse(
  received: Buffer,
  method: string,
  ended: boolean,
): { response: RawResponse; rest: Buffer } | undefined {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd === -1) return undefined;
  const [statusLine = '', ...fieldLines] = received.toString('latin1', 0, headEnd).split('\r\n');
  const match = /^HTTP\/(\d\.\d) (\d{3})(?: .*)?$/.exec(statusLine);
  if (match === null) throw new Error(`This is no status line: ${JSON.stringify(statusLine.slice(0, 100))}`);
  const head = { httpVersion: match[1]!, status: Number(match[2]), lines: fieldLines.map(fieldLine) };
  const framed = takeBody({ ...head, body: Buffer.alloc(0) }, received.subarray(headEnd + 4), method, ended);
  return framed && { response: { ...head, body: framed.body }, rest: framed.rest };
}

function fieldLine(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

function takeBody(
  head: RawResponse,
  octets: Buffer,
  method: string,
  ended: boolean,
): { body: Buffer; rest: Buffer } | undefined {
  const { status } = head;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return cut(octets, 0);
  if (fieldOf(head, 'Transfer-Encoding') === 'chunked') return takeChunks(octets);
  const length = fieldOf(head, 'Content-Length');
  if (length !== undefined) return cut(octets, Number(length));
  return ended ? cut(octets, octets.length) : undefined;
}

function cut(octets: Buffer, length: number): { body: Buffer; rest: Buffer } | undefined {
  return octets.length < length
    ? undefined
    : { body: octets.subarray(0, length), rest: octets.subarray(length) };
}

function takeChunks(octets: Buffer): { body: Buffer; rest: Buffer } | undefined {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = octets.indexOf('\r\n', position);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(octets.toString('latin1', position, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (octets.length < end) return undefined;
    if (size === 0) return { body: Buffer.concat(chunks), rest: octets.subarray(end) };
    chunks.push(octets.subarray(lineEnd + 2, end - 2));
    position = end;
  }
}
