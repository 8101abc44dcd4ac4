import { createServer, type RequestListener } from 'node:http';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { type Api, isConformanceError, type Target, type Writes } from '../../lib/testing/index.js';
import { throwing } from '../helpers/apps.js';
import { withServer } from '../helpers/server.js';
import { failureOf } from './cases-of.js';
import { ReferenceServer } from './reference/server.js';
import { referenceTarget } from './reference/target.js';

const TIMEOUT = 100;

/** Answers what is not conditional. */
function tagged(conditional: RequestListener): RequestListener {
  return (request, response) => {
    if (request.headers['if-none-match'] !== undefined) return conditional(request, response);
    response.setHeader('ETag', '"a"').end('abc');
  };
}

describe('a server that never ends an answer', () => {
  const WAYS: readonly { readonly what: string; readonly listener: RequestListener }[] = [
    { what: 'says nothing', listener: () => {} },
    {
      what: 'stops in the middle',
      listener: (_request, response) => void response.writeHead(200).write('half'),
    },
    {
      what: 'goes on drop by drop',
      listener(_request, response) {
        const timer = setInterval(() => response.write('.'), TIMEOUT / 4);
        response.on('close', () => clearInterval(timer));
      },
    },
  ];

  describe.each(WAYS)('and $what', ({ listener }) => {
    test.each(['if-none-match.current', '304.no-content'])('fails %s in time', async (id) => {
      const begun = Date.now();
      const failure = await failureOf(
        { server: tagged(listener), path: '/', etag: 'strong', timeout: TIMEOUT },
        id,
      );
      expect(failure?.message).toMatch(
        /\n {2}found {5}GET \/: no complete answer within the timeout of 100 ms\n/,
      );
      expect(Date.now() - begun).toBeLessThan(4000);
    });
  });
});

describe('the number of requests is bounded', () => {
  test('for a resource that changes at every read', async () => {
    let requests = 0;
    const server: RequestListener = (_request, response) => {
      requests += 1;
      response.setHeader('ETag', `"${requests}"`).end();
    };
    const failure = await failureOf({ server, path: '/', etag: 'strong' }, 'if-none-match.current');
    expect(failure?.expected).toBe('304 (Not Modified)');
    expect(requests).toBeLessThan(12);
  });

  test('but a resource that changes now and then gets another chance', async () => {
    let requests = 0;
    const server: RequestListener = (request, response) => {
      requests += 1;
      // Somebody else writes between the first two.
      const etag = requests === 1 ? '"1"' : '"2"';
      response.setHeader('ETag', etag);
      response.writeHead(request.headers['if-none-match'] === etag ? 304 : 200).end();
    };
    expect(await failureOf({ server, path: '/', etag: 'strong' }, 'if-none-match.current')).toBeUndefined();
  });

  test('for a `create` that goes on for ever', async () => {
    const reference = new ReferenceServer();
    const target = referenceTarget(reference);
    const create = async (api: Api): Promise<string> => {
      for (;;) await api.send('GET', '/shared');
    };
    const failure = await failureOf(writing(target, { create }), 'put.if-match.current');
    expect(failure?.message).toContain('More than 100 requests for one case.');
  });
});

describe('nothing is left behind', () => {
  test('not a server, whether a case passes or fails', async () => {
    for (const Server of [ReferenceServer, Careless]) {
      const reference = new Server();
      const server = createServer(reference.listener);
      const failure = await failureOf({ ...referenceTarget(reference), server }, 'put.if-match.other');
      expect(failure === undefined).toBe(Server === ReferenceServer);
      expect(server.listening).toBe(false);
      expect(await promisify(server.getConnections.bind(server))()).toBe(0);
    }
  });

  test('not a resource, whether a case passes or fails', async () => {
    for (const Server of [ReferenceServer, Careless]) {
      const reference = new Server();
      const target = referenceTarget(reference);
      const before = [...reference.resources.keys()];
      const outcomes = [];
      for (const id of ['put.if-match.other', 'put.absent.create-only', 'put.absent.if-match', 'put.race'])
        outcomes.push((await failureOf(target, id)) === undefined);
      expect(outcomes).toEqual(Array(4).fill(Server === ReferenceServer));
      expect([...reference.resources.keys()]).toEqual(before);
    }
  });

  test('`remove` gets the path, and may send requests', async () => {
    const reference = new ReferenceServer();
    const target = referenceTarget(reference);
    const removed: string[] = [];
    const remove: Writes['remove'] = async (path, api) => {
      const { status } = await api.send('DELETE', path, [['If-Match', '*']]);
      removed.push(`${path} ${status}`);
    };
    await failureOf(writing(target, { remove }), 'put.if-match.current');
    expect(removed).toEqual(['/of-a-case/1 204']);
    expect([...reference.resources.keys()]).toEqual(['/shared']);
  });

  test('a `remove` that fails does not hide what was found', async () => {
    const target = referenceTarget(new Careless());
    const remove = throwing(new Error('It cannot be removed.'));
    const failure = await failureOf(writing(target, { remove }), 'put.if-match.other');
    expect(failure?.expected).toBe('412 (Precondition Failed)');
    const alone = await failureOf(
      writing(referenceTarget(new ReferenceServer()), { remove }),
      'put.if-match.other',
    );
    expect(alone?.message).toContain('It cannot be removed.');
  });
});

/** Knows no conditions. */
class Careless extends ReferenceServer {
  override conditions(): undefined {
    return undefined;
  }
}

describe('a path that leads to another origin is refused', () => {
  const OTHERS = [
    'http://other.example/1',
    '//other.example/1',
    'https://127.0.0.1/1',
    'http://127.0.0.1:1/1',
  ];

  test.each(OTHERS)('as the path of the resource: %s', async (path) => {
    const server = throwing(new Error('The server was asked.'));
    await expectRefused({ server, path }, 'options.ignored', path);
  });

  test.each(OTHERS)('as what `create` has made: %s', async (path) => {
    const target = referenceTarget(new ReferenceServer());
    const create = (): string => path;
    await expectRefused(writing(target, { create }), 'put.if-match.current', path);
  });

  test.each(OTHERS)('as what `create` asks for: %s', async (path) => {
    const target = referenceTarget(new ReferenceServer());
    const create = async (api: Api): Promise<string> => {
      await api.send('POST', path);
      return '/shared';
    };
    await expectRefused(writing(target, { create }), 'put.if-match.current', path);
  });

  test('and one that is absolute and leads to the same is not', async () => {
    const reference = new ReferenceServer();
    const target = referenceTarget(reference);
    await withServer(reference.listener, async (port) => {
      const server = `http://127.0.0.1:${port}`;
      const create = async (api: Api): Promise<string> => server + (await target.writes!.create(api));
      expect(
        await failureOf({ ...writing(target, { create }), server }, 'put.if-match.current'),
      ).toBeUndefined();
    });
  });

  async function expectRefused(target: Target, id: string, path: string): Promise<void> {
    const failure = await failureOf(target, id);
    expect(isConformanceError(failure)).toBe(true);
    expect(failure?.message).toMatch(/\n {2}found {5}Expected a path on http:\/\/127\.0\.0\.1:\d+, got /);
    expect(failure?.message).toContain(`got ${path}.\n`);
  }
});

function writing(target: Target, changes: Partial<Writes>): Target {
  return { ...target, writes: { ...target.writes!, ...changes } };
}
