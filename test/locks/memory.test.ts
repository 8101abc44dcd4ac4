import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { memoryLock } from '../../lib/index.js';
import { describeLock, Holder } from './lock-contract.js';

describeLock('memoryLock', memoryLock);

/** A signal that counts who listens to it. */
class CountedSignal {
  readonly signal: AbortSignal = new AbortController().signal;
  listeners = 0;

  constructor() {
    for (const [name, change] of [
      ['addEventListener', 1],
      ['removeEventListener', -1],
    ] as const) {
      const original = this.signal[name].bind(this.signal) as (...args: unknown[]) => void;
      this.signal[name] = (...args: unknown[]) => {
        this.listeners += change;
        original(...args);
      };
    }
  }
}

describe('memoryLock', () => {
  test('two of them know nothing of each other', async () => {
    const holder = new Holder(memoryLock(), 'key');
    await holder.held;
    expect(await memoryLock().withLock('key', () => 'free')).toBe('free');
    await holder.letGo();
  });

  test('leaves nothing behind after a million keys, and never has a timer', () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--expose-gc', '--import', 'tsx', join(__dirname, 'million-keys.ts')],
      { encoding: 'utf8' },
    );
    expect(stderr).toBe('');
    const { growth, timers, pending } = JSON.parse(stdout) as Record<string, unknown>;
    // Two octets a key would be 2 MB.
    expect(growth).toBeLessThan(1_000_000);
    expect([timers, pending]).toEqual([0, 0]);
  }, 20_000);

  test.each([
    ['who got it at once', false],
    ['who had to wait', true],
  ])('listens to no signal any more, once it is held: %s', async (_who, waits) => {
    const lock = memoryLock();
    const first = new Holder(lock, 'key');
    await first.held;
    if (!waits) await first.letGo();
    const counted = new CountedSignal();
    const second = new Holder(lock, 'key', 'second', counted.signal);
    expect(counted.listeners).toBe(waits ? 1 : 0);
    await first.letGo();
    await second.held;
    expect(counted.listeners).toBe(0);
    await second.letGo();
  });

  test('is not reentrant: whoever asks again for what he holds waits for himself', async () => {
    const lock = memoryLock();
    const inner = lock.withLock('key', () =>
      lock.withLock('key', () => 'inside', { signal: AbortSignal.timeout(20) }),
    );
    await expect(inner).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }));
    expect(await lock.withLock('key', () => 'free')).toBe('free');
  });
});
