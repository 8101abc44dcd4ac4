import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { type Outgoing, tooLate } from './request.js';

/** What stood on the wire, in latin1: one character for each octet. */
export interface RawAnswer {
  readonly head: string;
  /** Everything behind the header section until the server closed the connection, framing included. */
  readonly rest: string;
}

/** Sends a request and shows the answer as it came, also what HTTP clients throw away, such as octets behind a 304. */
export function sendRaw({ method, url, fields, timeout }: Outgoing): Promise<RawAnswer> {
  const lines = [['Host', url.host], ...fields, ['Connection', 'close']].map(
    ([name, value]) => `${name}: ${value}`,
  );
  const head = [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines, '', ''].join('\r\n');
  return new Promise((resolve, reject) => {
    const socket = connectTo(url);
    const chunks: Buffer[] = [];
    socket.setTimeout(timeout, () => socket.destroy(tooLate(timeout)));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('end', () => {
      socket.destroy();
      resolve(splitAnswer(Buffer.concat(chunks).toString('latin1')));
    });
    socket.write(head, 'latin1');
  });
}

function connectTo({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  return protocol === 'https:'
    ? connectTls({ host, port: Number(port || 443), servername: host })
    : connectTcp({ host, port: Number(port || 80) });
}

function splitAnswer(octets: string): RawAnswer {
  const end = octets.indexOf('\r\n\r\n');
  return { head: octets.slice(0, end), rest: octets.slice(end + 4) };
}
