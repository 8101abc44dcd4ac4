/** Writers of one counter, as a program for the explorer. */
import type { IncomingMessage, Server } from 'node:http';
import { preconditions, PreconditionFailedError, strong } from '../../lib/index.js';
import type { Lock } from '../../lib/index.js';
import { CounterStore } from './counter-store.js';
import type { Program, Run, Scheduler } from './explorer.js';
import { MemoryClient } from './memory-client.js';
import type { CounterVersion, Exchange, Serve } from './serve.js';
import { verdict } from './verdict.js';
import type { Writer } from './verdict.js';

export interface RaceSetup {
  readonly handler: HandlerName;
  /** Whether a lost race is thrown, as by code that knows no request, in place of `req.precondition.fail()`. */
  readonly throws?: boolean;
  /** Makes the lock that the requests take, if they take one. */
  readonly lock?: () => Lock;
  /** The If-Match of each writer: a value of the counter, or `null` for a writer without a condition. */
  readonly ifMatch: readonly (number | null)[];
  readonly serve: Serve;
  /** Whether the client of A hangs up, sooner or later. */
  readonly leaves?: boolean;
  /** Whether the content of A takes its time. */
  readonly isSlow?: boolean;
}

/** All writers at once. Only where there is a lock does it matter when each arrives: otherwise that touches nothing. */
export function race(setup: RaceSetup): Program {
  return (scheduler) => new Race(scheduler, setup);
}

/** A writer at its work. */
interface Turn extends Exchange {
  readonly name: string;
  readonly store: CounterStore;
}

/** Changes the counter; false when the guard has kept it from doing so. */
type Handler = (turn: Turn) => Promise<boolean>;

export type HandlerName = 'naive' | 'guarded' | 'adding';

const HANDLERS: Readonly<Record<HandlerName, Handler>> = {
  /** Reads, and writes what it has made of it, relying on nobody else to write in between. */
  async naive({ name, store, amount }) {
    const value = await store.read(name);
    await store.write(name, value + amount);
    return true;
  },

  /** Writes over the version of the guard only; where there is none, over what it has read itself, until that succeeds. */
  async guarded({ name, store, amount, precondition: { guard } }) {
    for (;;) {
      const value = await store.read(name);
      const expected = guard.kind === 'version' ? guard.version.value : value;
      if (await store.compareAndSet(name, expected, value + amount)) return true;
      if (guard.kind === 'version') return false;
    }
  },

  /** Needs one statement, and has the store add where nothing is to be compared. */
  async adding({ name, store, amount, precondition: { guard } }) {
    if (guard.kind === 'version') {
      const { value } = guard.version;
      return store.compareAndSet(name, value, value + amount);
    }
    await store.add(name, amount);
    return true;
  },
};

class Race implements Run {
  readonly #scheduler: Scheduler;
  readonly #setup: RaceSetup;
  readonly #store: CounterStore;
  readonly #server: Server;
  readonly #writers = new Map<string, Writer>();
  /** Who had nothing else to wait for than content that a client had not sent yet. */
  #kept: readonly string[] = [];
  #outcome = '';

