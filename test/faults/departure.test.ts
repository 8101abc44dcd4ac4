import type { Socket } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { eventually, settled } from '../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, rawRequest, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import type { Outcome } from './departure.cases.js';
import { AFTER, AT_ONCE, BEFORE, MOMENTS } from './departure.cases.js';
import type { Scene, Setup } from './scene.js';
import { scene } from './scene.js';

const METHODS = ['GET', 'PUT'] as const;
const CASES = METHODS.flatMap((method) => [
  { method, lock: 'without a lock', isLocked: false },
  { method, lock: 'with a memory lock', isLocked: true },
]);

const WAYS: readonly [string, (socket: Socket) => unknown][] = [
  ['hangs up', (socket) => socket.destroy()],
  ['ends its side', (socket) => socket.end()],
  ['resets the connection', (socket) => socket.resetAndDestroy()],
];

const LINES = { GET: ['GET /', 'If-None-Match: "0"'], PUT: ['PUT /', 'If-Match: "1"'] };

/** One connection, as both of its sides see it. */
interface Visit {
  readonly connection: RawConnection;
  readonly socket: Socket;
  readonly closed: Promise<void>;
  readonly held: Scene['held'];
}

describe.each(EXPRESS_VERSIONS)('a client that leaves, $name', ({ express }) => {
  describe.each(CASES)('$method, $lock', ({ method, isLocked }) => {
    /** What becomes of a request whose client leaves; a write behind it succeeds at once. */
    async function outcomeOf(setup: Setup, leave: (visit: Visit) => Promise<void>): Promise<Outcome> {
      const { app, lock, held, outcome } = scene(express, { ...setup, isLocked });
      return withServer(app, async (port, server) => {
        const accepted = new Promise<Socket>((resolve) => {
          server.once('connection', resolve);
        });
        const connection = new RawConnection(port);
        const socket = await accepted;
        // Not `once` of node:events, which rejects for a reset.
        const closed = new Promise<void>((resolve) => {
          socket.once('close', () => resolve());
        });
        await leave({ connection, socket, closed, held });
        await settled();
        const after = outcome();
        expect(lock.holders).toBe(0);
        expect((await rawRequest(port, LINES.PUT, 'content')).status).toBe(200);
        expect(outcome().errors).toEqual(after.errors);
        return after;
      });
    }

    describe.each(WAYS)('%s', (_way, leave) => {
      test(BEFORE.moment, async () => {
        const outcome = await outcomeOf({}, async ({ connection, socket, closed }) => {
          connection.send(requestOctets(LINES[method]).subarray(0, -4));
          await eventually(() => socket.bytesRead > 0);
          leave(connection.socket);
          await closed;
        });
        expect(outcome).toEqual(BEFORE[method]);
      });

      test.each(MOMENTS)('$moment', async ({ heldAt, fails, ...outcomes }) => {
        const outcome = await outcomeOf({ heldAt, fails }, async ({ connection, closed, held }) => {
          connection.send(requestOctets(LINES[method]));
          const { goOn } = await held.next();
          leave(connection.socket);
          await closed;
          goOn();
        });
        expect(outcome).toEqual(outcomes[method]);
      });

      test(AFTER.moment, async () => {
        const outcome = await outcomeOf({}, async ({ connection, closed }) => {
          connection.send(requestOctets(LINES[method]));
          expect((await connection.response(method)).status).toBe(200);
          leave(connection.socket);
          await closed;
        });
        expect(outcome).toEqual(AFTER[method]);
      });
    });

    test.each(AT_ONCE)('is sent away $moment', async ({ fails, ...outcomes }) => {
      const whileAsked: Setup['whileAsked'] = ({ socket }) => socket.destroy();
      const outcome = await outcomeOf({ fails, whileAsked }, async ({ connection, closed }) => {
        connection.send(requestOctets(LINES[method]));
        await closed;
      });
      expect(outcome).toEqual(outcomes[method]);
    });
  });
});
