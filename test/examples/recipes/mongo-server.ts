/**
 * A stand-in for MongoDB, which cannot be had here: a server that speaks its protocol (OP_MSG) and answers the few commands that the
 * recipes need from an array in memory. The driver on the other side is the real one, with all that it makes of calls, answers and
 * errors; what MongoDB does with a command is imitated. Filters are evaluated by `sift`, which is Mongoose's own. Each command
 * answers after a while and is atomic, as those on one document are in MongoDB.
 */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { BSON, type Document } from 'mongodb';
import { createQueryTester } from 'sift';

const { serialize, deserialize, EJSON } = BSON;

const OP_MSG = 2013;
const HEADER = 16;

/** What a MongoDB of its own, that is no replica set, says of itself. The version is that of MongoDB 7.0. */
const HELLO = {
  isWritablePrimary: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
};

export class MongoServer {
  readonly #collections = new Map<string, MemoryCollection>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server = createServer((socket) => this.#serve(socket));

  /** Gives the address to connect to. The driver asks in OP_MSG from the beginning only with a version of the API. */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { port } = this.#server.address() as AddressInfo;
    return `mongodb://127.0.0.1:${port}/test?serverMonitoringMode=poll`;
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    let received = Buffer.alloc(0);
    socket.on('error', () => {}); // the driver hangs up as it likes
    socket.on('data', (octets) => {
      received = Buffer.concat([received, octets]);
      while (received.length >= HEADER && received.length >= received.readInt32LE()) {
        const message = received.subarray(0, received.readInt32LE());
        received = received.subarray(message.length);
        void this.#answer(message).then((answer) => socket.write(answer));
      }
    });
  }

  async #answer(message: Buffer): Promise<Buffer> {
    const command = commandIn(message);
    const isWork = !('hello' in command || 'ping' in command || 'endSessions' in command);
    if (isWork) await after(Math.random() * 3); // as long as an answer over the network might take, give or take
    return messageTo(message.readInt32LE(4), this.#run(command));
  }

  #run(command: Document): Document {
    const [[name, value] = ['', undefined]] = Object.entries(command);
    switch (name) {
      case 'hello':
        return { ...HELLO, ok: 1 };
      case 'ping':
      case 'endSessions':
        return { ok: 1 };
      case 'create': // of what is there already: as it is
        return { ok: 1 };
      case 'createIndexes':
        return this.#collection(value).createIndexes(command['indexes']);
      case 'find':
        return this.#collection(value).find(command['filter'], `test.${value}`);
      case 'insert':
        return this.#collection(value).insert(command['documents']);
      case 'update':
        return this.#collection(value).update(command['updates'][0]);
      case 'delete':
        return this.#collection(value).delete(command['deletes'][0]);
      default:
        return { ok: 0, code: 59, codeName: 'CommandNotFound', errmsg: `no such command: '${name}'` };
    }
  }

  #collection(name: string): MemoryCollection {
    const collection = this.#collections.get(name) ?? new MemoryCollection();
    this.#collections.set(name, collection);
    return collection;
  }
}

class MemoryCollection {
  readonly #documents: Document[] = [];
  readonly #unique = new Set(['_id']);

  createIndexes(indexes: readonly Document[]): Document {
    for (const { key, unique } of indexes)
      if (unique) for (const name of Object.keys(key)) this.#unique.add(name);
    return { ok: 1 };
  }

  find(filter: Document, ns: string): Document {
    const found = this.#find(filter);
    return { ok: 1, cursor: { firstBatch: found ? [found] : [], id: 0n, ns } };
  }

  insert([document]: readonly Document[]): Document {
    for (const key of this.#unique)
      if (this.#find({ [key]: document![key] }))
        return { ok: 1, n: 0, writeErrors: [duplicate(key, document![key])] };
    this.#documents.push(document!);
    return { ok: 1, n: 1 };
  }

  update({ q, u }: Document): Document {
    const unknown = Object.keys(u).filter((operator) => !['$set', '$inc', '$setOnInsert'].includes(operator));
    if (unknown.length > 0) return { ok: 0, code: 9, errmsg: `${unknown.join()} is not imitated here.` };
    const found = this.#find(q);
    if (!found) return { ok: 1, n: 0, nModified: 0 };
    Object.assign(found, u['$set']);
    for (const [key, by] of Object.entries(u['$inc'] ?? {}))
      found[key] = Number(found[key] ?? 0) + Number(by);
    return { ok: 1, n: 1, nModified: 1 };
  }

  delete({ q }: Document): Document {
    const found = this.#find(q);
    if (found) this.#documents.splice(this.#documents.indexOf(found), 1);
    return { ok: 1, n: found ? 1 : 0 };
  }

  #find(filter: Document): Document | undefined {
    return this.#documents.find(createQueryTester<Document>(filter));
  }
}

function duplicate(key: string, value: unknown): Document {
  return {
    index: 0,
    code: 11000,
    errmsg: `E11000 duplicate key error collection: test.notes index: ${key}_1 dup key: { ${key}: ${EJSON.stringify(value)} }`,
    keyPattern: { [key]: 1 },
    keyValue: { [key]: value },
  };
}

/** The body, and the documents that stand behind it in sections of their own (kind 1). */
function commandIn(message: Buffer): Document {
  if (message.readInt32LE(12) !== OP_MSG) throw new Error('This server knows OP_MSG only: set `serverApi`.');
  let command: Document = {};
  const sequences: Document = {};
  for (let at = HEADER + 4; at < message.length;) {
    const kind = message[at]!;
    const size = message.readInt32LE(at + 1);
    const section = message.subarray(at + 1, at + 1 + size);
    if (kind === 0) command = deserialize(section);
    else Object.assign(sequences, sequenceIn(section));
    at += 1 + size;
  }
  return { ...command, ...sequences };
}

function sequenceIn(section: Buffer): Document {
  const end = section.indexOf(0, 4);
  const documents: Document[] = [];
  for (let at = end + 1; at < section.length; at += section.readInt32LE(at))
    documents.push(deserialize(section.subarray(at, at + section.readInt32LE(at))));
  return { [section.toString('utf8', 4, end)]: documents };
}

function messageTo(request: number, reply: Document): Buffer {
  const body = serialize(reply);
  const message = Buffer.alloc(HEADER + 5 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(request, 8);
  message.writeInt32LE(OP_MSG, 12);
  message.set(body, HEADER + 5);
  return message;
}
