/**
 * Every order in which the steps of two and of three writers can happen: provider reads, check, handler reads, handler writes,
 * reply. The orders of three are reduced to those that can differ; `RACES=all npx jest test/races/writers` runs all of
 * them, 1.6 million, which takes about twenty minutes.
 */
import { describe, expect, jest, test } from '@jest/globals';
import { EXPRESS_VERSIONS } from '../helpers/express-versions.js';
import { explore } from './explorer.js';
import type { Exploration, ExploreOptions } from './explorer.js';
import { race } from './race.js';
import { serveBare, serveExpress } from './serve.js';
import type { Serve } from './serve.js';
import type { Case, FaultyCase } from './writers.cases.js';
import { BROKEN_LOCK, DIFFICULT, PROTECTED, UNPROTECTED } from './writers.cases.js';

const MOST_ORDERS = process.env['RACES'] === 'all' ? Infinity : 2000;
jest.setTimeout(MOST_ORDERS === Infinity ? 3_600_000 : 60_000);

const isSmall = ({ orders }: Case): boolean => orders <= MOST_ORDERS;
const isReduced = ({ reduced }: Case): boolean => reduced !== undefined;
const ofTwo = ({ setup }: Case): boolean => setup.ifMatch.length === 2;

const BARE = serveBare();

interface Explored {
  readonly exploration: Exploration;
  /** All of them, of two writers, in the order of the exploration. */
  readonly schedules: readonly string[];
}

async function exploreCase(row: Case, serve: Serve = BARE, options: ExploreOptions = {}): Promise<Explored> {
  const schedules: string[] = [];
  const onRun = (schedule: readonly string[]): void => {
    if (ofTwo(row)) schedules.push(schedule.join(', '));
  };
  // Where a lock lets others in, there are many more orders.
  const limit = 2 * row.orders;
  const exploration = await explore(race({ ...row.setup, serve }), { ...options, limit, onRun });
  return { exploration, schedules };
}

const KNOWN = new Map<Case, Promise<Explored>>();

/** Without Express, in all orders; explored once. */
async function explored(row: Case): Promise<Explored> {
  const known = KNOWN.get(row) ?? exploreCase(row);
  KNOWN.set(row, known);
  return known;
}

describe('No update is lost', () => {
  const cases = [...PROTECTED, ...DIFFICULT];

  function expectNoneLost(
    { interleavings, outcomes, shortest }: Exploration,
    row: Case,
    orders?: number,
  ): void {
    expect(shortest && [shortest.what, ...shortest.schedule].join('\n')).toBeUndefined();
    expect(Object.keys(outcomes).toSorted()).toEqual(row.outcomes.toSorted());
    expect(interleavings).toBe(orders);
  }

  test.each(cases.filter(isSmall))('$title: $orders orders', async (row) => {
    expectNoneLost((await explored(row)).exploration, row, row.orders);
  });

  test.each(cases.filter(isReduced))('$title: $reduced reduced orders', async (row) => {
    const { exploration } = await exploreCase(row, BARE, { reduced: true });
    expectNoneLost(exploration, row, row.reduced);
  });
});

describe('Without guard and lock an update is lost, and seen to be lost', () => {
  function expectLost({ outcomes, shortest }: Exploration, row: FaultyCase): void {
    expect(shortest).toEqual({ what: row.what, schedule: row.schedule });
    expect(Object.keys(outcomes).toSorted()).toEqual(row.outcomes.toSorted());
  }

  test.each([...UNPROTECTED, BROKEN_LOCK].filter(isSmall))(
    '$title: in $violations.all of $orders orders',
    async (row) => {
      const { exploration } = await explored(row);
      expectLost(exploration, row);
      expect(exploration).toMatchObject({ interleavings: row.orders, violations: row.violations.all });
    },
  );

  test.each(UNPROTECTED.filter(isReduced))(
    '$title: in $violations.reduced of $reduced reduced orders',
    async (row) => {
      const { exploration } = await exploreCase(row, BARE, { reduced: true });
      expectLost(exploration, row);
      expect(exploration).toMatchObject({ interleavings: row.reduced, violations: row.violations.reduced });
    },
  );
});

describe('Every schedule is the same', () => {
  const cases = [...PROTECTED, ...DIFFICULT, ...UNPROTECTED].filter(ofTwo);
  const withGuard = PROTECTED.filter(({ setup }) => setup.handler === 'guarded').filter(ofTwo);

  test.each(cases)('the second time, and when the steps are waited for longer: $title', async (row) => {
    const { schedules } = await explored(row);
    expect((await exploreCase(row, BARE, { turns: 5 })).schedules).toEqual(schedules);
    expect(new Set(schedules).size).toBe(row.orders);
  });

  describe.each(EXPRESS_VERSIONS)('on $name', ({ express }) => {
    const serve = serveExpress(express);

    test.each(cases)('as without it: $title', async (row) => {
      expect((await exploreCase(row, serve)).schedules).toEqual((await explored(row)).schedules);
    });

    test.each(DIFFICULT.filter(({ setup }) => setup.leaves))(
      'when the app does not answer an error of somebody who has left: $title',
      async (row) => {
        const terse = serveExpress(express, { isTerse: true });
        expect((await exploreCase(row, terse)).schedules).toEqual((await explored(row)).schedules);
      },
    );

    test.each(withGuard)('when a lost race is thrown, as with fail(): $title', async (row) => {
      const throwing = { ...row, setup: { ...row.setup, throws: true } };
      expect((await exploreCase(throwing, serve)).schedules).toEqual((await explored(row)).schedules);
    });
  });
});
