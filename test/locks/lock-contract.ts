/** What every lock promises (lib/locks/types.ts). */
import { describe, expect, test } from '@jest/globals';
import type { Lock } from '../../lib/index.js';
import { settled } from '../helpers/arrivals.js';
import { throwing } from '../helpers/apps.js';

/** Holds a lock until it is told to let go. */
export class Holder {
  readonly held: Promise<void>;
  readonly done: Promise<string>;
  isIn = false;
  #letGo: () => void = () => {};

  constructor(lock: Lock, key: string, name = 'holder', signal?: AbortSignal) {
    let onHeld = (): void => {};
    this.held = new Promise((resolve) => {
      onHeld = resolve;
    });
    const over = new Promise<void>((resolve) => {
      this.#letGo = resolve;
    });
    const whileLocked = async (): Promise<string> => {
      this.isIn = true;
      onHeld();
      await over;
      this.isIn = false;
      return name;
    };
    this.done = lock.withLock(key, whileLocked, { signal });
    // A test looks at it when it comes to that.
    this.done.catch(() => {});
  }

  letGo(): Promise<string> {
    this.#letGo();
    return this.done;
  }
}

/** They all hold what they want at the same time; then they let go. */
export async function expectHeldTogether(...holders: readonly Holder[]): Promise<void> {
  await Promise.all(holders.map(({ held }) => held));
  expect(holders.map(({ isIn }) => isIn)).toEqual(holders.map(() => true));
  await Promise.all(holders.map((holder) => holder.letGo()));
}

/** One holds it, and the other gets it next. */
export async function expectHeldNext(holder: Holder, next: Holder): Promise<void> {
  expect([holder.isIn, next.isIn]).toEqual([true, false]);
  await holder.letGo();
  await expectHeldTogether(next);
}

const notCalled = throwing(new Error('whileLocked was called.'));

/** @param make a lock that nobody else uses, at the start of a test */
export function describeLock(name: string, make: () => Lock): void {
  describe(`The contract of a lock: ${name}`, () => {
    test.each([
      ['a value', () => 7],
      ['a promise of one', () => Promise.resolve(7)],
    ])('settles as whileLocked does: %s', async (_what, whileLocked) => {
      expect(await make().withLock('key', whileLocked)).toBe(7);
    });

    const failures: readonly [string, () => never | Promise<never>][] = [
      ['a throw', throwing(new RangeError('mine'))],
      ['a rejection', () => Promise.reject(new RangeError('mine'))],
    ];

    test.each(failures)('settles as whileLocked does, and gives the lock back: %s', async (_what, fail) => {
      const lock = make();
      await expect(lock.withLock('key', fail)).rejects.toThrow(new RangeError('mine'));
      expect(await lock.withLock('key', () => 'free')).toBe('free');
    });

    test('lets one in at a time, in the order in which they came', async () => {
      const lock = make();
      const order: number[] = [];
      let inside = 0;
      const enter = (index: number): Promise<void> =>
        lock.withLock('key', async () => {
          inside += 1;
          expect(inside).toBe(1);
          order.push(index);
          await settled();
          inside -= 1;
        });
      await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(enter));
      expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    });

    test('keeps nobody out who wants another key', async () => {
      const lock = make();
      await expectHeldTogether(new Holder(lock, 'a'), new Holder(lock, 'b'));
    });

    test.each([
      ['an empty one', ''],
      ['é', 'é'],
      ['a null character', '\0'],
      ['__proto__', '__proto__'],
      ['half of a character', '\ud83d'],
      ['a long one', 'x'.repeat(100_000)],
      ['SQL', `'"; DROP TABLE x; --`],
    ])('takes any text for a key: %s', async (_what, key) => {
      const lock = make();
      const holder = new Holder(lock, key);
      await holder.held;
      const other = new Holder(lock, key);
      await settled();
      await expectHeldNext(holder, other);
    });

    test('calls nothing when the signal is aborted already', async () => {
      const reason = new Error('enough');
      const lock = make();
      await expect(lock.withLock('key', notCalled, { signal: AbortSignal.abort(reason) })).rejects.toBe(
        reason,
      );
      expect(await lock.withLock('key', () => 'free')).toBe('free');
    });

    test('ends the wait when the signal is aborted, at once and with its reason', async () => {
      const lock = make();
      const holder = new Holder(lock, 'key');
      await holder.held;
      const controller = new AbortController();
      const waiting = lock.withLock('key', notCalled, { signal: controller.signal });
      await settled();
      const reason = { not: 'even an error' };
      controller.abort(reason);
      await expect(waiting).rejects.toBe(reason);
      expect(holder.isIn).toBe(true);
      await holder.letGo();
    });

    test('the others keep their places when one gives up', async () => {
      const lock = make();
      const holder = new Holder(lock, 'key');
      await holder.held;
      const controllers = [0, 1, 2, 3, 4].map(() => new AbortController());
      const order: number[] = [];
      const waiters = controllers.map(({ signal }, index) =>
        lock.withLock('key', () => order.push(index), { signal }),
      );
      const outcomes = Promise.allSettled(waiters);
      await settled();
      for (const index of [0, 2, 4]) controllers[index]!.abort();
      await holder.letGo();
      expect((await outcomes).map(({ status }) => status)).toEqual([
        'rejected',
        'fulfilled',
        'rejected',
        'fulfilled',
        'rejected',
      ]);
      expect(order).toEqual([1, 3]);
      expect(await lock.withLock('key', () => 'free')).toBe('free');
    });

    test('an abort has no effect once the lock is held', async () => {
      const lock = make();
      const controller = new AbortController();
      const holder = new Holder(lock, 'key', 'me', controller.signal);
      await holder.held;
      const next = new Holder(lock, 'key');
      controller.abort();
      await settled();
      expect([holder.isIn, next.isIn]).toEqual([true, false]);
      expect(await holder.letGo()).toBe('me');
      await next.held;
      await next.letGo();
    });

    test('keeps out whoever comes while somebody has it who had to wait for it', async () => {
      const lock = make();
      const first = new Holder(lock, 'key');
      await first.held;
      const second = new Holder(lock, 'key');
      await first.letGo();
      await second.held;
      const third = new Holder(lock, 'key');
      await settled();
      await expectHeldNext(second, third);
    });

    test('whoever waits gets it as soon as it is given back, though more come all the time', async () => {
      const lock = make();
      const last = new Holder(lock, 'key');
      await last.held;
      const patient = new Holder(lock, 'key', 'patient');
      const others = [1, 2, 3].map(() => new Holder(lock, 'key'));
      await last.letGo();
      await patient.held;
      expect(others.map(({ isIn }) => isIn)).toEqual([false, false, false]);
      await patient.letGo();
      for (const other of others) await other.letGo();
    });
  });
}
