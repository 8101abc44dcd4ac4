import { connect } from 'node:net';

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'latin1');
const FRAME = { headers: 0x1, settings: 0x4 };
const END_STREAM_AND_HEADERS = 0x5;

/**
 * Sends one HTTP/2 request made by hand, because Node's client refuses to repeat a field that it thinks should not be
 * repeated. The response is not read: the caller looks at the server's side of it.
 */
export function sendFrames(port: number, fields: readonly (readonly [name: string, value: string])[]): void {
  const all = [[':scheme', 'http'], [':authority', 'localhost'], ...fields] as const;
  const socket = connect(port, '127.0.0.1');
  // The server ends the connection.
  socket.on('error', () => {});
  const headers = frame(FRAME.headers, END_STREAM_AND_HEADERS, 1, Buffer.concat(all.map(literalField)));
  socket.write(Buffer.concat([PREFACE, frame(FRAME.settings, 0, 0, Buffer.alloc(0)), headers]));
}

/** RFC 9113, section 4.1. */
function frame(type: number, flags: number, stream: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** RFC 7541, section 6.2.2: a literal without indexing, with a new name, for texts of less than 127 octets. */
function literalField([name, value]: readonly [string, string]): Buffer {
  const texts = [name, value].map((text) => Buffer.from(text, 'latin1'));
  return Buffer.concat([Buffer.of(0), ...texts.flatMap((text) => [Buffer.of(text.length), text])]);
}
