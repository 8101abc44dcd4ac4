import { getEventListeners } from 'node:events';
import { describe, expect, test } from '@jest/globals';
import { memoryLock, postgresLock } from '../../lib/index.js';
import { throwing } from '../helpers/apps.js';
import { settled } from '../helpers/arrivals.js';
import { FaultyPool } from './faulty-pool.js';
import { Holder } from './lock-contract.js';

const LOCKS = [
  { name: 'memoryLock', make: memoryLock },
  { name: 'postgresLock', make: () => postgresLock(new FaultyPool({})) },
];

const listenersOf = ({ signal }: AbortController): number => getEventListeners(signal, 'abort').length;

/** A signal may live as long as the process: what listens to it, and all that this holds, would stay as long. */
describe.each(LOCKS)('$name leaves nobody listening to a signal', ({ make }) => {
  test('that comes with a lock which is free', async () => {
    const controller = new AbortController();
    const heard = await make().withLock('key', () => listenersOf(controller), { signal: controller.signal });
    expect([heard, listenersOf(controller)]).toEqual([0, 0]);
  });

  test('that comes with a lock which others have', async () => {
    const lock = make();
    const controller = new AbortController();
    const first = new Holder(lock, 'key');
    await first.held;
    const second = new Holder(lock, 'key', 'second', controller.signal);
    await settled();
    expect(listenersOf(controller)).toBeGreaterThan(0);
    await first.letGo();
    await second.held;
    expect(listenersOf(controller)).toBe(0);
    await second.letGo();
  });

  test('that has ended the wait', async () => {
    const lock = make();
    const controller = new AbortController();
    const first = new Holder(lock, 'key');
    await first.held;
    const waiting = lock.withLock('key', throwing(new Error('called')), { signal: controller.signal });
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    expect(listenersOf(controller)).toBe(0);
    await first.letGo();
  });
});

test('postgresLock leaves nobody listening to a signal while the database answers', async () => {
  const controller = new AbortController();
  const heard: number[] = [];
  const pool = new FaultyPool({
    BEGIN: async () => {
      await settled();
      heard.push(listenersOf(controller));
    },
  });
  const lock = postgresLock(pool);
  await lock.withLock('key', () => heard.push(listenersOf(controller)), { signal: controller.signal });
  expect(heard[0]).toBeGreaterThan(0);
  expect(heard[1]).toBe(0);
});
