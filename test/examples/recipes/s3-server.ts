/**
 * A stand-in for S3: a server that keeps objects in memory and answers PUT, GET, HEAD and DELETE as the documentation of S3 says. The SDK
 * on the other side is the real one. A write takes a while; one that somebody else has overtaken meanwhile is answered 409.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';

interface StoredObject {
  readonly etag: string;
  readonly content: Buffer;
}

const CODES = { 404: 'NoSuchKey', 409: 'ConditionalRequestConflict', 412: 'PreconditionFailed' } as const;

type Refused = keyof typeof CODES;

export class S3Server {
  /** How many writes were answered 409. */
  conflicts = 0;
  readonly #bucket: string;
  readonly #objects = new Map<string, StoredObject>();
  readonly #server: Server = createServer((req, res) => {
    this.#answer(req, res).catch((error: unknown) => res.destroy(error as Error));
  });

  constructor(bucket: string) {
    this.#bucket = bucket;
  }

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { pathname } = new URL(req.url!, 'http://localhost');
    if (!pathname.startsWith(`/${this.#bucket}/`)) return refuse(res, 404, 'NoSuchBucket');
    if (req.method === 'PUT' || req.method === 'DELETE') return this.#write(pathname, req, res);
    const found = this.#objects.get(pathname);
    if (!found) return refuse(res, 404);
    res.writeHead(200, { ETag: found.etag, 'Content-Length': found.content.length });
    res.end(req.method === 'HEAD' ? undefined : found.content);
  }

  async #write(key: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
    const before = this.#objects.get(key);
    const content = await buffer(req);
    const refusal = refusalOf(req, before);
    if (refusal !== undefined) return refuse(res, refusal);
    await after(Math.random() * 3);
    if (this.#objects.get(key) !== before) {
      this.conflicts += 1;
      return refuse(res, 409);
    }
    if (req.method === 'DELETE') {
      this.#objects.delete(key);
      return void res.writeHead(204).end();
    }
    const etag = `"${createHash('md5').update(content).digest('hex')}"`;
    this.#objects.set(key, { etag, content });
    res.writeHead(200, { ETag: etag }).end();
  }
}

function refusalOf(
  { headers, method }: IncomingMessage,
  current: StoredObject | undefined,
): Refused | undefined {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (ifMatch === undefined && ifNoneMatch === undefined)
    throw new Error('The recipe writes on conditions only.');
  if (ifNoneMatch !== undefined) return current ? 412 : undefined;
  if (!current) return method === 'PUT' ? 404 : 412;
  if (ifMatch === '*' && method === 'DELETE') return undefined;
  return ifMatch === current.etag ? undefined : 412;
}

function refuse(res: ServerResponse, status: Refused, code: string = CODES[status]): void {
  res.writeHead(status, { 'Content-Type': 'application/xml' });
  res.end(
    `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
  );
}