  constructor(scheduler: Scheduler, setup: RaceSetup) {
    this.#scheduler = scheduler;
    this.#setup = setup;
    this.#store = new CounterStore(scheduler);
    const lock = setup.lock?.();
    this.#server = setup.serve({
      middleware: preconditions((req) => this.#provide(nameOf(req)), lock === undefined ? {} : { lock }),
      handler: (exchange) => this.#handle(exchange),
      onError: (error, req) => this.#onError(error, nameOf(req)),
    });
    for (const [index, ifMatch] of setup.ifMatch.entries()) {
      void this.#start(this.#writer('ABC'.charAt(index), ifMatch));
    }
  }

  #writer(name: string, ifMatch: number | null): Writer {
    const client = new MemoryClient(this.#server, (status) => this.#scheduler.note(`${name} gets ${status}`));
    const writer = { name, ifMatch, client, isAtWork: false, hasSucceeded: false };
    this.#writers.set(name, writer);
    return writer;
  }

  async #start(writer: Writer): Promise<void> {
    const { name, client } = writer;
    if (this.#setup.lock === undefined) return this.#send(writer);
    await this.#scheduler.step({
      task: name,
      act: () => this.#send(writer),
      line: () => `${name} arrives`,
    });
    if (name === 'A' && this.#setup.leaves === true) {
      void this.#scheduler.step({
        task: 'the client of A',
        act: () => client.leave(),
        line: () => 'A hangs up',
      });
    }
  }

  #send({ name, ifMatch, client }: Writer): void {
    const condition = ifMatch === null ? [] : [`If-Match: ${strong(ifMatch)}`];
    const lines = ['PUT /counter HTTP/1.1', `From: ${name}`, 'Content-Type: application/json', ...condition];
    const content = '{"add":1}';
    client.sendHead(lines, content);
    if (name === 'A' && this.#setup.isSlow === true) void this.#sendLate(client, content);
    else client.sendContent(content);
  }

  async #sendLate(client: MemoryClient, content: string): Promise<void> {
    await this.#scheduler.step({
      task: 'the content of A',
      act: () => {
        client.sendContent(content);
        const isAwaited = this.#scheduler.waiting(false).length === 0;
        if (isAwaited) this.#kept = this.unfinished().filter((name) => name !== 'A');
      },
      line: () => 'the content of A arrives',
    });
  }

  async #provide(name: string): Promise<CounterVersion> {
    const value = await this.#store.read(name, `${name}'s provider`);
    await this.#own(name, () => `${name} is checked`);
    return { etag: strong(value), value };
  }

  async #handle(exchange: Exchange): Promise<void> {
    const name = nameOf(exchange.req);
    const writer = this.#writers.get(name)!;
    writer.isAtWork = true;
    try {
      const isWritten = await HANDLERS[this.#setup.handler]({ ...exchange, name, store: this.#store });
      await this.#own(name, () => (writer.client.hasLeft ? `${name} answers nobody` : undefined));
      writer.hasSucceeded = isWritten;
      if (isWritten) exchange.succeed();
      else if (this.#setup.throws === true) throw new PreconditionFailedError();
      else exchange.precondition.fail();
    } finally {
      writer.isAtWork = false;
    }
  }

  /** What touches neither the store nor another writer; with a lock, it may free that. */
  #own(task: string, line: () => string | undefined): Promise<void> {
    const isPrivate = this.#setup.lock === undefined;
    return this.#scheduler.step({ task, act: () => {}, line, isPrivate });
  }

  #onError(error: unknown, name: string): void {
    const { code } = error as { code?: string };
    if (code !== 'ERR_PRECONDITION_FAILED')
      this.#scheduler.note(`${name} is stopped: ${code ?? String(error)}`);
  }

  /** A lock must be free in the end: one more writer takes it. */
  epilogue(): void {
    this.#outcome = this.#describe();
    if (this.#setup.lock !== undefined && this.unfinished().length === 0) this.#send(this.#writer('Z', null));
  }

  unfinished(): readonly string[] {
    return [...this.#writers.values()]
      .filter(({ client, isAtWork }) => isAtWork || (client.status === undefined && !client.hasLeft))
      .map(({ name }) => name);
  }

  outcome(): string {
    return this.#outcome;
  }

  #describe(): string {
    const each = [...this.#writers.values()].map(({ name, client, hasSucceeded }) => {
      if (client.status !== undefined) return `${name} ${client.status}`;
      return `${name} ${hasSucceeded ? 'unheard' : 'gone'}`;
    });
    return `${each.join(', ')}: ${this.#store.value}`;
  }

  violation(): string | undefined {
    if (this.#kept.length > 0) return `${this.#kept.join(' and ')} waited for the content of A`;
    return verdict([...this.#writers.values()], this.#store);
  }
}

/** Each writer introduces itself. */
function nameOf(req: IncomingMessage): string {
  return req.headers.from!;
}
