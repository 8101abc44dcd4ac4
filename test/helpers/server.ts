import { createServer } from 'node:http';
import type { RequestListener, Server, ServerOptions } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** Nobody listens there: a port that has been free may be another test's by now. `fetch` refuses to ask port 1. */
export const CLOSED_PORT = 2;

/** Lends a server that listens on a free port of the loopback interface, and closes it with all its connections. */
export async function withServer<T>(
  listener: RequestListener,
  use: (port: number, server: Server) => Promise<T>,
  options: ServerOptions = {},
): Promise<T> {
  const server = createServer(options, listener);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  try {
    return await use((server.address() as AddressInfo).port, server);
  } finally {
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    // Not closeAllConnections, which does not know those of CONNECT.
    for (const socket of sockets) socket.destroy();
    await closed;
  }
}
