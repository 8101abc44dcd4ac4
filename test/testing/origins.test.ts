import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, test } from '@jest/globals';
import { conformance, type Target } from '../../lib/testing/index.js';
import { withServer } from '../helpers/server.js';
import { failureOf } from './cases-of.js';
import { ReferenceServer } from './reference/server.js';
import { referenceTarget } from './reference/target.js';

/** One with the usual client, one with a socket, one with ten requests at once. */
const IDS = ['if-none-match.current', '304.no-content', 'put.race'];

async function expectToPass(target: Target): Promise<void> {
  for (const id of IDS) expect(await failureOf(target, id)).toBeUndefined();
}

/** Lends a server that listens at that address. */
async function withServerAt<T>(host: string, use: (server: Server) => Promise<T>): Promise<T> {
  const server = createServer(REFERENCE.listener).listen(0, host);
  await once(server, 'listening');
  try {
    return await use(server);
  } finally {
    server.close();
  }
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

const REFERENCE = new ReferenceServer();
const TARGET = referenceTarget(REFERENCE);

describe('a target is', () => {
  test('an app, which listens on a port of this machine as long as a case lasts', async () => {
    const ports = new Set<number>();
    const addresses = new Set<string>();
    const listener = REFERENCE.listener;
    const server: typeof listener = (request, response) => {
      ports.add(request.socket.localPort!);
      addresses.add(request.socket.localAddress!);
      listener(request, response);
    };
    await expectToPass({ ...TARGET, server });
    expect([...addresses]).toEqual(['127.0.0.1']);
    for (const port of ports) await expectRefused(port);
  });

  test('a server that does not listen, which does as long as a case lasts', async () => {
    const server = createServer(REFERENCE.listener);
    await expectToPass({ ...TARGET, server });
    expect(server.listening).toBe(false);
  });

  test('a server that listens, which goes on listening', async () => {
    await withServerAt('127.0.0.1', async (server) => {
      await expectToPass({ ...TARGET, server });
      expect(server.listening).toBe(true);
    });
  });

  test.each([
    ['text', (url: string) => url],
    ['a URL', (url: string) => new URL(url)],
  ])('the URL of an API that runs already, as %s', async (_kind, make) => {
    await withServer(REFERENCE.listener, async (port, server) => {
      await expectToPass({ ...TARGET, server: make(`http://127.0.0.1:${port}`) });
      await expectToPass({ ...TARGET, server: make(`http://localhost:${port}/`) });
      expect(server.listening).toBe(true);
    });
  });
});

test('A case gives no reason for a warning', async () => {
  const warnings: Error[] = [];
  const warn = (warning: Error): void => void warnings.push(warning);
  process.on('warning', warn);
  await expectToPass(TARGET);
  process.off('warning', warn);
  expect(warnings).toEqual([]);
});

const HAS_IPV6 = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);

// oxlint-disable-next-line jest/no-disabled-tests -- the closing lines of the run name what was skipped
(HAS_IPV6 ? describe : describe.skip)(
  `a target that is reached by IPv6${HAS_IPV6 ? '' : ' (no IPv6 here)'}`,
  () => {
    test.each(['::1', '::'])('may be a server that listens at %s', async (host) => {
      await withServerAt(host, (server) => expectToPass({ ...TARGET, server }));
    });

    test('may be a URL', async () => {
      await withServerAt('::1', (server) =>
        expectToPass({ ...TARGET, server: `http://[::1]:${portOf(server)}` }),
      );
    });
  },
);

describe('the cases of one target run at the same time', () => {
  /** All that apply. On a busy machine an answer takes its time. */
  const allOf = (target: Target): Promise<unknown> =>
    Promise.all(
      conformance({ ...target, timeout: 20_000 })
        .filter(({ applies }) => applies)
        .map(({ run }) => run()),
    );

  test('when it is an app', async () => {
    await expect(allOf(TARGET)).resolves.toBeDefined();
  }, 20_000);

  test('when it is a server that does not listen', async () => {
    const server = createServer(REFERENCE.listener);
    await expect(allOf({ ...TARGET, server })).resolves.toBeDefined();
    expect(server.listening).toBe(false);
  }, 20_000);

  test('when it is a server that listens', async () => {
    await withServerAt('127.0.0.1', (server) => expect(allOf({ ...TARGET, server })).resolves.toBeDefined());
  }, 20_000);
});

async function expectRefused(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  await expect(once(socket, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
}
