/** How long `modify` waits between its attempts. */
import { getEventListeners } from 'node:events';
import { describe, expect, jest, test } from '@jest/globals';
import { modify, type ModifyOptions } from '../../lib/client/index.js';
import { pause } from '../../lib/client/pause.js';
import { answer, hangUp, json, type Reaction, withScript } from './scripted-server.js';
import { useWaits } from './waits.js';

const waits = useWaits();

const VERSION = json({ n: 1 }, { ETag: '"1"' });

/** The milliseconds of each wait, until a write succeeds behind so many failures of reads. */
async function pauses(
  failures: readonly Reaction[],
  options: ModifyOptions<unknown> = {},
): Promise<readonly number[]> {
  return withScript([...failures, VERSION, answer(204)], async ({ client }) => {
    const done = modify(client, '/note', () => ({}), { attempts: failures.length + 1, ...options });
    const all: number[] = [];
    for (let count = 0; count < failures.length; count++) {
      const { ms, end } = await waits.next();
      all.push(ms);
      end();
    }
    expect(await done).toMatchObject({ attempts: failures.length + 1 });
    return all;
  });
}

const failing = (count: number): Reaction[] => Array.from({ length: count }, () => answer(503));

/** Limits double up to ten seconds. */
const LIMITS = [100, 200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000];

describe('A pause', () => {
  test.each([0, 0.25, 0.999])('is a random part of a limit that doubles: %d', async (random) => {
    jest.spyOn(Math, 'random').mockReturnValue(random);
    expect(await pauses(failing(10))).toEqual(LIMITS.map((limit) => random * limit));
  });

  test('is drawn anew each time', async () => {
    const random = jest.spyOn(Math, 'random');
    await pauses(failing(3));
    expect(random).toHaveBeenCalledTimes(3);
  });

  test('comes neither before the first attempt nor after the last', async () => {
    expect(await pauses([])).toEqual([]);
    await withScript(failing(2), async ({ client }) => {
      const done = modify(client, '/note', () => ({}), { attempts: 2 });
      (await waits.next()).end();
      await expect(done).rejects.toMatchObject({ code: 'ERR_CLIENT_GAVE_UP' });
      expect([waits.count, waits.pending]).toEqual([1, 0]);
    });
  });

  test('is what `delay` says of the attempt that follows', async () => {
    expect(await pauses(failing(4), { delay: (attempt) => attempt * 7 })).toEqual([14, 21, 28, 35]);
  });

  test('is as long as a timer can be, where it would be longer', async () => {
    expect(await pauses(failing(1), { delay: () => Infinity })).toEqual([2 ** 31 - 1]);
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 11, 31, 23, 59, 0);
  const refusals = [429, 503, 500, 408, 412, 428] as const;

  /** The one pause after an answer with that field. */
  async function pauseAfter(status: number, value: string): Promise<number | undefined> {
    jest.spyOn(Date, 'now').mockReturnValue(now);
    const [ms] = await pauses([answer(status, { 'Retry-After': value })], { delay: () => 50 });
    return ms;
  }

  test.each(refusals)('is honoured on %i', async (status) => {
    expect(await pauseAfter(status, '3')).toBe(3000);
  });

  test.each([
    ['seconds', '3', 3000],
    ['less than the pause', '0', 50],
    ['a date', 'Fri, 01 Jan 2027 00:00:00 GMT', 60_000],
    ['a date (rfc850)', 'Friday, 01-Jan-27 00:00:00 GMT', 60_000],
    ['a date (asctime)', 'Fri Jan  1 00:00:00 2027', 60_000],
    ['a date that is past', 'Tue, 15 Nov 1994 12:45:26 GMT', 50],
    ['too long for a timer', '9'.repeat(20), 2 ** 31 - 1],
    ['no number', 'soon', 50],
    ['a fraction', '1.5', 50],
    ['a negative number', '-5', 50],
    ['a date of another kind', '3000-01-01', 50],
    ['nothing', '', 50],
  ])('is %s: %s', async (_what, value, ms) => {
    expect(await pauseAfter(503, value)).toBe(ms);
  });

  test('is not looked for where nothing came', async () => {
    expect(await pauses([hangUp], { delay: () => 50 })).toEqual([50]);
  });
});

describe('An abort', () => {
  test('in a pause ends it at once, with the reason', async () => {
    const reason = { not: 'even an error' };
    await withScript([answer(503)], async ({ client, requests }) => {
      const controller = new AbortController();
      const done = modify(client, '/note', () => ({}), { signal: controller.signal });
      await waits.next();
      controller.abort(reason);
      await expect(done).rejects.toBe(reason);
      expect([waits.pending, requests.length]).toEqual([0, 1]);
    });
  });

  test('just before a pause lets none begin', async () => {
    const controller = new AbortController();
    const delay = (): number => {
      controller.abort(new RangeError('enough'));
      return 50;
    };
    await withScript([answer(503)], async ({ client }) => {
      const done = modify(client, '/note', () => ({}), { signal: controller.signal, delay });
      await expect(done).rejects.toThrow(new RangeError('enough'));
      expect(waits.count).toBe(0);
    });
  });
});

describe('Whoever has waited leaves behind', () => {
  const left = ({ signal }: AbortController): readonly number[] => [
    waits.pending,
    getEventListeners(signal, 'abort').length,
  ];

  test('neither timer nor listener, when the time is over', async () => {
    const controller = new AbortController();
    const done = pause(50, controller.signal);
    const { end } = await waits.next();
    expect(left(controller)).toEqual([1, 1]);
    end();
    await done;
    expect(left(controller)).toEqual([0, 0]);
  });

  test('neither timer nor listener, when it was aborted', async () => {
    const controller = new AbortController();
    const done = pause(50, controller.signal);
    controller.abort();
    await expect(done).rejects.toBe(controller.signal.reason);
    expect(left(controller)).toEqual([0, 0]);
  });
});
