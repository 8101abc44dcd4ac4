import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, FieldLines } from '../types.js';
import { answerOf } from './answer.js';
import { connected, connectTo } from './connection.js';
import type { Outgoing } from './request.js';
import { Unanswered, within } from './unanswered.js';

/** Long enough for a server to take in what it was sent. */
const ARRIVAL_MS = 50;

/**
 * Sends a request and shows the answer as it came, also what HTTP clients throw away, such as octets behind a 304. The body is
 * everything behind the header section until the server closed the connection, framing included.
 */
export async function sendRaw(outgoing: Outgoing): Promise<Answer> {
  const socket = connectTo(outgoing.url);
  const answer = answerFrom(socket, outgoing);
  socket.write(octetsOf(outgoing));
  return answer;
}

/**
 * Sends requests so that they are complete at one moment: the last octet of each is held back until the server has the rest of
 * all. Who checks when the header section is there has then checked all of them before there is anything to write.
 */
export async function sendAtOnce(requests: readonly Outgoing[]): Promise<Answer[]> {
  const sockets = requests.map(({ url }) => connectTo(url));
  const answers = requests.map((request, index) => answerFrom(sockets[index]!, request));
  const octets = requests.map(octetsOf);
  const sent = async (): Promise<void> => {
    await Promise.all(sockets.map((socket, index) => connected(socket, requests[index]!.url)));
    for (const [index, socket] of sockets.entries()) socket.write(octets[index]!.subarray(0, -1));
    await pause(ARRIVAL_MS);
    for (const [index, socket] of sockets.entries()) socket.write(octets[index]!.subarray(-1));
  };
  const [all] = await Promise.all([Promise.all(answers), sent()]);
  return all;
}

function octetsOf({ method, url, fields, body }: Outgoing): Buffer {
  const lines = [['Host', url.host], ...fields, ['Connection', 'close']];
  if (body !== undefined) lines.push(['Content-Length', String(body.length)]);
  const head = [
    `${method} ${url.pathname}${url.search} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
    '',
    '',
  ].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)]);
}

async function answerFrom(socket: Socket, outgoing: Outgoing): Promise<Answer> {
  const { method, url, fields, body, timeout } = outgoing;
  try {
    const octets = await within(timeout, everythingFrom(socket), () => socket.destroy());
    return answerOf({ sent: { method, path: url.pathname + url.search, fields, body }, ...parse(octets) });
  } catch (failure) {
    throw new Unanswered(outgoing, failure);
  }
}

function everythingFrom(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const received = (): void => resolve(Buffer.concat(chunks).toString('latin1'));
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', received);
    // A server that has answered before it was sent everything may reset the connection.
    socket.on('error', (error) => (chunks.length > 0 ? received() : reject(error)));
  });
}

function parse(octets: string): Pick<Answer, 'status' | 'fields' | 'body'> {
  const end = octets.indexOf('\r\n\r\n');
  const [start = '', ...lines] = octets.slice(0, end).split('\r\n');
  const [, status] = /^HTTP\/1\.[01] (\d{3}) /.exec(start) ?? [];
  if (status === undefined || end === -1) throw new Error('what came is no answer of HTTP/1.1');
  return {
    status: Number(status),
    fields: lines.map(fieldOf),
    body: Buffer.from(octets.slice(end + 4), 'latin1'),
  };
}

function fieldOf(line: string): FieldLines[number] {
  const [, name = line, value = ''] = /^([^:]*):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
  return [name, value];
}
