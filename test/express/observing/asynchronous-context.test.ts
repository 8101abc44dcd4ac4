import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { memoryLock, preconditions, strong } from '../../../lib/index.js';
import type { PreconditionsOptions, VersionProvider } from '../../../lib/index.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { RawConnection } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';

const V1 = { etag: strong('v1') };

const WAYS: readonly { title: string; provider: VersionProvider; options?: PreconditionsOptions }[] = [
  { title: 'a provider that answers at once', provider: () => V1 },
  { title: 'one that answers later', provider: () => sleep(5, V1) },
  { title: 'a lock, and content that arrives slowly', provider: () => V1, options: { lock: memoryLock() } },
  { title: 'both', provider: () => sleep(5, V1), options: { lock: memoryLock() } },
];

const writeOf = (name: string): string =>
  `PUT /${name} HTTP/1.1\r\nHost: x\r\nIf-Match: "v1"\r\nContent-Length: 4\r\nConnection: close\r\n\r\nab`;

describe.each(EXPRESS_VERSIONS)('the asynchronous context of a request, $name', ({ express }) => {
  test.each(WAYS)('is that of the channel and of the handler with $title', async ({ provider, options }) => {
    const storage = new AsyncLocalStorage<string>();
    const seen: string[] = [];
    const look = (): void => void seen.push(`channel ${storage.getStore()}`);
    const app = express();
    app.use((req, _res, next) => storage.run(req.path, next));
    app.put('/:name', preconditions(provider, { ...options, warnings: false }), (_req, res) => {
      seen.push(`handler ${storage.getStore()}`);
      // The next has to wait for the lock.
      setTimeout(() => res.end(), 20);
    });
    subscribe('http-preconditions:decision', look);
    await withServer(app, async (port) => {
      const connections = ['a', 'a', 'b'].map((name) => {
        const connection = new RawConnection(port);
        connection.send(writeOf(name));
        return connection;
      });
      await sleep(20);
      for (const connection of connections) connection.send('cd');
      for (const connection of connections) expect((await connection.response('PUT')).status).toBe(200);
    });
    unsubscribe('http-preconditions:decision', look);
    const expected = ['/a', '/a', '/b'].flatMap((path) => [`channel ${path}`, `handler ${path}`]);
    expect(seen.toSorted()).toEqual(expected.toSorted());
  });
});
