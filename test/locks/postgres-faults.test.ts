import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { postgresLock } from '../../lib/index.js';
import type { PostgresClient } from '../../lib/index.js';
import { throwing } from '../helpers/apps.js';
import { Arrivals, settled } from '../helpers/arrivals.js';
import type { Script } from './faulty-pool.js';
import { FaultyClient, FaultyPool } from './faulty-pool.js';

const fails =
  (message: string, details = {}) =>
  (): Promise<never> =>
    Promise.reject(Object.assign(new Error(message), details));
const never = (): Promise<never> => new Promise(() => {});
const breaks = (message: string) => (client: FaultyClient) => {
  client.emit('error', new Error(message));
  return Promise.reject(new Error(message));
};

/** A fault, and what becomes of a lock that is asked for with nothing else in the way. */
interface Fault {
  readonly title: string;
  readonly script: Script;
  /** What the caller gets, as far as it matters. */
  readonly error: object;
  readonly isCalled: boolean;
  readonly statements: readonly string[];
  readonly isDestroyed: boolean;
}

const FAULTS: readonly Fault[] = [
  {
    title: 'BEGIN fails',
    script: { BEGIN: fails('no memory') },
    error: { message: 'no memory' },
    isCalled: false,
    statements: ['BEGIN', 'ROLLBACK'],
    isDestroyed: false,
  },
  {
    title: 'BEGIN fails, and so does ROLLBACK',
    script: { BEGIN: fails('no memory'), ROLLBACK: fails('no memory either') },
    error: { message: 'no memory' },
    isCalled: false,
    statements: ['BEGIN', 'ROLLBACK'],
    isDestroyed: true,
  },
  {
    title: 'BEGIN fails, and ROLLBACK is never answered',
    script: { BEGIN: fails('no memory'), ROLLBACK: never },
    error: { message: 'no memory' },
    isCalled: false,
    statements: ['BEGIN', 'ROLLBACK'],
    isDestroyed: true,
  },
  {
    title: 'the lock is not available in time',
    script: { BEGIN: fails('canceling statement due to lock timeout', { code: '55P03' }) },
    error: { code: 'ERR_LOCK_TIMEOUT', status: 503, cause: { code: '55P03' } },
    isCalled: false,
    statements: ['BEGIN', 'ROLLBACK'],
    isDestroyed: false,
  },
  {
    title: 'the connection breaks at BEGIN',
    script: { BEGIN: breaks('reset') },
    error: { message: 'reset' },
    isCalled: false,
    statements: ['BEGIN'],
    isDestroyed: true,
  },
  {
    title: 'the connection breaks with the answer to BEGIN, before anybody has seen it',
    script: {
      BEGIN: (client) => {
        const granted = Promise.resolve();
        client.emit('error', new Error('reset'));
        return granted;
      },
    },
    error: { message: 'reset' },
    isCalled: false,
    statements: ['BEGIN'],
    isDestroyed: true,
  },
  {
    title: 'COMMIT fails',
    script: { COMMIT: fails('no space') },
    error: { code: 'ERR_LOCK_LOST', status: 503, cause: { message: 'no space' } },
    isCalled: true,
    statements: ['BEGIN', 'COMMIT'],
    isDestroyed: true,
  },
  {
    title: 'COMMIT throws in place of rejecting',
    script: { COMMIT: throwing(new Error('not queryable')) },
    error: { code: 'ERR_LOCK_LOST', cause: { message: 'not queryable' } },
    isCalled: true,
    statements: ['BEGIN', 'COMMIT'],
    isDestroyed: true,
  },
  {
    title: 'the connection breaks at COMMIT',
    script: { COMMIT: breaks('reset') },
    error: { code: 'ERR_LOCK_LOST', cause: { message: 'reset' } },
    isCalled: true,
    statements: ['BEGIN', 'COMMIT'],
    isDestroyed: true,
  },
  {
    title: 'COMMIT is never answered',
    script: { COMMIT: never },
    error: {
      code: 'ERR_LOCK_LOST',
      cause: { message: expect.stringContaining('did not answer within 5000 ms') },
    },
    isCalled: true,
    statements: ['BEGIN', 'COMMIT'],
    isDestroyed: true,
  },
];

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
});

afterEach(() => {
  const left = jest.getTimerCount();
  jest.useRealTimers();
  if (left > 0) throw new Error(`${left} timers were left behind`);
});

const outcomeOf = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

