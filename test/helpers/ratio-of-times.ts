/**
 * How many times longer the work of sixteenfold length takes: 16 when time is linear, 256 when it is quadratic. The machine may
 * be busy with something else, so the best of many rounds counts, and a clearly linear one ends the search.
 */
export function ratioOfTimes(large: () => unknown, small: () => unknown): number {
  const start = performance.now();
  let best = Infinity;
  do {
    best = Math.min(best, quickest(large, 1) / quickest(small, 5));
  } while (best >= 32 && performance.now() - start < 2000);
  return best;
}

function quickest(work: () => unknown, times: number): number {
  const durations = Array.from({ length: times }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return Math.min(...durations);
}
