/** The middle of some measurements: what a noisy machine distorts least. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Measures two things in turn, A B A B …, so that a drift of the machine's speed meets both; gives their medians. */
export function inTurn(rounds: number, a: () => number, b: () => number): { a: number; b: number } {
  const found = Array.from({ length: rounds }, () => ({ a: a(), b: b() }));
  return { a: median(found.map((round) => round.a)), b: median(found.map((round) => round.b)) };
}
