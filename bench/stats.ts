/** Several values of the same figure. */
export interface Spread {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
}

export interface Measured extends Spread {
  /** The values, in the order in which they were seen. */
  readonly rounds: readonly number[];
}

export function spreadOf(values: readonly number[]): Measured {
  const sorted = values.toSorted((a, b) => a - b);
  const [lowest, highest] = [sorted[0]!, sorted.at(-1)!];
  return { median: sorted[Math.floor(sorted.length / 2)]!, lowest, highest, rounds: values };
}

/**
 * The median of what one is to the other in each round. Rounds are taken in turn, so that in a busy moment both are slow: less is to be
 * seen of it than in the quotient of two medians.
 */
export function quotientOf(above: Measured, below: Measured): number {
  return spreadOf(above.rounds.map((value, round) => value / below.rounds[round]!)).median;
}

/**
 * Takes the figures of several contestants, some rounds each, in turn, so that a drift of the machine hits all of them alike. Round 0
 * is for the compiler and the connections, and does not count.
 */
export async function interleaved<Name extends string>(
  contestants: Readonly<Record<Name, () => Promise<number> | number>>,
  rounds: number,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(contestants) as Name[];
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const value = await contestants[name]();
      if (round > 0) values.get(name)!.push(value);
    }
  }
  return Object.fromEntries(names.map((name) => [name, spreadOf(values.get(name)!)])) as Record<
    Name,
    Measured
  >;
}
