import type { Pool } from 'pg';
import { eventually } from '../helpers/arrivals.js';

/** Looks at the locks of a database from outside, on connections of its own. */
export class Observer {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The processes of the server that hold an advisory lock, or wait for one. */
  async backends(which: 'holding' | 'waiting'): Promise<number[]> {
    const { rows } = await this.#pool.query<{ pid: number }>(
      `SELECT pid FROM pg_locks
        WHERE locktype = 'advisory' AND granted = $1
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [which === 'holding'],
    );
    return rows.map(({ pid }) => pid);
  }

  /** Until so many wait for an advisory lock in the database. */
  waiters(count: number): Promise<void> {
    return eventually(async () => (await this.backends('waiting')).length === count);
  }

  /** Ends the connection of whoever holds the lock, or waits for it. */
  async terminate(which: 'holding' | 'waiting'): Promise<void> {
    const pids = await this.backends(which);
    if (pids.length !== 1) throw new Error(`Expected one backend to terminate, got ${pids.length}`);
    await this.#pool.query('SELECT pg_terminate_backend($1)', pids);
  }

  /** Until no lock, and no transaction, is left behind. */
  nothingLeft(): Promise<void> {
    return eventually(async () => {
      const { rows } = await this.#pool.query<{ left: number }>(
        `SELECT (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
                   AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))::int
              + (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
                   AND pid <> pg_backend_pid() AND state <> 'idle')::int AS left`,
      );
      return rows[0]!.left === 0;
    });
  }
}

/** Until a pool has all its connections back and nobody waits for one. */
export function whole(pool: Pool): Promise<void> {
  return eventually(() => pool.waitingCount === 0 && pool.idleCount === pool.totalCount);
}
