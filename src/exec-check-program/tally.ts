import { errnoName } from "../exec-check/exec-check.ts";
import type { Outcome } from "./outcome.ts";

/** How many files there were of each kind. */
export interface Tally {
  executable: number;
  refused: number;
  unreadable: number;
  /** Links in trees, which are not followed. */
  links: number;
  /** How many were refused or not readable, by their cause in words. */
  readonly causes: Map<string, number>;
}

export function emptyTally(): Tally {
  return { executable: 0, refused: 0, unreadable: 0, links: 0, causes: new Map() };
}

/** Counts one outcome. The causes are few: names of files are not in them, but those of mounts are. */
export function count(tally: Tally, outcome: Outcome): void {
  tally[outcome.is]++;
  if (outcome.is === "executable") return;
  const cause = causeOf(outcome);
  tally.causes.set(cause, (tally.causes.get(cause) ?? 0) + 1);
}

function causeOf(outcome: Exclude<Outcome, { is: "executable" }>): string {
  if (outcome.is === "unreadable") return `cannot ${outcome.call}: ${errnoName(outcome.errno)}`;
  const { cause, check } = outcome;
  if (cause === undefined) return errnoName(check);
  switch (cause.is) {
    case "unknown":
      return errnoName(check);
    case "noexec mount":
      return `${cause.is} ${cause.mount}`;
    case "filesystem without execution":
      return `${cause.is} ${cause.type}`;
    case "no execute permission":
      return cause.someoneHasIt ? `${cause.is} for this user` : cause.is;
    default:
      return cause.is;
  }
}
