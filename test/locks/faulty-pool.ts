import { EventEmitter } from 'node:events';
import type { PostgresClient, PostgresPool } from '../../lib/index.js';

type Statement = 'BEGIN' | 'COMMIT' | 'ROLLBACK';

/** What a connection does on a statement, if it does not just succeed. */
export type Script = Partial<Record<Statement, (client: FaultyClient) => Promise<unknown>>>;

/** A connection that keeps to a script. */
export class FaultyClient extends EventEmitter implements PostgresClient {
  readonly statements: Statement[] = [];
  /** How it was given back, each time: `true` closes it. */
  readonly released: boolean[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    super();
    this.#script = script;
  }

  query(text: string): Promise<unknown> {
    const statement = /^\w+/.exec(text)![0] as Statement;
    this.statements.push(statement);
    return this.#script[statement]?.(this) ?? Promise.resolve({});
  }

  release(destroy = false): void {
    this.released.push(destroy);
  }
}

/** A pool of connections that all keep to one script. It gives as many as are asked for. */
export class FaultyPool implements PostgresPool {
  readonly options = { max: 4 };
  readonly clients: FaultyClient[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  connect(): Promise<PostgresClient> {
    const client = new FaultyClient(this.#script);
    this.clients.push(client);
    return Promise.resolve(client);
  }
}
