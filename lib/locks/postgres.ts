import { createHash } from 'node:crypto';
import { describeValue, HttpPreconditionsError } from '../errors.js';
import { lockLost, lockTimeout } from './errors.js';
import { memoryLock } from './memory.js';
import { Semaphore } from './semaphore.js';
import { PostgresSession } from './postgres-session.js';
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
  return new PostgresLock(pool, options);
}

/** How much longer than the lease the database waits, before it ends the transaction of a process that hangs. */
const GRACE_MS = 1000;

const LOCK_NOT_AVAILABLE = '55P03';

class PostgresLock implements Lock {
  readonly #pool: PostgresPool;
  readonly #namespace: string;
  /** Of several in this process who want one key, only the first takes a connection to wait on. */
  readonly #local: Lock = memoryLock();
  readonly #connections: Semaphore;

  constructor(pool: PostgresPool, { namespace = 'http-preconditions', connections }: PostgresLockOptions) {
    this.#pool = pool;
    this.#namespace = namespace;
    this.#connections = new Semaphore(connectionsOf(pool, connections));
  }

  async withLock<T>(key: string, whileLocked: () => T | PromiseLike<T>, limits: LockLimits = {}): Promise<T> {
    return untilAborted(limits.signal, (begin) =>
      this.#local.withLock(
        key,
        async () => {
          await this.#connections.enter(limits.signal);
          try {
            return await this.#onConnection(key, limits, () => {
              begin();
              return whileLocked();
            });
          } finally {
            this.#connections.leave();
          }
        },
        limits,
      ),
    );
  }

  /** Calls `whileLocked` with the lock held on a connection of its own. */
  async #onConnection<T>(key: string, limits: LockLimits, whileLocked: () => T | PromiseLike<T>): Promise<T> {
    const session = await PostgresSession.open(this.#pool);
    try {
      limits.signal?.throwIfAborted();
      await session.begin(this.#statements(key, limits), limits.signal);
      limits.signal?.throwIfAborted();
    } catch (error) {
      await session.end('ROLLBACK');
      throw codeOf(error) === LOCK_NOT_AVAILABLE ? lockTimeout(key, error) : error;
    }
    session.onLost = limits.onLost;
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

  /** One round trip. READ COMMITTED, since it keeps no snapshot that would hold up VACUUM while the lock is held. */
  #statements(key: string, { wait, lease }: LockLimits): string {
    const statements = ['BEGIN ISOLATION LEVEL READ COMMITTED'];
    if (wait !== undefined) statements.push(`SET LOCAL lock_timeout = ${milliseconds(wait)}`);
    if (lease !== undefined) {
      const limit = milliseconds(lease + GRACE_MS);
      statements.push(`SET LOCAL idle_in_transaction_session_timeout = ${limit}`);
    }
    statements.push(`SELECT pg_advisory_xact_lock(${this.#advisoryKey(key)})`);
    return statements.join('; ');
  }

  /** PostgreSQL knows locks by 64 bits. Two keys that share them wait for each other, which costs time and nothing else. */
  #advisoryKey(key: string): bigint {
    return createHash('sha256')
      .update(JSON.stringify([this.#namespace, key]))
      .digest()
      .readBigInt64BE();
  }
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
    throw optionError(
      `postgresLock() expected a pool with the method connect(), got ${describeValue(pool)}.`,
    );
  }
  const size = pool.options?.max;
  const connections = given ?? (size === undefined ? Number.NaN : Math.floor(size / 2));
  if (Number.isInteger(connections) && connections >= 1 && connections <= (size ?? Infinity))
    return connections;
  throw optionError(
    `postgresLock() needs a number of connections from 1 to the size of the pool (${size ?? 'which it does not tell'}), got ` +
      `${describeValue(given)}. By default it takes half of the pool, so that handlers find a free connection while others ` +
      'hold or await locks: give the pool at least 2, or the option `connections`.',
  );
}

function optionError(message: string): HttpPreconditionsError {
  return new HttpPreconditionsError('ERR_OPTION', message);
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

/** As PostgreSQL takes it: 0 would mean no limit. */
function milliseconds(limit: number): number {
  return Math.min(Math.max(Math.ceil(limit), 1), 2 ** 31 - 1);
}
