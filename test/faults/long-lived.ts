/**
 * A process that serves for a while: `node --expose-gc --import tsx long-lived.ts <Express 4 or 5>`. Prints what it has kept of
 * the requests, and what it would have complained of.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request } from 'express';
import { memoryLock } from '../../lib/index.js';
import type { ResourceVersion } from '../../lib/index.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { current, echoApp } from './echo-app.js';
import { EXCHANGES } from './one-connection.cases.js';
import { listenersOf } from './scene.js';

const WARM_UP = 200;
const ROUNDS = 800;

const complaints: string[] = [];
for (const event of ['warning', 'unhandledRejection', 'uncaughtException'] as const)
  process.on(event as 'warning', (reason) => complaints.push(`${event}: ${reason.stack ?? reason.message}`));

/** Called when a provider is asked by a request that says it is going to leave. */
let onAsked = (_req: Request): void => {};

async function provider(req: Request): Promise<ResourceVersion> {
  if (req.get('X-Leaves') === undefined) return current(req);
  onAsked(req);
  await new Promise((resolve) => req.socket.once('close', resolve));
  return current(req);
}

const { express } = EXPRESS_VERSIONS.find(({ name }) => name === process.argv[2])!;
const app = echoApp(express, provider as never, { lock: memoryLock() });
const messages: WeakRef<IncomingMessage | ServerResponse>[] = [];
let requests = 0;

const server: Server = createServer((req, res) => {
  requests += 1;
  messages.push(new WeakRef(req), new WeakRef(res));
  app(req, res);
});

const port = (): number => (server.address() as AddressInfo).port;
const open = (): Socket => connect(port(), '127.0.0.1').on('error', () => {});

const OCTETS = EXCHANGES.map(({ octets }) => octets).join('');
const LAST = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
const STATUSES = [...EXCHANGES.map(({ status }) => status), 200].join(' ');

/** All exchanges on one connection. */
async function exchange(): Promise<void> {
  const socket = open();
  socket.write(OCTETS + LAST);
  const statuses = (await text(socket)).match(/(?<=HTTP\/1\.1 )\d+/g)?.join(' ');
  if (statuses !== STATUSES) throw new Error(`Answered ${statuses}`);
}

/** A client that leaves while the provider is asked, which then answers or fails. */
async function leave(field: string): Promise<void> {
  const socket = open();
  const asked = new Promise<Request>((resolve) => {
    onAsked = resolve;
  });
  socket.write(`PUT / HTTP/1.1\r\nHost: localhost\r\nIf-Match: "1"\r\nX-Leaves: yes\r\n${field}\r\n`);
  const { socket: served } = await asked;
  const closed = new Promise((resolve) => served.once('close', resolve));
  socket.destroy();
  await closed;
}

async function serve(rounds: number): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await exchange();
    await leave(round % 2 === 0 ? '' : 'X-Fails: yes\r\n');
  }
}

/** The heap in octets, when all is collected that can be. */
async function heap(): Promise<number> {
  for (let turn = 0; turn < 5; turn++) {
    await sleep(1);
    globalThis.gc!();
  }
  return process.memoryUsage().heapUsed;
}

async function main(): Promise<void> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  await serve(WARM_UP);
  messages.length = 0;
  const [heapBefore, before] = [await heap(), listenersOf(process)];
  await serve(ROUNDS);
  await heap();
  const kept = messages.filter((message) => message.deref() !== undefined).length;
  messages.length = 0;
  const growth = (await heap()) - heapBefore;
  const listeners = [before, listenersOf(process)];
  process.stdout.write(JSON.stringify({ requests, kept, growth, listeners, complaints }));
  server.close();
}

main().catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exit(1);
});
