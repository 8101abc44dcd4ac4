import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { RawResponse } from './raw-response.js';
import { takeResponse } from './raw-response.js';

export { fieldNames, fieldOf, jsonOf } from './raw-response.js';
export type { RawResponse } from './raw-response.js';

/**
 * A connection that sends octets as they are and reads them as they come: HTTP clients merge repeated lines, trim values,
 * add fields and hide what stands behind a response.
 */
export class RawConnection {
  /** After this long without an octet, waiting for more is given up. */
  static readonly PATIENCE_MS = 3000;

  readonly socket: Socket;
  #received: Buffer = Buffer.alloc(0);
  #ended = false;
  #onChange: () => void = () => {};

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    this.socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#onChange();
    });
    const end = (): void => {
      this.#ended = true;
      this.#onChange();
    };
    this.socket.on('end', end);
    this.socket.on('close', end);
    this.socket.setTimeout(RawConnection.PATIENCE_MS, end);
    // A server that closes while a large body is on its way resets the connection; what it has sent still counts.
    this.socket.on('error', end);
  }

  /** Text goes out as latin1: one character, one octet. */
  send(octets: string | Buffer): void {
    this.socket.write(typeof octets === 'string' ? Buffer.from(octets, 'latin1') : octets);
  }

  /** The next response, interim ones included. */
  async response(method: string): Promise<RawResponse> {
    for (;;) {
      const taken = takeResponse(this.#received, method, this.#ended);
      if (taken !== undefined) {
        this.#received = taken.rest;
        return taken.response;
      }
      if (this.#ended)
        throw new Error(
          `The connection ended or fell silent within a response: ${this.#received.toString('latin1')}`,
        );
      await this.#change();
    }
  }

  /** Everything that comes until the server closes the connection. */
  async rest(): Promise<string> {
    while (!this.#ended) await this.#change();
    return this.#received.toString('latin1');
  }

  destroy(): void {
    this.socket.destroy();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = resolve;
    });
  }
}

/** `['PUT /events/7', 'If-Match: "v1"']`, and the body if there is one, as the octets of a request. */
export function requestOctets(lines: readonly string[], body?: string | Buffer): Buffer {
  const [start = '', ...fields] = lines;
  const startLine = / HTTP\/1\.[01]$/.test(start) ? start : `${start} HTTP/1.1`;
  const all = [startLine, 'Host: localhost', ...fields];
  if (body !== undefined) all.push(`Content-Length: ${Buffer.byteLength(body, 'latin1')}`);
  const head = Buffer.from(`${all.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === undefined
    ? head
    : Buffer.concat([head, typeof body === 'string' ? Buffer.from(body, 'latin1') : body]);
}

/**
 * One request on a connection of its own. The server is asked to close it, so that octets outside the framing of the
 * response do not go unnoticed.
 */
export async function rawRequest(
  port: number,
  lines: readonly string[],
  body?: string | Buffer,
): Promise<RawResponse> {
  const [response] = await rawRequests(port, [{ lines: [...lines, 'Connection: close'], body }]);
  return response!;
}

/** Several requests, written at once on one connection; the last one is to end it (`Connection: close`). */
export async function rawRequests(
  port: number,
  requests: readonly { readonly lines: readonly string[]; readonly body?: string | Buffer | undefined }[],
): Promise<RawResponse[]> {
  const connection = new RawConnection(port);
  try {
    for (const { lines, body } of requests) connection.send(requestOctets(lines, body));
    const responses: RawResponse[] = [];
    for (const { lines } of requests) responses.push(await connection.response(methodOf(lines)));
    const rest = await connection.rest();
    if (rest !== '')
      throw new Error(`Octets behind the last response: ${JSON.stringify(rest.slice(0, 200))}`);
    return responses;
  } finally {
    connection.destroy();
  }
}

function methodOf(lines: readonly string[]): string {
  return (lines[0] ?? '').split(' ', 1)[0] ?? '';
}