describe('postgresLock on a connection that fails', () => {
  test.each(FAULTS)('$title', async ({ script, error, isCalled, statements, isDestroyed }) => {
    const pool = new FaultyPool(script);
    let called = 0;
    const onLost = jest.fn();
    const outcome = outcomeOf(postgresLock(pool).withLock('key', () => (called += 1), { onLost }));
    await jest.advanceTimersByTimeAsync(5000);
    expect(await outcome).toMatchObject(error);
    expect(called).toBe(isCalled ? 1 : 0);
    // It was not lost while it was needed.
    expect(onLost).not.toHaveBeenCalled();
    const [client] = pool.clients as [FaultyClient];
    expect([client.statements, client.released]).toEqual([statements, [isDestroyed]]);
    // What is closed may break in the meantime, and nobody else listens.
    expect(client.listenerCount('error')).toBe(isDestroyed ? 1 : 0);
  });

  test.each(FAULTS)('and the next gets a connection of its own: $title', async ({ script }) => {
    const pool = new FaultyPool(script);
    const lock = postgresLock(pool, { connections: 1 });
    const first = outcomeOf(lock.withLock('key', () => {}));
    const second = outcomeOf(lock.withLock('key', () => {}));
    const other = outcomeOf(lock.withLock('other', () => {}));
    await jest.advanceTimersByTimeAsync(15_000);
    await Promise.all([first, second, other]);
    expect(pool.clients.map(({ released }) => released.length)).toEqual([1, 1, 1]);
  });

  test('whoever waits is not kept waiting for a COMMIT that is answered late', async () => {
    let answer = (): void => {};
    const pool = new FaultyPool({
      COMMIT: () => {
        return new Promise<void>((resolve) => {
          answer = resolve;
        });
      },
    });
    const lock = postgresLock(pool);
    const outcome = lock.withLock('key', () => 'done');
    await jest.advanceTimersByTimeAsync(4999);
    answer();
    expect(await outcome).toBe('done');
    expect(pool.clients[0]).toMatchObject({ released: [false] });
  });

  test.each([
    ['rejects', fails('too many clients')],
    ['throws', throwing(new Error('too many clients'))],
  ])('a pool whose connect() %s: the error is passed on, and nothing is kept', async (_how, connect) => {
    const lock = postgresLock({ connect, options: { max: 2 } });
    for (let turn = 0; turn < 3; turn++) {
      await expect(lock.withLock('key', throwing(new Error('called')))).rejects.toThrow('too many clients');
    }
  });

  test.each([
    ['null', null],
    ['undefined', undefined],
    ['a text', 'busy'],
    ['an object', { busy: true }],
  ])('BEGIN that rejects with %s: it is passed on as it is', async (_what, reason) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what a pool that is none of ours may do
    const pool = new FaultyPool({ BEGIN: () => Promise.reject(reason) });
    const locked = postgresLock(pool).withLock('key', throwing(new Error('called')));
    await expect(locked).rejects.toBe(reason);
  });

  test('a connection that breaks while the lock is held: tells once, sends nothing more, is closed', async () => {
    const pool = new FaultyPool({});
    const lost = new Arrivals<unknown>();
    const outcome = outcomeOf(
      postgresLock(pool).withLock(
        'key',
        async () => {
          pool.clients[0]!.emit('error', new Error('first'));
          pool.clients[0]!.emit('error', new Error('second'));
          await settled();
          return lost.count;
        },
        { onLost: (reason) => lost.add(reason) },
      ),
    );
    expect(await outcome).toMatchObject({ code: 'ERR_LOCK_LOST', cause: { message: 'first' } });
    expect(await lost.next()).toEqual(new Error('first'));
    expect(lost.count).toBe(1);
    expect(pool.clients[0]).toMatchObject({ statements: ['BEGIN'], released: [true] });
  });

  test('a connection that breaks after the lock was given back tells nobody', async () => {
    const pool = new FaultyPool({});
    const lost = new Arrivals<unknown>();
    await postgresLock(pool).withLock('key', () => {}, { onLost: (reason) => lost.add(reason) });
    const client = pool.clients[0]!;
    client.on('error', () => {});
    client.emit('error', new Error('idle'));
    expect([lost.count, client.released]).toEqual([0, [false]]);
  });
});

describe('postgresLock when the signal is not aborted', () => {
  test('waits for as long as others hold the lock in the database', async () => {
    const answers = new Arrivals<() => void>();
    const pool = new FaultyPool({
      BEGIN: () => {
        return new Promise<void>((resolve) => {
          answers.add(resolve);
        });
      },
    });
    const { signal } = new AbortController();
    const outcome = outcomeOf(postgresLock(pool).withLock('key', () => 'done', { signal }));
    const answer = await answers.next();
    await jest.advanceTimersByTimeAsync(60_000);
    answer();
    expect(await outcome).toBe('done');
  });
});

describe('postgresLock when the signal is aborted', () => {
  test('before a connection comes: it is given back when it comes, and nothing is asked of it', async () => {
    const arriving = new Arrivals<(client: PostgresClient) => void>();
    const connect = (): Promise<PostgresClient> => {
      return new Promise((resolve) => {
        arriving.add(resolve);
      });
    };
    const controller = new AbortController();
    const lock = postgresLock({ connect, options: { max: 2 } });
    const outcome = outcomeOf(
      lock.withLock('key', throwing(new Error('called')), { signal: controller.signal }),
    );
    const arrive = await arriving.next();
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    const client = new FaultyClient({});
    arrive(client);
    await settled();
    expect(client.released).toEqual([false]);
    expect(client.statements).not.toContain('BEGIN');
  });

  test('while the database does not answer: the caller leaves at once, the connection is closed after a while', async () => {
    const pool = new FaultyPool({ BEGIN: never });
    const controller = new AbortController();
    const lock = postgresLock(pool);
    const waiting = lock.withLock('key', throwing(new Error('called')), { signal: controller.signal });
    const outcome = outcomeOf(waiting);
    await settled();
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    await jest.advanceTimersByTimeAsync(4999);
    expect(pool.clients[0]!.released).toEqual([]);
    await jest.advanceTimersByTimeAsync(1);
    expect(pool.clients[0]).toMatchObject({ statements: ['BEGIN'], released: [true] });
  });

  test('while the database answers a little later: the lock is given back, and whileLocked not called', async () => {
    const answers = new Arrivals<() => void>();
    const pool = new FaultyPool({
      BEGIN: () => {
        return new Promise<void>((resolve) => {
          answers.add(resolve);
        });
      },
    });
    const controller = new AbortController();
    const waiting = postgresLock(pool).withLock('key', throwing(new Error('called')), {
      signal: controller.signal,
    });
    const outcome = outcomeOf(waiting);
    const answer = await answers.next();
    controller.abort('enough');
    expect(await outcome).toBe('enough');
    answer();
    await settled();
    expect(pool.clients[0]).toMatchObject({ statements: ['BEGIN', 'ROLLBACK'], released: [false] });
  });
});
