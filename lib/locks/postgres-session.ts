/** What is needed of a pool of connections; a `Pool` of the package `pg` has it. */
export interface PostgresPool {
  connect(): Promise<PostgresClient>;
  readonly options?: {
    /** The most connections that it opens. */
    readonly max?: number | undefined;
  };
}

/** A connection out of the pool. */
export interface PostgresClient {
  /** Runs several statements, separated by semicolons, in one round trip. */
  query(statements: string): Promise<unknown>;
  /** Gives the connection back; `true` closes it instead. */
  release(destroy?: boolean): void;
  on(event: 'error', listener: (reason: Error) => void): unknown;
  off(event: 'error', listener: (reason: Error) => void): unknown;
}

/** How long a database that may have gone away is waited for. */
const PATIENCE_MS = 5000;

/** Why a connection cannot be used any more. */
export interface Failure {
  readonly reason: unknown;
}

type OnLost = (reason: unknown) => void;

/** A transaction on a connection of its own. It ends with the connection, if not before. */
export interface PostgresSession {
  /** After the signal has been aborted, the statements are given a last chance to end by themselves. */
  begin(statements: string, signal: AbortSignal | undefined): Promise<unknown>;
  /**
   * Calls back when the connection breaks.
   *
   * @throws the reason, if it has broken in the same moment in which the statements were answered
   */
  watch(onLost: OnLost | undefined): void;
  /** Gives the connection back. If it is broken or does not answer, it is closed, and the reason returned. */
  end(command: 'COMMIT' | 'ROLLBACK'): Promise<Failure | undefined>;
}

export async function openSession(pool: PostgresPool): Promise<PostgresSession> {
  const client = await pool.connect();
  let failure: Failure | undefined;
  let lost: OnLost | undefined;
  const fail = (reason: unknown): void => {
    if (failure !== undefined) return;
    failure = { reason };
    lost?.(reason);
  };
  /** Settles as the query does, or gives the connection up when that takes too long after the signal was aborted. */
  const run = (statements: string, signal: AbortSignal | undefined): Promise<unknown> => {
    return new Promise((resolve, reject) => {
      // The promise also catches what the client throws.
      const answer = Promise.resolve(client.query(statements));
      let timer: NodeJS.Timeout | undefined;
      const giveUp = (): void => {
        const silence = new Error(`PostgreSQL did not answer within ${PATIENCE_MS} ms.`);
        fail(silence);
        reject(silence);
      };
      const startTimer = (): void => {
        timer = setTimeout(giveUp, PATIENCE_MS);
      };
      const stop = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', startTimer);
      };
      if (signal?.aborted === true) startTimer();
      signal?.addEventListener('abort', startTimer, { once: true });
      answer.finally(stop).then(resolve, reject);
    });
  };
  client.on('error', fail);
  return {
    begin: run,
    watch(onLost) {
      if (failure !== undefined) throw failure.reason;
      lost = onLost;
    },
    async end(command) {
      lost = undefined;
      if (failure === undefined) await run(command, AbortSignal.abort()).catch(fail);
      // A connection that is being closed may still have something to say, and nobody else listens.
      if (failure === undefined) client.off('error', fail);
      client.release(failure !== undefined);
      return failure;
    },
  };
}
