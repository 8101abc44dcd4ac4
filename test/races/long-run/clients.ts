/** Clients that read a counter, add one, and write it back with the tag they have read. */
import { Agent, request } from 'node:http';
import type { CounterRow } from '../../helpers/counter-stores.js';

export interface Attempt {
  readonly attempt: string;
  readonly id: string;
  /** The version in the tag that was sent. */
  readonly over: number;
  /** What the client was told; no status when the reply was lost. */
  readonly status: number | undefined;
  readonly version: number | undefined;
}

interface Reply {
  readonly status: number;
  readonly row: CounterRow;
}

export interface Load {
  readonly clients: number;
  readonly ids: readonly string[];
  /** The ports of the servers that are up just now. */
  readonly ports: () => readonly number[];
  readonly random: () => number;
  readonly until: AbortSignal;
}

/** Every write that was sent, with what the client knows of it. */
export async function runClients(load: Load): Promise<Attempt[]> {
  const attempts: Attempt[] = [];
  const agent = new Agent({ keepAlive: true });
  const client = async (name: number): Promise<void> => {
    for (let turn = 0; !load.until.aborted; turn++) {
      const sent = await writeOnce(load, agent, `${name}-${turn}`);
      if (sent !== undefined) attempts.push(sent);
    }
  };
  await Promise.all(Array.from({ length: load.clients }, (_, name) => client(name)));
  agent.destroy();
  return attempts;
}

async function writeOnce(load: Load, agent: Agent, attempt: string): Promise<Attempt | undefined> {
  const id = oneOf(load.ids, load.random);
  const read = await send(load, agent, 'GET', id);
  if (read?.status !== 200) return undefined;
  const { value, version } = read.row;
  const reply = await send(load, agent, 'PUT', id, { value: value + 1, attempt }, `"${version}"`);
  return { attempt, id, over: version, status: reply?.status, version: reply?.row.version };
}

/** `undefined` when the connection ended before the reply was complete. */
function send(
  { ports, random }: Load,
  agent: Agent,
  method: string,
  id: string,
  content?: object,
  ifMatch?: string,
): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const lost = (): void => resolve(undefined);
    const headers = { 'Content-Type': 'application/json', ...(ifMatch && { 'If-Match': ifMatch }) };
    const target = { port: oneOf(ports(), random), host: '127.0.0.1', path: `/counters/${id}` };
    const sent = request({ ...target, method, headers, agent }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('error', lost).on('end', () => {
        resolve({ status: response.statusCode ?? 0, row: JSON.parse(text) as CounterRow });
      });
    });
    sent.on('error', lost).end(content && JSON.stringify(content));
  });
}

function oneOf<T>(values: readonly T[], random: () => number): T {
  return values[Math.floor(random() * values.length)] as T;
}
