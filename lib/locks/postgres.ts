import { createHash } from 'node:crypto';
import { describeValue, HttpPreconditionsError } from '../errors.js';
import { lockLost, lockTimeout } from './errors.js';
import { memoryLock } from './memory.js';
import { makeSemaphore } from './semaphore.js';
import { openSession } from './postgres-session.js';
import type { PostgresPool } from './postgres-session.js';
import type { Lock, LockLimits } from './types.js';

export interface PostgresLockOptions {
  /** Keeps the keys of one application apart from those of others in the same database. Default `'http-preconditions'`. */
  readonly namespace?: string | undefined;
  /**
   * How many connections of the pool may hold or await locks at a time. Default: half of the pool. All of them only if no
   * handler uses this pool while it holds a lock: it would wait for a connection that it keeps others from giving back.
   */
  readonly connections?: number | undefined;
}

/**
 * A lock among all processes that use one PostgreSQL database: an advisory lock in a transaction of its own, on a connection
 * of the pool that is lent for as long as the lock is held. No table is needed. When a process dies, its connection ends and
 * the lock is free. Behind PgBouncer it works in session and in transaction mode.
 *
 * Rejects with ERR_LOCK_TIMEOUT when the wait is over, with ERR_LOCK_LOST when the connection ended while the lock was held,
 * and with the error of the pool or of the database when the lock could not be asked for.
 *
 * @param pool a `Pool` of the package `pg`, or what looks like it
 * @throws {HttpPreconditionsError} ERR_OPTION for a pool or options that cannot be used
 */
export function postgresLock(pool: PostgresPool, options: PostgresLockOptions = {}): Lock {
  const { namespace = 'http-preconditions', connections } = options;
  const places = makeSemaphore(connectionsOf(pool, connections));
  /** Of several in this process who want one key, only the first takes a connection to wait on. */
  const local = memoryLock();
  return {
    withLock: (key, whileLocked, limits = {}) =>
      untilAborted(limits.signal, (begin) =>
        local.withLock(
          key,
          async () => {
            await places.enter(limits.signal);
            try {
              return await onConnection(pool, namespace, key, limits, () => {
                begin();
                return whileLocked();
              });
            } finally {
              places.leave();
            }
          },
          limits,
        ),
      ),
  };
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Calls `whileLocked` with the lock held on a connection of its own. */
async function onConnection<T>(
  pool: PostgresPool,
  namespace: string,
  key: string,
  limits: LockLimits,
  whileLocked: () => T | PromiseLike<T>,
): Promise<T> {
  const { signal, onLost } = limits;
  const session = await openSession(pool);
  try {
    signal?.throwIfAborted();
    await session.begin(statementsFor(advisoryKey(namespace, key), limits), signal);
    signal?.throwIfAborted();
    session.watch(onLost);
  } catch (error) {
    await session.end('ROLLBACK');
    const { code } = (error ?? {}) as { readonly code?: unknown };
    throw code === LOCK_NOT_AVAILABLE ? lockTimeout(key, error) : error;
  }
  let result: T;
  try {
    result = await whileLocked();
  } catch (error) {
    await session.end('COMMIT');
    throw error;
  }
  const failure = await session.end('COMMIT');
  if (failure !== undefined) throw lockLost(key, failure.reason);
  return result;
}

/** How much longer than the lease the database waits, before it ends the transaction of a process that hangs. */
const GRACE_MS = 1000;

/** One round trip. READ COMMITTED, since it keeps no snapshot that would hold up VACUUM while the lock is held. */
function statementsFor(lock: bigint, { wait, lease }: LockLimits): string {
  const statements = ['BEGIN ISOLATION LEVEL READ COMMITTED'];
  if (wait !== undefined) statements.push(setLimit('lock_timeout', wait));
  if (lease !== undefined) statements.push(setLimit('idle_in_transaction_session_timeout', lease + GRACE_MS));
  statements.push(`SELECT pg_advisory_xact_lock(${lock})`);
  return statements.join('; ');
}

/** As PostgreSQL takes it: 0 would mean no limit. */
function setLimit(name: string, limit: number): string {
  return `SET LOCAL ${name} = ${Math.min(Math.max(Math.ceil(limit), 1), 2 ** 31 - 1)}`;
}

/** PostgreSQL knows locks by 64 bits. Two keys that share them wait for each other, which costs time and nothing else. */
function advisoryKey(namespace: string, key: string): bigint {
  return createHash('sha256')
    .update(JSON.stringify([namespace, key]))
    .digest()
    .readBigInt64BE();
}

/** Leaves the wait when the signal is aborted before `begin` is called; `work` is then left to end by itself. */
function untilAborted<T>(
  signal: AbortSignal | undefined,
  work: (begin: () => void) => Promise<T>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- what the caller has chosen
    const giveUp = (): void => reject(signal?.reason);
    const begin = (): void => signal?.removeEventListener('abort', giveUp);
    signal?.throwIfAborted();
    signal?.addEventListener('abort', giveUp, { once: true });
    work(begin).finally(begin).then(resolve, reject);
  });
}

function connectionsOf(pool: PostgresPool, given: number | undefined): number {
  if (typeof pool?.connect !== 'function') {
    throw new HttpPreconditionsError(
      'ERR_OPTION',
      `postgresLock() expected a pool with the method connect(), got ${describeValue(pool)}.`,
    );
  }
  const size = pool.options?.max;
  const connections = given ?? Math.floor((size ?? 0) / 2);
  if (Number.isInteger(connections) && connections >= 1 && connections <= (size ?? connections))
    return connections;
  throw new HttpPreconditionsError(
    'ERR_OPTION',
    `postgresLock() expected a number of connections from 1 to the size of the pool (${size ?? 'which it does not tell'}), ` +
      `got ${describeValue(given)}. By default it takes half of the pool, which leaves the rest to handlers: give the pool at ` +
      'least 2, or the option `connections`.',
  );
}
