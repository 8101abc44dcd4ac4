import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Express, Request, Response } from 'express';
import { memoryLock, preconditions, strong } from '../../lib/index.js';
import type { ProviderAnswer } from '../../lib/index.js';
import { mustNotRun, recordErrors } from '../helpers/apps.js';
import { Arrivals, settled } from '../helpers/arrivals.js';
import type { ExpressModule } from '../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { RawConnection, rawRequest, requestOctets } from '../helpers/raw-http.js';
import { withServer } from '../helpers/server.js';
import { WatchedLock } from '../locks/watched-lock.js';

interface Asked {
  readonly req: Request;
  readonly answer: (version: ProviderAnswer) => void;
  readonly fail: (error: Error) => void;
}

interface Stage {
  readonly app: Express;
  readonly asked: Arrivals<Asked>;
  readonly lock: WatchedLock;
}

/** An app whose provider the test plays, with a lock or without. */
function stage(express: ExpressModule, isLocked: boolean): Stage {
  const asked = new Arrivals<Asked>();
  const lock = new WatchedLock(memoryLock());
  const app = express();
  app.get('/other', (_req, res) => {
    res.send('other');
  });
  const provider = (req: Request): Promise<ProviderAnswer> =>
    new Promise((answer, fail) => asked.add({ req, answer, fail }));
  app.all('/', preconditions(provider, isLocked ? { lock } : {}), mustNotRun);
  return { app, asked, lock };
}

/** What a timeout does, or a middleware that is tired of waiting. */
const OTHERS: readonly [string, (res: Response) => unknown, number][] = [
  ['has answered, nobody hears of it', (res) => res.status(503).send('too slow'), 0],
  ['has begun to answer, the error handlers hear of it', (res) => res.status(503).write('too slow'), 1],
];

const LATE: readonly [string, (asked: Asked) => void][] = [
  ['rejects', ({ fail }) => fail(new Error('late'))],
  ['gives an answer that is none', ({ answer }) => answer({ etag: 'v1' } as never)],
];

const REQUESTS: readonly [string, string[], boolean][] = [
  ['a read', ['GET /', 'If-None-Match: "1"'], false],
  ['a write', ['PUT /', 'If-Match: "1"'], false],
  ['a locked write', ['PUT /', 'If-Match: "1"'], true],
];

describe.each(EXPRESS_VERSIONS)('a provider that fails late, $name', ({ express }) => {
  describe.each(REQUESTS)('%s', (_kind, lines, isLocked) => {
    describe.each(OTHERS)('when somebody else %s', (_what, intervene, heard) => {
      test.each(LATE)('it %s: nobody answers twice', async (_how, end) => {
        const { app, asked, lock } = stage(express, isLocked);
        const errors = recordErrors(app);
        await withServer(app, async (port) => {
          const connection = new RawConnection(port);
          connection.send(requestOctets([...lines, 'Connection: close']));
          const provider = await asked.next();
          intervene(provider.req.res!);
          end(provider);
          const received = await connection.rest();
          await settled();
          expect(received.match(/HTTP\/1\.1 \d+|too slow/g)).toEqual(['HTTP/1.1 503', 'too slow']);
          expect([errors.length, lock.holders]).toEqual([heard, 0]);
          expect((await rawRequest(port, ['GET /other'])).status).toBe(200);
        });
      });
    });
  });

  describe('behind an answer of somebody else, where Express answers errors', () => {
    let log: jest.Spied<typeof console.error>;
    beforeEach(() => {
      log = jest.spyOn(console, 'error').mockImplementation(() => {});
    });
    afterEach(() => log.mockRestore());

    async function checkNextRequest(end: (asked: Asked) => void): Promise<void> {
      const { app, asked } = stage(express, false);
      await withServer(app, async (port) => {
        const connection = new RawConnection(port);
        connection.send(requestOctets(['PUT /', 'If-Match: "1"']));
        const first = await asked.next();
        first.req.res!.status(503).send('too slow');
        expect((await connection.response('PUT')).status).toBe(503);
        connection.send(requestOctets(['PUT /', 'If-Match: "0"']));
        const second = await asked.next();
        end(first);
        await settled();
        second.answer({ etag: strong('1') });
        expect((await connection.response('PUT')).status).toBe(412);
        connection.destroy();
      });
    }

    // Express would close the connection of an error that comes behind an answer.
    test.each(LATE)('it %s: the next request on the connection is answered', (_how, end) =>
      checkNextRequest(end),
    );
  });
});
