import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../types.js';

/** Lends the origin of a target: an app, or a server that does not listen yet, listens on a free port of this machine meanwhile. */
export async function withOrigin<T>(
  server: Target['server'],
  use: (origin: string) => Promise<T>,
): Promise<T> {
  if (typeof server === 'string' || server instanceof URL) return use(new URL(server).origin);
  const listening = server instanceof Server ? server : createServer(server);
  if (listening.listening) return use(originOf(listening));
  await once(listening.listen(0, '127.0.0.1'), 'listening');
  try {
    return await use(originOf(listening));
  } finally {
    listening.closeAllConnections();
    await new Promise((resolve) => {
      listening.close(resolve);
    });
  }
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
  return `http://${host}:${port}`;
}
