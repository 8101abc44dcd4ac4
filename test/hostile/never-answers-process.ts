/**
 * A process of its own, in which garbage can be collected at will: what is left of requests whose provider never answers and whose client
 * leaves. Prints, for each version of Express and method, how many requests and connections are still there.
 */
import type { Server } from 'node:http';
import type { Request } from 'express';
import { preconditions } from '../../lib/index.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';

const REQUESTS = 20;
/** Garbage is collected again until nothing is left, or so many times. */
const ROUNDS = 20;

/** Requests that are being asked about, without keeping them. */
const asked: WeakRef<Request>[] = [];

async function leave(express: ExpressModule, method: string): Promise<object> {
  const app = express();
  app.all(
    '/',
    preconditions((req) => {
      asked.push(new WeakRef(req));
      return new Promise<null>(() => {});
    }),
    (_req, res) => void res.end(),
  );
  asked.length = 0;
  return withServer(app, async (port, server) => {
    const connections = Array.from({ length: REQUESTS }, () => new RawConnection(port));
    for (const connection of connections) connection.send(requestOctets([`${method} /`, 'If-Match: *']));
    while (asked.length < REQUESTS) await new Promise(setImmediate);
    for (const connection of connections) connection.destroy();
    for (let round = 0; round < ROUNDS && countKept() > 0; round++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      globalThis.gc!();
    }
    return { requests: countKept(), connections: await countConnections(server) };
  });
}

function countKept(): number {
  return asked.filter((reference) => reference.deref() !== undefined).length;
}

function countConnections(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
  });
}

async function main(): Promise<void> {
  const left: Record<string, object> = {};
  for (const { name, express } of EXPRESS_VERSIONS) {
    for (const method of ['GET', 'PUT']) left[`${name}, ${method}`] = await leave(express, method);
  }
  process.stdout.write(JSON.stringify(left));
}

void main();
