import type { CounterStore } from './counter-store.js';
import type { MemoryClient } from './memory-client.js';

/** One writer of a race. */
export interface Writer {
  readonly name: string;
  /** The value of the counter that its If-Match names; `null` without a condition. */
  readonly ifMatch: number | null;
  readonly client: MemoryClient;
  /** Whether its handler has begun and not come to an end. */
  isAtWork: boolean;
  /** Whether its handler has answered 200, also to a client that has left. */
  hasSucceeded: boolean;
}

/** What must not have happened to a race that is over. `undefined` when all is well. */
export function verdict(writers: readonly Writer[], store: CounterStore): string | undefined {
  const successes = writers.filter(({ hasSucceeded }) => hasSucceeded).length;
  const changes = store.value - 1;
  if (changes < successes) {
    return `an update is lost: of ${successes} that succeeded, the counter shows ${changes}`;
  }
  if (changes > successes) return 'a change was made, and not acknowledged';
  for (const writer of writers) {
    const wrong = wrongAbout(writer, store);
    if (wrong !== undefined) return `${writer.name} ${wrong}`;
  }
  return undefined;
}

function wrongAbout(writer: Writer, store: CounterStore): string | undefined {
  const { name, ifMatch, hasSucceeded, client } = writer;
  const writes = store.writes.filter(({ by }) => by === name);
  if (hasSucceeded ? writes.length !== 1 : writes.length > 0) return `wrote ${writes.length} times`;
  if (ifMatch !== null) {
    const other = writes.find(({ over }) => over !== ifMatch);
    if (other !== undefined) return `wrote over ${other.over}, and If-Match named ${ifMatch}`;
    const seen = store.seen[name] ?? [];
    if (client.status === 412 && seen.every((value) => value === ifMatch)) {
      return 'was refused, and all it saw was what If-Match named';
    }
  }
  if (client.status === undefined) return client.hasLeft ? undefined : 'got no response';
  const isRight = hasSucceeded ? client.status === 200 : client.status === 412 && ifMatch !== null;
  return isRight ? undefined : `got ${client.status}`;
}
