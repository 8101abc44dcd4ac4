/** The contract of locks notices each way of breaking it. */
import { describe, expect, test } from '@jest/globals';
import { lockContract } from '../../../lib/testing/index.js';
import { FaultyLock, type LockFault } from './faulty-lock.js';

/** The titles of the promises that are broken. */
async function broken(fault?: LockFault): Promise<string[]> {
  const titles: string[] = [];
  for (const { title, run } of lockContract(() => new FaultyLock(fault))) {
    await run().catch(() => titles.push(title));
  }
  return titles;
}

const FAULTS: readonly (readonly [fault: LockFault, promise: string])[] = [
  ['lets everybody in', 'lets one in at a time, in the order in which they came'],
  ['keeps the result to itself', 'settles as whileLocked does'],
  ['swallows errors', 'gives the lock back when whileLocked fails'],
  ['is not given back after a failure', 'gives the lock back when whileLocked fails'],
  ['lets the last in first', 'lets one in at a time, in the order in which they came'],
  ['knows one key only', 'keeps nobody out who wants another key'],
  ['keeps its keys in a plain object', 'takes any text for a key'],
  ['looks at no signal before it waits', 'calls nothing when the signal is aborted already'],
  [
    'looks at no signal while it waits',
    'ends the wait when the signal is aborted, at once and with its reason',
  ],
  [
    'rejects with an error of its own',
    'ends the wait when the signal is aborted, at once and with its reason',
  ],
  ['forgets everybody when one gives up', 'keeps the places of the others when one gives up'],
  ['ends what is held when the signal is aborted', 'takes no notice of an abort once the lock is held'],
  [
    'is free for a moment when it is handed over',
    'keeps out whoever comes while somebody has it who had to wait for it',
  ],
];

describe('The contract of locks', () => {
  test('finds nothing wrong with a right lock', async () => {
    expect(await broken()).toEqual([]);
  });

  const noticed = new Set<string>();

  // What never settles is given up after seconds, so they are tried side by side.
  test.concurrent.each(FAULTS)(
    'notices a lock that %s',
    async (fault, promise) => {
      const titles = await broken(fault);
      for (const title of titles) noticed.add(title);
      expect(titles).toContain(promise);
    },
    60_000,
  );

  test('has no promise that is never broken', () => {
    expect([...noticed].toSorted()).toEqual(
      lockContract(() => new FaultyLock())
        .map(({ title }) => title)
        .toSorted(),
    );
  });

  test('asks for a new lock for each case', async () => {
    let made = 0;
    const cases = lockContract(() => {
      made += 1;
      return Promise.resolve(new FaultyLock());
    });
    expect(made).toBe(0);
    for (const { run } of cases) await run();
    expect(made).toBe(cases.length);
  });
});
