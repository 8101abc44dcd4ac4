/**
 * A process of its own, in which nothing else allocates: what a million keys leave behind. Prints the growth of the heap in
 * octets, the timers while one holds a lock and another waits for it, and what keeps the process alive when all is over.
 */
import { memoryLock } from '../../lib/locks/index.js';

const lock = memoryLock();
const { signal } = new AbortController();

function heapUsed(): number {
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
}

/** One is waited for by others, of whom one fails and one gives up. */
async function contend(key: string): Promise<void> {
  const controller = new AbortController();
  const all = [
    lock.withLock(key, () => Promise.resolve(), { wait: 60_000, lease: 60_000, signal }),
    lock.withLock(key, () => Promise.reject(new Error('mine')), { signal }),
    lock.withLock(key, () => {}, { signal: controller.signal }),
    lock.withLock(key, () => {}),
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

async function timersOfOneWhoWaits(): Promise<number> {
  let letGo = (): void => {};
  const holder = lock.withLock('key', () => {
    return new Promise<void>((resolve) => {
      letGo = resolve;
    });
  });
  const waiter = lock.withLock('key', () => {}, { wait: 60_000, lease: 60_000, signal });
  await new Promise(setImmediate);
  const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
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
  const pending = process.getActiveResourcesInfo().filter((kind) => !kind.endsWith('Wrap'));
  process.stdout.write(JSON.stringify({ growth, timers, pending }));
}

void main();
