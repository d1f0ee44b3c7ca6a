/** One program in several languages, what each takes to start taken off. The first is Inc, and the others are its peers. */
import { type Argv, allInTurn, duration, median } from "./measure.ts";

export interface Runner {
  readonly name: string;
  readonly program: Argv;
  /** The same without the program: what is taken off. */
  readonly start: Argv;
}

/** Measures a command in milliseconds. */
type Measurement = (argv: Argv, runner: number, what: "program" | "start") => number;

/** Prints a row for each, with the ratio of Inc to it; gives these ratios. */
export function compare(
  rounds: number,
  runners: readonly Runner[],
  measure: Measurement = (argv) => duration(argv),
): number[] {
  const found = allInTurn(
    rounds,
    runners.flatMap(({ program, start }, index) => [
      () => measure(program, index, "program"),
      () => measure(start, index, "start"),
    ]),
  );
  const starts = runners.map((_, index) => median(found[2 * index + 1] as number[]));
  // Round by round: the two follow each other, so that what slows one down slows the other too.
  const times = runners.map((_, index) => {
    const [program, start] = [found[2 * index] as number[], found[2 * index + 1] as number[]];
    return median(program.map((time, round) => time - (start[round] as number)));
  });
  return runners.map(({ name }, index) => {
    const [time, start] = [times[index] as number, starts[index] as number];
    const ratio = (times[0] as number) / time;
    const shown = index === 0 ? "" : ratio.toFixed(2);
    console.log(
      `    ${name.padEnd(12)}${time.toFixed(0).padStart(7)}${shown.padStart(8)}   start ${start.toFixed(0)}`,
    );
    return ratio;
  });
}
