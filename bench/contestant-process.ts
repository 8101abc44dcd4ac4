// One contestant in a process of its own, as a user runs it: no other app has taught the compiler anything. Its argument is the name;
// it does what it is told by messages, one at a time, and answers with a number.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CASES, fieldsOf } from './cases.js';
import { CONTESTANTS, pathOf } from './contestants.js';
import type { Contestant, Size } from './contestants.js';
import { bytesOf, exchanges, timeOf } from './exchanges.js';

/** `port`: listen, and say where. `time`, `bytes`: of one request, without sockets. `heap`: what is in use when all is collected. */
export type Task =
  | { readonly what: 'port' | 'heap' }
  | {
      readonly what: 'time' | 'bytes' | 'serve';
      readonly name: string;
      readonly size: Size;
      readonly count: number;
    };

const contestant = process.argv[2] as Contestant;
const app = CONTESTANTS[contestant]();

async function perform(task: Task): Promise<number> {
  if (!('name' in task)) return task.what === 'port' ? listen() : heapInUse();
  const { what, name, size, count } = task;
  const each = CASES.find((known) => known.name === name)!;
  const asked = { method: each.method, path: pathOf(size), fields: fieldsOf(each, contestant, size) };
  if (what === 'time') return timeOf(app, asked, count, each.status);
  if (what === 'bytes') return bytesOf(app, asked, count, each.status);
  await exchanges(app, asked, count, each.status);
  return count;
}

function listen(): Promise<number> {
  const server = createServer(app);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function heapInUse(): Promise<number> {
  for (let turn = 0; turn < 5; turn++) {
    globalThis.gc!();
    await new Promise(setImmediate);
  }
  return process.memoryUsage().heapUsed;
}

process.on('message', (task: Task) => {
  perform(task).then(
    (answer) => process.send!(answer),
    (error: Error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
