import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import * as fc from 'fast-check';
import { settled } from '../../helpers/arrivals.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { RawConnection, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import type { Framing, Reader } from './contents.js';
import { contentOf, digestOf, FRAMINGS, READERS, zipped } from './contents.js';
import type { Stage } from './stage.js';
import { stage } from './stage.js';

const LIMIT = 100_000;
const DEFAULT_LIMIT = 2 ** 20;
const SIZES = [0, 1, 2 ** 14, 2 ** 16 + 1, LIMIT - 1, LIMIT, LIMIT + 1, 300_000];

const sameAs = (content: Buffer): object => ({ length: content.length, digest: digestOf(content) });

/** A stage whose handler answers with the digest of what it has read, and whether all of it had come under no lock. */
function reading(
  express: ExpressModule,
  { parser, read }: Reader,
  { before = [], contentLimit }: { before?: RequestHandler[]; contentLimit?: number } = {
    contentLimit: LIMIT,
  },
): Stage {
  const all = stage(express, {
    lock: { contentLimit },
    before: [
      ...before,
      (req, _res, next) => {
        const add = all.lock.asked.add.bind(all.lock.asked);
        all.lock.asked.add = (asked) => {
          Object.assign(req, { hadCome: req.complete });
          add(asked);
        };
        next();
      },
    ],
    behind: parser === undefined ? [] : [parser(express)],
    handler: async (req, res) => {
      const content = await read(req);
      const { hadCome } = req as { hadCome?: boolean };
      res.json({
        length: content.length,
        digest: digestOf(content),
        hadCome,
        isPatched: Object.hasOwn(req, 'push'),
      });
    },
  });
  return all;
}

