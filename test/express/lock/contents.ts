/** Contents of requests, how they come, and how they are read. */
import { createHash } from 'node:crypto';
import { finished, Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Request, RequestHandler } from 'express';
import type { ExpressModule } from '../../helpers/express-versions.js';

export const digestOf = (content: Buffer): string => createHash('sha1').update(content).digest('hex');

const NUMBERS = Array.from({ length: 600_000 }, (_, index) => String(index).padStart(5, '0')).join(' ');

/** JSON of so many octets, of which no two parts are the same. */
export function contentOf(size: number): Buffer {
  return Buffer.from(size < 2 ? '7'.repeat(size) : `"${NUMBERS.slice(0, size - 2)}"`);
}

/** How a content is framed (RFC 9112, section 6). */
export interface Framing {
  readonly framing: string;
  readonly fields: (content: Buffer) => string[];
  readonly octets: (parts: readonly Buffer[]) => Buffer[];
}

export const FRAMINGS: readonly Framing[] = [
  {
    framing: 'Content-Length',
    fields: (content) => [`Content-Length: ${content.length}`],
    octets: (parts) => [...parts],
  },
  {
    framing: 'chunked',
    fields: () => ['Transfer-Encoding: chunked'],
    octets: (parts) => [
      ...parts
        .filter(({ length }) => length > 0)
        .map((part) =>
          Buffer.concat([Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n')]),
        ),
      Buffer.from('0\r\n\r\n'),
    ],
  },
];

/** A way to read a content in a handler; it gives the octets that were read. */
export interface Reader {
  readonly reader: string;
  /** What is mounted before the reading handler. */
  readonly parser?: (express: ExpressModule) => RequestHandler;
  readonly read: (req: Request) => Promise<Buffer>;
}

const parsed = (req: Request): Buffer => (Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
const ANY = { type: () => true, limit: '10mb' };

export const READERS: readonly Reader[] = [
  {
    reader: 'express.raw',
    parser: (express) => express.raw(ANY),
    read: (req) => Promise.resolve(parsed(req)),
  },
  {
    reader: 'express.json',
    parser: (express) => express.json({ ...ANY, strict: false }),
    read: (req) => {
      const isEmpty = req.body === undefined || typeof req.body === 'object';
      return Promise.resolve(Buffer.from(isEmpty ? '' : JSON.stringify(req.body)));
    },
  },
  {
    reader: 'for await',
    read: async (req) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    },
  },
  {
    reader: "'data' and 'end'",
    read: (req) => {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        req.on('data', (chunk: Buffer) => chunks.push(chunk));
        req.on('end', () => resolve(Buffer.concat(chunks)));
        req.on('error', reject);
      });
    },
  },
  {
    reader: "'readable'",
    read: (req) => {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        req.on('readable', () => {
          for (;;) {
            const chunk = req.read() as Buffer | null;
            if (chunk === null) return;
            chunks.push(chunk);
          }
        });
        req.on('end', () => resolve(Buffer.concat(chunks)));
        req.on('error', reject);
      });
    },
  },
  {
    reader: 'pipe into what is slow',
    read: (req) => {
      return new Promise((resolve, reject) => {
        const chunks: Buffer[] = [];
        const slow = new Writable({
          write(chunk: Buffer, _encoding, done) {
            chunks.push(chunk);
            setImmediate(done);
          },
        });
        finished(slow, (error) => (error ? reject(error) : resolve(Buffer.concat(chunks))));
        req.pipe(slow);
      });
    },
  },
  {
    reader: 'for await, a while later',
    read: async (req) => {
      for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
      return Buffer.concat((await req.toArray()) as Buffer[]);
    },
  },
];

export const zipped = (content: Buffer): Buffer => gzipSync(content);
