// Times functions against each other: in turn, several rounds, so that a drift of the machine hits all of them alike.
import { do_not_optimize, measure } from 'mitata';

const ROUNDS = 7;

/** The median over the rounds of each function's median time in nanoseconds, in the order given. */
export async function interleaved(...functions: readonly (() => unknown)[]): Promise<number[]> {
  const medians = functions.map((): number[] => []);
  // Round 0 is for the compiler and does not count.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [index, run] of functions.entries()) {
      const { p50 } = await measure(() => do_not_optimize(run()), { min_cpu_time: 50e6 });
      if (round > 0) medians[index]!.push(p50);
    }
  }
  return medians.map(median);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
