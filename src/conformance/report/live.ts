/** The matrix while it is being found out: small enough for any terminal, one sign a requirement, one line a group. */
import type { Case } from "../findings/findings.ts";
import { type Verdict, worst } from "../findings/verdict.ts";
import { MODES, type Requirement } from "../requirements/requirements.ts";

export interface LiveState {
  readonly name: string;
  readonly wanted: readonly Requirement[];
  readonly cases: readonly Case[];
  readonly done: number;
  readonly of: number;
  /** Undefined as long as it cannot be guessed. */
  readonly secondsLeft: number | undefined;
}

const SIGNS: Readonly<Record<Verdict, string>> = {
  holds: "+",
  broken: "X",
  skipped: "s",
  "not offered": "-",
  noted: "?",
};
const PENDING = ".";
const LEGEND = "+ holds  X broken  s skipped  - not offered  ? noted  . to come";
const BAR = 24;

/** The one line that says how far it is. */
export function progressLine({ name, done, of, secondsLeft }: LiveState): string {
  const left = secondsLeft === undefined ? "" : `, about ${duration(secondsLeft)} left`;
  return `${name}: ${done} of ${of} cases${left}`;
}

/** All lines, none wider than the terminal. */
export function liveLines(state: LiveState, columns: number): string[] {
  const found = Map.groupBy(state.cases, ({ id }) => id);
  const sign = ({ id }: Requirement) => {
    const cases = found.get(id);
    return cases === undefined ? PENDING : SIGNS[worst(cases.map(({ verdict }) => verdict))];
  };
  const groups = Map.groupBy(state.wanted, ({ id }) => id.split(".", 1)[0] as string);
  const width = Math.max(...[...groups.keys()].map((group) => group.length));
  const filled = state.of === 0 ? 0 : Math.floor((state.done / state.of) * BAR);
  return [
    `[${"#".repeat(filled)}${"-".repeat(BAR - filled)}] ${progressLine(state)}`,
    ...[...groups].flatMap(([group, of]) => folded(group.padEnd(width), clusters(of, sign), columns)),
    LEGEND,
  ].map((line) => line.slice(0, columns - 1));
}

/** A channel's four modes stand together, with a blank for a mode of which nothing is required. */
function clusters(group: readonly Requirement[], sign: (of: Requirement) => string): string[] {
  const channels = Map.groupBy(group, ({ id, proof }) => (proof.by === "channel" ? proof.channel.id : id));
  return [...channels.values()].map((of) => {
    if (of[0]?.proof.by !== "channel") return of.map(sign).join("");
    const at = (mode: number) =>
      of.find(({ proof }) => proof.by === "channel" && proof.mode === mode) as Requirement | undefined;
    return MODES.map((mode) => at(mode))
      .map((each) => (each === undefined ? " " : sign(each)))
      .join("");
  });
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
