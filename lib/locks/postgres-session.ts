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

/** A transaction on a connection of its own. It ends with the connection, if not before. */
export class PostgresSession {
  readonly #client: PostgresClient;
  #failure: Failure | undefined;
  /** Called when the connection breaks. */
  onLost: ((reason: unknown) => void) | undefined;

  static async open(pool: PostgresPool): Promise<PostgresSession> {
    return new PostgresSession(await pool.connect());
  }

  private constructor(client: PostgresClient) {
    this.#client = client;
    client.on('error', this.#fail);
  }

  /** After the signal has been aborted, the statements are given a last chance to end by themselves. */
  async begin(statements: string, signal: AbortSignal | undefined): Promise<void> {
    const query = this.#run(statements);
    await (signal === undefined ? query : this.#patiently(query, signal));
  }

  /** Gives the connection back. If it is broken or does not answer, it is closed, and the reason returned. */
  async end(command: 'COMMIT' | 'ROLLBACK'): Promise<Failure | undefined> {
    this.onLost = undefined;
    if (this.#failure === undefined) {
      await this.#patiently(this.#run(command), AbortSignal.abort()).catch(this.#fail);
    }
    const isBroken = this.#failure !== undefined;
    // A connection that is being closed may still have something to say, and nobody else listens.
    if (!isBroken) this.#client.off('error', this.#fail);
    this.#client.release(isBroken);
    return this.#failure;
  }

  readonly #fail = (reason: unknown): void => {
    if (this.#failure !== undefined) return;
    this.#failure = { reason };
    this.onLost?.(reason);
  };

  /** Rejects also where the pool throws. */
  async #run(statements: string): Promise<unknown> {
    return this.#client.query(statements);
  }

  /** Settles as `answer` does, or gives the connection up when that takes too long after the signal was aborted. */
  #patiently<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const giveUp = (): void => {
        const silence = new Error(`PostgreSQL did not answer within ${PATIENCE_MS} ms.`);
        this.#fail(silence);
        reject(silence);
      };
      const startTimer = (): void => {
        timer = setTimeout(giveUp, PATIENCE_MS);
      };
      const stop = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', startTimer);
      };
      if (signal.aborted) startTimer();
      else signal.addEventListener('abort', startTimer, { once: true });
      answer.finally(stop).then(resolve, reject);
    });
  }
}
