import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { Target } from '../types.js';

/** Lends the origin of a target: an app, or a server that does not listen yet, listens on a free port of this machine meanwhile. */
export async function withOrigin<T>(
  server: Target['server'],
  use: (origin: string) => Promise<T>,
): Promise<T> {
  if (typeof server === 'string' || server instanceof URL) return use(new URL(server).origin);
  return withListening(typeof server === 'function' ? createServer(server) : server, use);
}

interface Loan {
  /** How many cases run on it. */
  users: number;
  /** Until it listens, or listens no more. */
  settled: Promise<void>;
}

/** Servers that listen for the sake of cases alone. */
const loans = new WeakMap<Server, Loan>();

async function withListening<T>(server: Server, use: (origin: string) => Promise<T>): Promise<T> {
  const loan = loans.get(server) ?? { users: 0, settled: Promise.resolve() };
  if (loan.users === 0 && server.listening) return use(originOf(server));
  loans.set(server, loan);
  if (loan.users === 0) loan.settled = loan.settled.then(() => listen(server));
  loan.users += 1;
  try {
    await loan.settled;
    return await use(originOf(server));
  } finally {
    loan.users -= 1;
    if (loan.users === 0) {
      loan.settled = close(server);
      await loan.settled;
    }
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => {
    // Also when it has never listened.
    server.close(() => resolve());
  });
}

function originOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  // A server that listens everywhere is reached on this machine.
  const host =
    address === '::'
      ? '[::1]'
      : address === '0.0.0.0'
        ? '127.0.0.1'
        : family === 'IPv6'
          ? `[${address}]`
          : address;
  return `${server instanceof TlsServer ? 'https' : 'http'}://${host}:${port}`;
}
