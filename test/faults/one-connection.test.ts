import { describe, expect, test } from '@jest/globals';
import type { Request } from 'express';
import { memoryLock } from '../../lib/index.js';
import type { VersionProvider } from '../../lib/index.js';
import { Arrivals, settled } from '../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import type { RawResponse } from '../helpers/raw-http.js';
import { fieldOf, RawConnection, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { current, echoApp } from './echo-app.js';
import type { Exchange } from './one-connection.cases.js';
import { EXCHANGES } from './one-connection.cases.js';

const WITH = [
  { lock: 'without a lock', options: {} },
  { lock: 'with a memory lock', options: { lock: memoryLock() } },
];

const ORDERS: readonly [string, readonly Exchange[]][] = [
  ['in order', EXCHANGES],
  ['in the opposite order', EXCHANGES.toReversed()],
  ['each one twice', EXCHANGES.flatMap((exchange) => [exchange, exchange])],
];

describe.each(EXPRESS_VERSIONS)('on one connection, $name', ({ express }) => {
  describe.each(WITH)('$lock', ({ options }) => {
    async function checkConversation(
      exchanges: readonly Exchange[],
      provider: VersionProvider,
      send: (connection: RawConnection, octets: Buffer) => Promise<void> | void,
    ): Promise<void> {
      await withServer(echoApp(express, provider, options), async (port) => {
        const connection = new RawConnection(port);
        const octets = exchanges.map((exchange) => exchange.octets).join('');
        await send(connection, Buffer.from(octets, 'latin1'));
        for (const expected of exchanges) checkAnswer(await connection.response(expected.method), expected);
        connection.socket.end();
        expect(await connection.rest()).toBe('');
      });
    }

    function checkAnswer(response: RawResponse, { title, status, content }: Exchange): void {
      expect([title, response.status]).toEqual([title, status]);
      expect(fieldOf(response, 'Connection')).toBe('keep-alive');
      if (content !== undefined) expect(response.body.toString('latin1')).toBe(content);
    }

    test.each(ORDERS)(
      'requests that come in one packet are answered one by one, %s',
      async (_order, exchanges) => {
        await checkConversation(exchanges, current, (connection, octets) => connection.send(octets));
      },
    );

    test('requests that come octet by octet are answered one by one', async () => {
      await checkConversation(EXCHANGES, current, async (connection, octets) => {
        for (const octet of octets) {
          connection.send(Buffer.of(octet));
          await new Promise(setImmediate);
        }
      });
    });

    test('requests whose provider answers asynchronously are answered one by one', async () => {
      const provider: VersionProvider = async (req) => {
        await new Promise(setImmediate);
        return current(req as Request);
      };
      await checkConversation(EXCHANGES, provider, (connection, octets) => connection.send(octets));
    });
  });

  test('answers keep the order of their requests, in whatever order the provider answers', async () => {
    const asked = new Arrivals<() => void>();
    const provider: VersionProvider = () =>
      new Promise((resolve) => {
        asked.add(() => resolve({ etag: '"1"' }));
      });
    await withServer(echoApp(express, provider, {}), async (port) => {
      const connection = new RawConnection(port);
      const tags = ['"1"', '"0"', '"1"', '"0"'];
      connection.send(Buffer.concat(tags.map((tag) => requestOctets(['GET /', `If-None-Match: ${tag}`]))));
      const answers = [];
      for (const _tag of tags) answers.push(await asked.next());
      for (const answer of answers.toReversed()) {
        answer();
        await settled();
      }
      const statuses = [];
      for (const _tag of tags) statuses.push((await connection.response('GET')).status);
      expect(statuses).toEqual([304, 200, 304, 200]);
      connection.destroy();
    });
  });
});
