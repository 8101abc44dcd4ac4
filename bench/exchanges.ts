// What does a request cost the server, without sockets: processor time and memory of Node, Express, the contestant and the handler.
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Writable } from 'node:stream';
import type { Express } from 'express';

export interface Asked {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Takes everything and keeps nothing. */
class Nowhere extends Writable {
  override _write(_chunk: unknown, _encoding: unknown, done: () => void): void {
    done();
  }
  override _writev(_chunks: unknown, done: () => void): void {
    done();
  }
}

/** A request as Node's parser makes it, and its response; `onEnd` is called when that has been written. */
function exchange(app: Express, { method, path, fields }: Asked, onEnd: (status: number) => void): void {
  const socket = new Socket();
  const req = new IncomingMessage(socket);
  req.method = method;
  req.url = path;
  req.httpVersionMajor = 1;
  req.httpVersionMinor = 1;
  req.httpVersion = '1.1';
  for (const name of Object.keys(fields)) {
    req.rawHeaders.push(name, fields[name]!);
    req.headers[name] = fields[name];
  }
  req.complete = true;
  req.push(null);
  const res = new ServerResponse(req);
  res.assignSocket(new Nowhere() as Socket);
  res.on('finish', () => onEnd(res.statusCode));
  app(req, res);
}

/** Makes so many requests, a hundred at a time, and resolves when all are answered. */
export async function exchanges(app: Express, asked: Asked, count: number, expected: number): Promise<void> {
  let answered = 0;
  const onEnd = (status: number): void => {
    answered += 1;
    if (status !== expected) throw new Error(`${asked.method} was answered ${status}, not ${expected}`);
  };
  for (let made = 1; made <= count; made++) {
    exchange(app, asked, onEnd);
    if (made % 100 === 0 || made === count) await until(() => answered === made);
  }
}

async function until(holds: () => boolean): Promise<void> {
  do {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  } while (!holds());
}

/** Processor time of one request in microseconds. */
export async function timeOf(app: Express, asked: Asked, count: number, expected: number): Promise<number> {
  const before = process.cpuUsage();
  await exchanges(app, asked, count, expected);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}

/** Memory that one request takes before it is collected, in kilobytes. Node has to run with --expose-gc and a large young generation. */
export async function bytesOf(app: Express, asked: Asked, count: number, expected: number): Promise<number> {
  globalThis.gc!();
  const before = process.memoryUsage().heapUsed;
  await exchanges(app, asked, count, expected);
  return (process.memoryUsage().heapUsed - before) / count / 1000;
}
