import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { Lock } from '../../locks/types.js';
import { type ContractCase, contractCases } from './contract-case.js';
import { expectHeldNext, expectHeldTogether, Holder } from './holder.js';

/** Keys that a lock may stumble over. */
const KEYS = ['', 'é', '\0', '__proto__', '\ud83d', 'x'.repeat(100_000), `'"; DROP TABLE x; --`];

/**
 * What every `Lock` promises, as cases to be looped over in any test runner.
 *
 *     for (const { title, run } of lockContract(() => myLock(pool))) test(title, run);
 *
 * @param make a lock whose keys nobody else uses, asked for at the start of each case
 */
export function lockContract(make: () => Lock | PromiseLike<Lock>): ContractCase[] {
  const given = (use: (lock: Lock) => Promise<void>) => async (): Promise<void> => use(await make());
  return contractCases({
    'settles as whileLocked does': given(settlesAlike),
    'gives the lock back when whileLocked fails': given(isGivenBack),
    'lets one in at a time, in the order in which they came': given(isExclusive),
    'keeps nobody out who wants another key': given((lock) =>
      expectHeldTogether(new Holder(lock, 'a'), new Holder(lock, 'b')),
    ),
    'takes any text for a key': given(takesAnyKey),
    'calls nothing when the signal is aborted already': given(heedsAnAbortedSignal),
    'ends the wait when the signal is aborted, at once and with its reason': given(endsTheWait),
    'keeps the places of the others when one gives up': given(keepsPlaces),
    'takes no notice of an abort once the lock is held': given(ignoresLateAborts),
    'keeps out whoever comes while somebody has it who had to wait for it': given(handsOver),
    'lets in who waits, though more come all the time': given(isFair),
  });
}

async function settlesAlike(lock: Lock): Promise<void> {
  strictEqual(await lock.withLock('key', () => 7), 7);
  strictEqual(await lock.withLock('key', () => Promise.resolve(7)), 7);
}

async function isGivenBack(lock: Lock): Promise<void> {
  const mine = new RangeError('mine');
  const failures = [
    () => {
      throw mine;
    },
    () => Promise.reject(mine),
  ];
  for (const fail of failures) {
    strictEqual(await reasonOf(lock.withLock('key', fail)), mine);
    strictEqual(await lock.withLock('key', () => 'free'), 'free');
  }
}

async function isExclusive(lock: Lock): Promise<void> {
  const order: number[] = [];
  let inside = 0;
  const enter = (index: number): Promise<void> =>
    lock.withLock('key', async () => {
      inside += 1;
      strictEqual(inside, 1, `${inside} are in at the same time`);
      order.push(index);
      await turns();
      inside -= 1;
    });
  const indexes = [0, 1, 2, 3, 4, 5, 6, 7];
  await Promise.all(indexes.map(enter));
  deepStrictEqual(order, indexes);
}

async function takesAnyKey(lock: Lock): Promise<void> {
  for (const key of KEYS) {
    const holder = new Holder(lock, key);
    await holder.held;
    const other = new Holder(lock, key);
    await turns();
    await expectHeldNext(holder, other);
  }
}

async function heedsAnAbortedSignal(lock: Lock): Promise<void> {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  strictEqual(await reasonOf(lock.withLock('key', notCalled, { signal })), reason);
  strictEqual(await lock.withLock('key', () => 'free'), 'free');
}

async function endsTheWait(lock: Lock): Promise<void> {
  const holder = new Holder(lock, 'key');
  await holder.held;
  const controller = new AbortController();
  const waiting = reasonOf(lock.withLock('key', notCalled, { signal: controller.signal }));
  await turns();
  const reason = { not: 'even an error' };
  controller.abort(reason);
  strictEqual(await waiting, reason);
  strictEqual(holder.isIn, true);
  await holder.letGo();
}

async function keepsPlaces(lock: Lock): Promise<void> {
  const holder = new Holder(lock, 'key');
  await holder.held;
  const controllers = [0, 1, 2, 3, 4].map(() => new AbortController());
  const order: number[] = [];
  const waiters = controllers.map(({ signal }, index) =>
    lock.withLock('key', () => order.push(index), { signal }),
  );
  const outcomes = Promise.allSettled(waiters);
  await turns();
  for (const index of [0, 2, 4]) controllers[index]?.abort();
  await holder.letGo();
  const statuses = (await outcomes).map(({ status }) => status);
  deepStrictEqual(statuses, ['rejected', 'fulfilled', 'rejected', 'fulfilled', 'rejected']);
  deepStrictEqual(order, [1, 3]);
  strictEqual(await lock.withLock('key', () => 'free'), 'free');
}

async function ignoresLateAborts(lock: Lock): Promise<void> {
  const controller = new AbortController();
  const holder = new Holder(lock, 'key', 'me', controller.signal);
  await holder.held;
  const next = new Holder(lock, 'key');
  controller.abort();
  await turns();
  deepStrictEqual([holder.isIn, next.isIn], [true, false]);
  strictEqual(await holder.letGo(), 'me');
  await next.held;
  await next.letGo();
}

async function handsOver(lock: Lock): Promise<void> {
  const first = new Holder(lock, 'key');
  await first.held;
  const second = new Holder(lock, 'key');
  await first.letGo();
  await second.held;
  const third = new Holder(lock, 'key');
  await turns();
  await expectHeldNext(second, third);
}

async function isFair(lock: Lock): Promise<void> {
  const last = new Holder(lock, 'key');
  await last.held;
  const patient = new Holder(lock, 'key', 'patient');
  const others = [1, 2, 3].map(() => new Holder(lock, 'key'));
  await last.letGo();
  await patient.held;
  deepStrictEqual(
    others.map(({ isIn }) => isIn),
    [false, false, false],
  );
  await patient.letGo();
  for (const other of others) await other.letGo();
}

function notCalled(): never {
  throw new Error('whileLocked was called');
}

/** What a promise was rejected with, which need not be an error. */
function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => {
      throw new Error('Expected the lock to be refused.');
    },
    (reason: unknown) => reason,
  );
}

/** Until everything has happened in this process that follows from what has happened already. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
