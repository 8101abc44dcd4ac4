/** The API and its page in this process: from the first connection to the last answer after SIGINT or SIGTERM. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Settings } from './environment.js';
import { calendarSite } from './site.js';
import type { CalendarStore } from './store/types.js';

const LAST_REQUESTS_MS = 5000;

/** Resolves when the server listens. */
export async function serve(store: CalendarStore, settings: Settings): Promise<Server> {
  const { tokens, isDemo, requireConditions } = settings;
  const server = createServer(calendarSite({ store, tokens, isDemo, requireConditions }));
  await listening(server, settings);
  const stop = (): void => {
    if (!server.listening) return; // npm and tsx pass on a signal that this process may have got already
    server.close(() => void store.close());
    setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS).unref();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return server;
}

export function listening(server: Server, { port, host }: Pick<Settings, 'port' | 'host'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} of ${host} is in use. Stop the other server, or choose another port: PORT=3001 npm start`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
    });
    server.listen(port, host, resolve);
  });
}

export function originOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}
