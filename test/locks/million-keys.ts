/**
 * A process of its own, in which nothing else allocates: what a million keys leave behind. Prints the growth of the heap in
 * octets, and the timers while one holds a lock and another waits for it, and when all is over.
 */
import { memoryLock } from '../../lib/locks/index.js';

const lock = memoryLock();
const { signal } = new AbortController();
const aborted = AbortSignal.abort();

function heapUsed(): number {
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
}

/** One is waited for by others, of whom one fails and one gives up; and one is asked for too late. */
async function contend(key: string): Promise<void> {
  const controller = new AbortController();
  const all = [
    lock.withLock(key, () => Promise.resolve(), { wait: 60_000, lease: 60_000, signal }),
    lock.withLock(key, () => Promise.reject(new Error('mine')), { signal }),
    lock.withLock(key, () => {}, { signal: controller.signal }),
    lock.withLock(key, () => {}),
    lock.withLock(`${key}, never had`, () => {}, { signal: aborted }),
  ];
  controller.abort();
  await Promise.allSettled(all);
}

async function useKeys(count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    if (index % 50 === 0) await contend(`key ${index}`);
    else await lock.withLock(`key ${index}`, () => {});
  }
}

/** The loader of this file may have requests of its own under way, for its cache. */
function countTimers(): number {
  return process.getActiveResourcesInfo().filter((kind) => ['Timeout', 'Immediate'].includes(kind)).length;
}

async function timersOfOneWhoWaits(): Promise<number> {
  let letGo = (): void => {};
  const holder = lock.withLock('key', () => {
    return new Promise<void>((resolve) => {
      letGo = resolve;
    });
  });
  const waiter = lock.withLock('key', () => {}, { wait: 60_000, lease: 60_000, signal });
  await new Promise(setImmediate);
  const timers = countTimers();
  letGo();
  await Promise.all([holder, waiter]);
  return timers;
}

async function main(): Promise<void> {
  await useKeys(10_000);
  const before = heapUsed();
  await useKeys(1_000_000);
  const growth = heapUsed() - before;
  const timers = await timersOfOneWhoWaits();
  const pending = countTimers();
  process.stdout.write(JSON.stringify({ growth, timers, pending }));
}

void main();
