import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Request, RequestHandler } from 'express';
import { strong } from '../../../lib/index.js';
import { mustNotRun } from '../../helpers/apps.js';
import { Arrivals, eventually, settled } from '../../helpers/arrivals.js';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { RawConnection, rawRequest, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import type { Setup, Stage } from './stage.js';
import { stage } from './stage.js';

/** Where the parser of contents can be. */
const MOUNTINGS: readonly [string, (express: ExpressModule) => Setup][] = [
  ['a parser before', (express) => ({ before: [express.json()] })],
  ['a parser behind', (express) => ({ behind: [express.json()] })],
  ['no parser', () => ({})],
];

/** The first part of a content, and the rest. */
const FRAMINGS: readonly [string, string, string, string][] = [
  ['Content-Length', 'Content-Length: 13', '{"text":', '"a"} '],
  ['chunked', 'Transfer-Encoding: chunked', '8\r\n{"text":\r\n', '5\r\n"a"} \r\n0\r\n\r\n'],
];

describe.each(EXPRESS_VERSIONS)('a content that comes slowly, $name', ({ express }) => {
  /** A stage of one resource with a version, and the requests in the order in which they came. */
  function versioned(setup: Setup): Stage & { requests: Request[]; version: () => number } {
    let version = 1;
    const requests: Request[] = [];
    const note: RequestHandler = (req, _res, next) => {
      requests.push(req);
      next();
    };
    const all = stage(express, {
      provider: () => ({ etag: strong(version) }),
      handler: (_req, res) => res.json((version += 1)),
      ...setup,
      before: [note, ...(setup.before ?? [])],
    });
    return { ...all, requests, version: () => version };
  }

  /** Sends the beginning of a request, and waits until it is there. */
  async function begin(
    connection: RawConnection,
    requests: Request[],
    lines: string[],
    part: string,
  ): Promise<Request> {
    const count = requests.length;
    connection.send(requestOctets(['PUT /', 'Content-Type: application/json', ...lines]));
    await eventually(() => requests.length > count);
    const req = requests.at(-1)!;
    const arrived = req.socket.bytesRead + part.length;
    connection.send(part);
    await eventually(() => req.socket.bytesRead >= arrived);
    await settled();
    return req;
  }

  describe.each(FRAMINGS)('with %s', (_framing, field, part, rest) => {
    test.each(MOUNTINGS)(
      'does not hold the lock, and loses to those who are faster: %s',
      async (_where, mounting) => {
        const { app, lock, requests, version } = versioned(mounting(express));
        await withServer(app, async (port) => {
          const slow = new RawConnection(port);
          await begin(slow, requests, [field, 'If-Match: "1"'], part);
          expect([lock.asked.count, lock.taken]).toEqual([0, 0]);
          const fast = await rawRequest(
            port,
            ['PUT /', 'If-Match: "1"', 'Content-Type: application/json'],
            '{}',
          );
          expect([fast.status, version(), lock.taken]).toEqual([200, 2, 1]);
          slow.send(rest);
          expect((await slow.response('PUT')).status).toBe(412);
          expect([lock.taken, lock.holders, version()]).toEqual([2, 0, 2]);
          slow.destroy();
        });
      },
    );

    test.each(MOUNTINGS)(
      'that never ends because the client leaves: nothing is begun, %s',
      async (_where, mounting) => {
        const { app, lock, requests, errors } = versioned({ ...mounting(express), handler: mustNotRun });
        await withServer(app, async (port) => {
          const slow = new RawConnection(port);
          const req = await begin(slow, requests, [field, 'If-Match: "1"'], part);
          const closed = new Promise((resolve) => {
            req.socket.once('close', resolve);
          });
          slow.destroy();
          await closed;
          await eventually(() => errors.length > 0);
          expect(errors).toMatchObject([{ status: 400 }]);
          expect([lock.asked.count, Object.hasOwn(req, 'push')]).toEqual([0, false]);
        });
      },
    );
  });

  test('is ended by the client: the error handlers hear of it', async () => {
    const { app, requests, errors } = versioned({ handler: mustNotRun });
    await withServer(app, async (port) => {
      const slow = new RawConnection(port);
      await begin(slow, requests, ['Content-Length: 9'], 'begun');
      slow.destroy();
      await eventually(() => errors.length > 0);
      await settled();
      expect(errors).toMatchObject([{ code: 'ERR_REQUEST_ABORTED', status: 400 }]);
      expect(requests[0]!.listenerCount('close')).toBe(0);
    });
  });

  describe('and is larger than the limit', () => {
    const LIMIT = 10;
    let emitWarning: jest.Spied<typeof process.emitWarning>;
    beforeEach(() => {
      emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    });
    afterEach(() => emitWarning.mockRestore());

    const reading: RequestHandler = (req, res, next) => {
      req.toArray().then(() => res.json({}), next);
    };

    test.each([
      ['from the beginning, where its length is told', 'Content-Length: 12', ''],
      ['from the octet on that is too many', 'Transfer-Encoding: chunked', 'b\r\n01234567890\r\n'],
    ])('is read under the lock %s', async (_when, field, part) => {
      const { app, lock, requests } = versioned({ lock: { contentLimit: LIMIT }, handler: reading });
      await withServer(app, async (port) => {
        const slow = new RawConnection(port);
        await begin(slow, requests, [field], part);
        await lock.asked.next();
        expect([lock.holders, requests[0]!.complete]).toEqual([1, false]);
        slow.send(part === '' ? '012345678901' : '1\r\n1\r\n0\r\n\r\n');
        expect((await slow.response('PUT')).status).toBe(200);
        expect(lock.holders).toBe(0);
        slow.destroy();
      });
    });

    test.each([
      ['at the limit', 'Content-Length: 10', '012345678', '9'],
      ['chunked, at the limit', 'Transfer-Encoding: chunked', 'a\r\n0123456789\r\n', '0\r\n\r\n'],
    ])('is awaited before %s', async (_where, field, part, rest) => {
      const { app, lock, requests } = versioned({ lock: { contentLimit: LIMIT }, handler: reading });
      await withServer(app, async (port) => {
        const slow = new RawConnection(port);
        await begin(slow, requests, [field], part);
        expect(lock.asked.count).toBe(0);
        slow.send(rest);
        expect((await slow.response('PUT')).status).toBe(200);
        slow.destroy();
      });
    });

    test('is read under the lock, also where a part of it came while a middleware before was at work', async () => {
      const goOn = new Arrivals<() => void>();
      const { app, lock, requests } = versioned({
        lock: { contentLimit: LIMIT },
        before: [(_req, _res, next) => goOn.add(next)],
        handler: reading,
      });
      await withServer(app, async (port) => {
        const slow = new RawConnection(port);
        await begin(slow, requests, ['Transfer-Encoding: chunked'], '6\r\n012345\r\n');
        (await goOn.next())();
        expect(lock.asked.count).toBe(0);
        slow.send('5\r\n67890\r\n');
        await lock.asked.next();
        expect(requests[0]!.complete).toBe(false);
        slow.send('0\r\n\r\n');
        expect((await slow.response('PUT')).status).toBe(200);
        slow.destroy();
      });
    });

    test('is cut off when the lease ends, and the next goes on', async () => {
      const { app, lock, requests, version } = versioned({
        lock: { contentLimit: LIMIT, lease: 30 },
        behind: [express.raw({ type: () => true })],
      });
      await withServer(app, async (port) => {
        const stalling = new RawConnection(port);
        await begin(stalling, requests, ['Content-Length: 1000'], 'a part');
        await lock.asked.next();
        const next = await rawRequest(port, ['PUT /', 'If-Match: "1"'], '{}');
        expect([next.status, version()]).toEqual([200, 2]);
        expect(await stalling.rest()).not.toContain(' 200 ');
        expect(emitWarning.mock.calls).toMatchObject([[expect.any(String), { code: 'ERR_LOCK_LOST' }]]);
        await settled();
        expect([version(), lock.holders]).toEqual([2, 0]);
      });
    });

    test('and whose client leaves gives the lock back as soon as the handler is told', async () => {
      const { app, lock, requests, version } = versioned({
        lock: { contentLimit: LIMIT },
        behind: [express.raw({ type: () => true })],
      });
      await withServer(app, async (port) => {
        const leaving = new RawConnection(port);
        const req = await begin(leaving, requests, ['Content-Length: 1000'], 'a part');
        const closed = once(req.socket, 'close').catch(() => {});
        expect(lock.holders).toBe(1);
        leaving.destroy();
        await closed;
        await lock.givenBack.next();
        expect([lock.givenBack.count, version()]).toEqual([1, 1]);
      });
    });
  });
});
