import { describe, expect, test } from '@jest/globals';
import { makeSemaphore } from '../../lib/locks/semaphore.js';
import { ratioOfTimes } from '../helpers/ratio-of-times.js';

/** Lets that many wait, and then in, one after the other. */
function passing(count: number): () => void {
  return () => {
    const semaphore = makeSemaphore(1);
    for (let waiting = 0; waiting <= count; waiting++) void semaphore.enter();
    for (let left = 0; left <= count; left++) semaphore.leave();
    expect(semaphore.isIdle()).toBe(true);
  };
}

describe('A semaphore', () => {
  test('takes time in proportion to the number of those who wait', () => {
    expect(ratioOfTimes(passing(64_000), passing(4000))).toBeLessThan(128);
  });

  test('lets in those who come after it was empty, in their order', async () => {
    const semaphore = makeSemaphore(1);
    const order: number[] = [];
    const come = async (number: number): Promise<void> => {
      await semaphore.enter();
      order.push(number);
      semaphore.leave();
    };
    for (const first of [0, 3, 6]) await Promise.all([first, first + 1, first + 2].map(come));
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(semaphore.isIdle()).toBe(true);
  });
});
