import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { ExpressModule } from '../../helpers/express-versions.js';
import { EXPRESS_VERSIONS } from '../../helpers/express-versions.js';
import { RawConnection } from '../../helpers/raw-http.js';
import { withServer } from '../../helpers/server.js';
import { fuzzCases } from './cases.js';
import { expectedOutcome, FuzzStage, octetsOf } from './stage.js';

/** How many requests are sent: `FUZZ_CASES=1000000 npx jest test/hostile/fuzz` for a long run. */
const CASES = Number(process.env['FUZZ_CASES'] ?? 6000);
/** A failure names the seed of its batch: `FUZZ_SEED=… FUZZ_CASES=1` sends that again, to both versions of Express. */
const GIVEN_SEED = process.env['FUZZ_SEED'];
const SEED = Number(GIVEN_SEED ?? Date.now() % 2 ** 31);
/** So many share a seed and are written at once. */
const BATCH = 100;

const BATCHES = Math.ceil(CASES / BATCH / EXPRESS_VERSIONS.length);
const TIMEOUT_MS = 60_000 + CASES * 5;

/** Each of them has to come up, or the comparison says little. */
const OUTCOMES = [
  '304',
  '400',
  '412',
  ...['none', 'version', 'exists', 'absent', 'never'].map((guard) => `200 ${guard} apply`),
  ...['none', 'version', 'exists'].map((guard) => `200 ${guard} ignore`),
];

test('R-13.2.2-a the generated requests come to everything that a request can come to', () => {
  const reached = fc.sample(fuzzCases, { seed: 1, numRuns: 5000 }).map((fuzzCase) => {
    const { status, guard, range } = expectedOutcome(octetsOf(fuzzCase, 0), fuzzCase);
    return [status, guard, range].filter((part) => part !== undefined).join(' ');
  });
  expect([...new Set(reached)].toSorted()).toEqual(OUTCOMES.toSorted());
});

describe.each(EXPRESS_VERSIONS)('whatever octets the six fields carry, over $name', ({ name, express }) => {
  const seed = GIVEN_SEED === undefined && name === 'Express 4' ? SEED + BATCHES : SEED;

  test(
    `R-13.2.2-a R-5.5-a R-5.5-b the answer is that of the literal text, ${BATCHES * BATCH} times`,
    async () => {
      const stage = new FuzzStage(express);
      await withServer(stage.app, async (port) => {
        for (let batch = 0; batch < BATCHES; batch++) {
          const [found] = await differencesOf(stage, port, seed + batch);
          if (found !== undefined)
            throw new Error(`Seed ${seed + batch}: ${(await shrunk(express, seed + batch)) ?? found}`);
          expect(stage.errors).toEqual([]);
        }
      });
    },
    TIMEOUT_MS,
  );
});

async function differencesOf(stage: FuzzStage, port: number, seed: number): Promise<string[]> {
  const connection = new RawConnection(port);
  try {
    return await stage.differences(connection, fc.sample(fuzzCases, { seed, numRuns: BATCH }));
  } catch (error) {
    return [`The answers broke off: ${String(error)}`];
  } finally {
    connection.destroy();
  }
}

/**
 * The same cases once more, each alone on a connection, and the first that fails made as small as it gets. `undefined` when each
 * alone is right, so that it must lie in how they follow one another.
 */
async function shrunk(express: ExpressModule, seed: number): Promise<string | undefined> {
  const stage = new FuzzStage(express);
  return withServer(stage.app, async (port) => {
    const law = fc.asyncProperty(fuzzCases, async (fuzzCase) => {
      const connection = new RawConnection(port);
      try {
        const [difference] = await stage.differences(connection, [fuzzCase]);
        if (difference !== undefined) throw new Error(difference);
      } finally {
        connection.destroy();
      }
    });
    const { failed, errorInstance } = await fc.check(law, { seed, numRuns: BATCH });
    return failed ? String(errorInstance) : undefined;
  });
}
