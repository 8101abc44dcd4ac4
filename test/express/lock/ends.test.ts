import { describe, expect, test } from '@jest/globals';
import type { RequestHandler } from 'express';
import { settled } from '../../helpers/arrivals.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { RawConnection, rawRequest, requestOctets } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { ENDS, endingLater, holdingBack, LATE_ENDS } from './ends.cases.js';
import { stage } from './stage.js';

const LINES = ['PUT /', 'If-Match: "1"'];

const AROUND: readonly { around: string; before: RequestHandler[]; behind: RequestHandler[] }[] = [
  { around: 'nothing around it', before: [], behind: [] },
  { around: 'a middleware before that ends later', before: [endingLater], behind: [] },
  { around: 'a middleware behind that ends later', before: [], behind: [endingLater] },
  { around: 'a middleware before that holds back', before: [holdingBack], behind: [] },
  { around: 'a middleware behind that holds back', before: [], behind: [holdingBack] },
];

describe.each(EXPRESS_VERSIONS)('the lock is given back, $name', ({ name, express }) => {
  const endsOf = (ends: typeof ENDS): typeof ENDS =>
    ends.filter((end) => name !== 'Express 4' || !end.isForExpress5Only);

  describe.each(AROUND)('with $around', ({ before, behind }) => {
    const ends = endsOf(ENDS).filter(
      ({ status }) => status !== undefined || before.length + behind.length === 0,
    );

    test.each(ends)('once, when the handler has ended its answer: $title', async ({ handler, status }) => {
      const holders: number[] = [];
      const watch: RequestHandler = (_req, _res, next) => {
        holders.push(lock.holders);
        next();
      };
      const { app, lock } = stage(express, {
        before,
        behind: [...behind, watch],
        handler,
        answersErrors: false,
      });
      await withServer(app, async (port) => {
        for (let turn = 1; turn <= 2; turn++) {
          const response = await rawRequest(port, LINES, 'content').catch(() => undefined);
          await lock.givenBack.next();
          expect([response?.status, lock.taken]).toEqual([status, turn]);
        }
        await settled();
        expect([lock.givenBack.count, holders]).toEqual([2, [1, 1]]);
      });
    });
  });

  test.each(endsOf(LATE_ENDS))('once, when the client has left before: $title', async ({ handler }) => {
    const { app, lock, runs } = stage(express, { answersErrors: false });
    await withServer(app, async (port) => {
      const connection = new RawConnection(port);
      connection.send(requestOctets(LINES, 'content'));
      const { req, res, next } = await runs.next();
      const closed = new Promise((resolve) => {
        res.once('close', resolve);
      });
      connection.destroy();
      await closed;
      await settled();
      expect(lock.holders).toBe(1);
      try {
        await handler(req, res, next);
      } catch (error) {
        next(error);
      }
      await lock.givenBack.next();
      await settled();
      expect([lock.taken, lock.givenBack.count]).toEqual([1, 1]);
    });
  });
});
