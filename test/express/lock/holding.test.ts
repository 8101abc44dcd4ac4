import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ErrorRequestHandler, Response } from 'express';
import { settled } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { fieldOf, RawConnection, rawRequest, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import type { Run } from './stage.js';
import { stage } from './stage.js';

const closed = (res: Response): Promise<void> =>
  new Promise((resolve) => {
    res.once('close', resolve);
  });

/** Steps of a handler that are not the end of its answer. */
const STEPS: readonly [string, (run: Run) => unknown][] = [
  ['has done nothing yet', () => {}],
  ['has set status and fields', ({ res }) => res.status(201).set('X-Mine', 'yes')],
  ['has sent the header section', ({ res }) => res.flushHeaders()],
  ['has written something', ({ res }) => res.write('begun')],
  ['has announced a version', ({ req }) => req.precondition!.updated({ etag: '"2"' })],
  ['has streamed a part', async ({ res }) => pipeline(Readable.from(['one']), res, { end: false })],
];

/** Answers without an end, for clients that do not wait for it. */
const STREAMS: readonly [string, (res: Response, file: string) => unknown][] = [
  ['a stream', (res) => endless().pipe(res)],
  ['a pipeline', (res) => pipeline(endless(), res).catch(() => {})],
  ['a file', (res, file) => res.sendFile(file)],
  ['a download', (res, file) => res.download(file)],
];

function endless(): Readable {
  return new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });
}

let folder: string;
let big: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  big = join(folder, 'big.bin');
  writeFileSync(big, '');
  truncateSync(big, 2 ** 26);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe.each(EXPRESS_VERSIONS)('the lock is held, $name', ({ express }) => {
  test.each(STEPS)('as long as the handler has not ended its answer: it %s', async (_what, step) => {
    const { app, lock, runs } = stage(express);
    await withServer(app, async (port) => {
      const first = rawRequest(port, ['PUT /']);
      await lock.asked.next();
      const run = await runs.next();
      const second = rawRequest(port, ['PUT /']);
      await lock.asked.next();
      await step(run);
      await settled();
      expect([runs.count, lock.holders, lock.givenBack.count]).toEqual([1, 1, 0]);
      run.res.end();
      (await runs.next()).res.end();
      expect([(await first).status < 300, (await second).status]).toEqual([true, 200]);
    });
  });

  test.each(STEPS)(
    'also when the client hangs up, since the handler may be writing: it %s',
    async (_what, step) => {
      const { app, lock, runs, errors } = stage(express);
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(requestOctets(['PUT /']));
        await lock.asked.next();
        const run = await runs.next();
        await step(run);
        const second = rawRequest(port, ['PUT /']);
        await lock.asked.next();
        connection.destroy();
        await closed(run.res);
        await settled();
        expect([runs.count, lock.holders, lock.givenBack.count]).toEqual([1, 1, 0]);
        expect(run.req.precondition!.signal!.aborted).toBe(false);
        run.res.end();
        (await runs.next()).res.end();
        expect([(await second).status, errors]).toEqual([200, []]);
      });
    },
  );

  test.each(STREAMS)(
    'also when the client leaves in the middle of the answer, which need not be all that the handler does: %s',
    async (_what, answer) => {
      const { app, lock, runs } = stage(express);
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(requestOctets(['PUT /']));
        const { res } = await runs.next();
        connection.socket.once('data', () => connection.socket.pause());
        answer(res, big);
        await connection.response('HEAD');
        connection.destroy();
        await closed(res);
        await settled();
        expect([lock.holders, lock.givenBack.count]).toEqual([1, 0]);
        res.end();
        await lock.givenBack.next();
        expect([lock.taken, lock.holders]).toEqual([1, 0]);
      });
    },
  );

  test.each<(typeof STREAMS)[number]>([...STREAMS, ['nothing but res.destroy', (res) => res.destroy()]])(
    'also when an answer that nobody can end is begun behind the client that has left: %s',
    async (_what, answer) => {
      const { app, lock, runs } = stage(express);
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(requestOctets(['PUT /']));
        const { res } = await runs.next();
        connection.destroy();
        await closed(res);
        answer(res, big);
        await settled();
        expect([lock.holders, lock.givenBack.count]).toEqual([1, 0]);
        res.end();
        await lock.givenBack.next();
      });
    },
  );

  test('no longer, when an error handler destroys what it cannot answer any more', async () => {
    const { app, lock } = stage(express, {
      handler: (_req, res) => {
        res.write('begun');
        throw new Error('mine');
      },
      answersErrors: false,
    });
    const destroy: ErrorRequestHandler = (_error, _req, res, next) => {
      if (res.headersSent) res.destroy();
      else next();
    };
    app.use(destroy);
    await withServer(app, async (port) => {
      await rawRequest(port, ['PUT /']).catch(() => {});
      await lock.givenBack.next();
      expect(lock.holders).toBe(0);
    });
  });

  test('by the next request on the same connection in its turn', async () => {
    const { app, lock, runs } = stage(express);
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      const lines = ['PUT /', 'If-Match: "1"'];
      for (const content of ['one', 'two', 'three']) connection.send(requestOctets(lines, content));
      for (const index of [1, 2, 3]) {
        const { req, res } = await runs.next();
        expect([lock.holders, runs.count]).toEqual([1, index]);
        const chunks = await req.toArray();
        res.json(Buffer.concat(chunks as Buffer[]).toString());
      }
      const bodies = [];
      for (let turn = 0; turn < 3; turn++) {
        const response = await connection.response('PUT');
        bodies.push([response.status, response.body.toString(), fieldOf(response, 'Connection')]);
      }
      expect(bodies).toEqual(['"one"', '"two"', '"three"'].map((body) => [200, body, 'keep-alive']));
      connection.destroy();
    });
  });
});
