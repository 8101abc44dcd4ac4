/**
 * Runs the calendar API: `npm start`. From the environment: PORT (3000; 0 for any), HOST (127.0.0.1), DATABASE_FILE
 * (calendar.db; `:memory:` to forget everything), CALENDAR_TOKENS (`token=user@domain,…`, in place of the demo token),
 * REQUIRE_CONDITIONS (1: writes without a condition get 428).
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { calendarApi } from './app.js';
import { readEnvironment, type Settings } from './environment.js';
import { seed } from './seed.js';
import { sqliteStore } from './store/sqlite.js';
import { welcome } from './welcome.js';

const LAST_REQUESTS_MS = 5000;

try {
  await start(readEnvironment(process.env));
} catch (error) {
  stopWith(error instanceof Error ? error.message : String(error));
}

async function start(settings: Settings): Promise<void> {
  const { port, host, databaseFile, tokens, requireConditions } = settings;
  const store = sqliteStore(databaseFile);
  await seed(store, [...new Set(tokens.values())], new Date());
  const server = createServer(calendarApi({ store, tokens, requireConditions }));

  await listening(server, port, host);
  const stop = (): void => {
    if (!server.listening) return; // npm and tsx pass on a signal that this process may have got already
    server.close(() => void store.close());
    setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS).unref();
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  console.log(await welcome(store, settings, originOf(server)));
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = `Port ${port} of ${host} is in use. Stop the other server, or choose another port: PORT=3001 npm start`;
      reject(error.code === 'EADDRINUSE' ? new Error(taken) : error);
    });
    server.listen(port, host, resolve);
  });
}

function originOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function stopWith(message: string): void {
  console.error(message);
  process.exitCode = 1;
}
