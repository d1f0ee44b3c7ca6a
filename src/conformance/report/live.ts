/** The matrix while the run goes on, small enough for any terminal: one cell a requirement, one line a group. */
import type { Case } from "../findings/findings.ts";
import { VERDICTS, worst } from "../findings/verdict.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { type TableRow, tableRows } from "../requirements/table-rows.ts";

export interface LiveState {
  readonly name: string;
  readonly wanted: readonly Requirement[];
  readonly cases: readonly Case[];
  readonly done: number;
  readonly of: number;
  /** Undefined as long as it cannot be estimated. */
  readonly secondsLeft: number | undefined;
}

const PENDING = ".";
const LEGEND = [
  ...Object.values(VERDICTS).map(({ cell, word }) => `${cell} ${word}`),
  `${PENDING} to come`,
].join("  ");
const BAR = 24;

/** The line that says how far the run is. */
export function progressLine({ name, done, of, secondsLeft }: LiveState): string {
  const left = secondsLeft === undefined ? "" : `, about ${duration(secondsLeft)} left`;
  return `${name}: ${done} of ${of} cases${left}`;
}

/** All lines, none wider than the terminal. */
export function liveLines(state: LiveState, columns: number): string[] {
  const found = Map.groupBy(state.cases, ({ id }) => id);
  const cell = ({ id }: Requirement) => {
    const cases = found.get(id);
    return cases === undefined ? PENDING : VERDICTS[worst(cases)].cell;
  };
  const groups = Map.groupBy(state.wanted, ({ group }) => group);
  const width = Math.max(...[...groups.keys()].map((group) => group.length));
  const filled = state.of === 0 ? 0 : Math.floor((state.done / state.of) * BAR);
  return [
    `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}] ${progressLine(state)}`,
    ...[...groups].flatMap(([group, of]) =>
      folded(
        group.padEnd(width),
        tableRows(of).map((row) => cells(row, cell)),
        columns,
      ),
    ),
    LEGEND,
  ].map((line) => line.slice(0, columns - 1));
}

/** A channel's four modes stand together, with a blank for a mode of which nothing is required. */
function cells(row: TableRow, cell: (of: Requirement) => string): string {
  if ("alone" in row) return cell(row.alone);
  return row.modes.map((each) => (each === undefined ? " " : cell(each))).join("");
}

function folded(head: string, words: readonly string[], columns: number): string[] {
  const lines = [head];
  for (const word of words) {
    const last = lines.length - 1;
    if ((lines[last] as string).length + 1 + word.length < columns) lines[last] += ` ${word}`;
    else lines.push(`${" ".repeat(head.length)} ${word}`);
  }
  return lines;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
