import type { Server } from 'node:http';
import { Duplex } from 'node:stream';

/** The end of the server of a connection that exists in memory only. */
class Connection extends Duplex {
  received = '';
  readonly #onData: () => void;

  constructor(onData: () => void) {
    super();
    this.#onData = onData;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.received += chunk.toString('latin1');
    this.#onData();
    done();
  }

  /** The server has nothing more to say, and so the client has not, either. */
  override _final(done: () => void): void {
    this.push(null);
    done();
  }
}

/**
 * A client on a connection of its own, for one request. The server parses the request and writes the response as for any
 * client: there is no socket, that is all, and so nothing to wait for but what the server does itself.
 */
export class MemoryClient {
  readonly #server: Server;
  readonly #connection: Connection;
  /** Of the response; `undefined` as long as none has come. */
  status: number | undefined;
  hasLeft = false;

  constructor(server: Server, onResponse: (status: number) => void) {
    this.#server = server;
    this.#connection = new Connection(() => {
      const status = /^HTTP\/1\.1 (\d{3}) /.exec(this.#connection.received)?.[1];
      if (this.status !== undefined || status === undefined) return;
      this.status = Number(status);
      onResponse(this.status);
    });
  }

  /** Connects, and sends the header section of a request with that content. */
  sendHead(lines: readonly string[], content: string): void {
    const head = [...lines, 'Host: localhost', 'Connection: close', `Content-Length: ${content.length}`];
    this.#server.emit('connection', this.#connection);
    this.#connection.push(`${head.join('\r\n')}\r\n\r\n`);
  }

  sendContent(content: string): void {
    this.#connection.push(content);
  }

  /** Hangs up. */
  leave(): void {
    this.hasLeft = true;
    this.#connection.destroy();
  }
}