describe.each(EXPRESS_VERSIONS)('the content of a locked write, $name', ({ express }) => {
  const answers = async (connection: RawConnection): Promise<unknown> => {
    const response = await connection.response('PUT');
    return response.status === 200 ? JSON.parse(response.body.toString()) : response.status;
  };

  function send(
    connection: RawConnection,
    { fields, octets }: Framing,
    parts: Buffer[],
    lines: string[] = [],
  ): void {
    const content = Buffer.concat(parts);
    const all = ['PUT /', 'Content-Type: application/json', ...lines, ...fields(content)];
    connection.send(requestOctets(all));
    for (const part of octets(parts)) connection.send(part);
  }

  describe.each(FRAMINGS)('with $framing', (framing) => {
    test.each(READERS)('is intact, whatever its size: $reader', async (reader) => {
      const { app, lock, errors } = reading(express, reader);
      await withServer(app, async (port) => {
        // One connection, so that no request leaves anything of its content to the next.
        const connection = new RawConnection(port);
        for (const size of SIZES) {
          const content = contentOf(size);
          send(connection, framing, [content.subarray(0, size / 2), content.subarray(size / 2)]);
          const isAwaited = size > 0 && size <= LIMIT;
          expect(await answers(connection)).toMatchObject({
            ...sameAs(content),
            ...(isAwaited && { hadCome: true }),
            isPatched: false,
          });
        }
        connection.destroy();
      });
      expect([lock.holders, lock.taken, errors]).toEqual([0, SIZES.length, []]);
    });

    test.each([DEFAULT_LIMIT, DEFAULT_LIMIT + 1, 3 * DEFAULT_LIMIT])(
      'is intact under the default limit: %i octets',
      async (size) => {
        const { app } = reading(express, READERS[0]!, {});
        await withServer(app, async (port) => {
          const connection = new RawConnection(port);
          const content = contentOf(size);
          send(connection, framing, [content.subarray(0, 70_000), content.subarray(70_000)]);
          expect(await answers(connection)).toMatchObject({
            ...sameAs(content),
            ...(size <= DEFAULT_LIMIT && { hadCome: true }),
          });
          connection.destroy();
        });
      },
    );

    test('is intact, however it is cut', async () => {
      const whole = contentOf(2 * LIMIT);
      for (const reader of [READERS[0]!, READERS[2]!, READERS[5]!]) {
        const { app } = reading(express, reader);
        await withServer(app, async (port) => {
          const connection = new RawConnection(port);
          const size = fc.integer({ min: 0, max: 2 * LIMIT });
          const cuts = fc.array(fc.nat(2 * LIMIT), { maxLength: 8 });
          await fc.assert(
            fc.asyncProperty(size, cuts, fc.boolean(), async (octets, at, isSlow) => {
              const content = whole.subarray(0, octets);
              const edges = [0, ...at.map((cut) => Math.min(cut, octets)).toSorted((a, b) => a - b), octets];
              const parts = edges.slice(1).map((edge, index) => content.subarray(edges[index], edge));
              connection.send(
                requestOctets(['PUT /', 'Content-Type: application/json', ...framing.fields(content)]),
              );
              for (const part of framing.octets(parts)) {
                if (isSlow) await new Promise(setImmediate);
                connection.send(part);
              }
              expect(await answers(connection)).toMatchObject(sameAs(content));
            }),
            { numRuns: 12 },
          );
          connection.destroy();
        });
      }
    });

    test.each([30_000, 80_000, 200_000])(
      'is intact when a middleware before has let it pile up: %i octets',
      async (size) => {
        const pileUp: RequestHandler = async (req, _res, next) => {
          // What Node takes before it stops reading from the connection.
          const mark = Math.min(size, req.readableHighWaterMark);
          while (req.readableLength < mark && !req.complete) await settled();
          await settled();
          next();
        };
        for (const reader of READERS) {
          const { app } = reading(express, reader, { before: [pileUp], contentLimit: LIMIT });
          await withServer(app, async (port) => {
            const connection = new RawConnection(port);
            const content = contentOf(size);
            for (let turn = 0; turn < 2; turn++) {
              send(connection, framing, [content]);
              expect(await answers(connection)).toMatchObject(sameAs(content));
            }
            connection.destroy();
          });
        }
      },
    );

    test('is intact in requests that come all at once', async () => {
      const { app } = reading(express, READERS[0]!);
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        const sizes = [80_000, 1, 0, 150_000, 20_000];
        for (const size of sizes) send(connection, framing, [contentOf(size)]);
        for (const size of sizes) {
          expect(await answers(connection)).toMatchObject(sameAs(contentOf(size)));
        }
        connection.destroy();
      });
    });

    test('that nobody reads is not in the way of the next request', async () => {
      const { app, lock } = stage(express, {
        lock: { contentLimit: LIMIT },
        handler: (req, res) => res.json(req.complete),
      });
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        for (const size of [0, 50_000, LIMIT, 5 * LIMIT, 1]) {
          send(connection, framing, [contentOf(size)]);
          const isAwaited = size > 0 && size <= LIMIT;
          expect((await answers(connection)) || !isAwaited).toBe(true);
        }
        connection.destroy();
      });
      expect(lock.holders).toBe(0);
    });
  });

  test('is read by a parser before the middleware as ever', async () => {
    const { parser, ...reader } = READERS[0]!;
    const { app } = reading(express, reader, { before: [parser!(express)] });
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      for (const size of SIZES) {
        send(connection, FRAMINGS[size % 2]!, [contentOf(size)]);
        expect(await answers(connection)).toMatchObject({ ...sameAs(contentOf(size)), hadCome: true });
      }
      connection.destroy();
    });
  });

  test('is inflated by a parser behind the middleware as ever', async () => {
    const { app } = reading(express, READERS[0]!);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      const content = contentOf(500_000);
      send(connection, FRAMINGS[0]!, [zipped(content)], ['Content-Encoding: gzip']);
      expect(await answers(connection)).toMatchObject(sameAs(content));
      connection.destroy();
    });
  });

  test('is left alone where somebody else is reading it already', async () => {
    const chunks: Buffer[] = [];
    const collect: RequestHandler = (req, _res, next) => {
      req.on('data', (chunk: Buffer) => chunks.push(chunk));
      next();
    };
    const { app, lock, runs } = stage(express, { before: [collect] });
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(['PUT /', 'Content-Length: 9']));
      await lock.asked.next();
      const { req, res } = await runs.next();
      req.on('end', () => res.json(Buffer.concat(chunks).toString()));
      connection.send('some more');
      expect(await answers(connection)).toBe('some more');
      connection.destroy();
    });
  });

  test('comes after 100 (Continue), where the client waits for that', async () => {
    const { app } = reading(express, READERS[0]!);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(['PUT /', 'Content-Length: 9', 'Expect: 100-continue']));
      expect((await connection.response('PUT')).status).toBe(100);
      connection.send('some more');
      expect(await answers(connection)).toMatchObject(sameAs(Buffer.from('some more')));
      connection.destroy();
    });
  });
});
