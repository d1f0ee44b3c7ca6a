/** From what was observed to a verdict: pure, and the only place that decides. */
import type { Observation } from "../attempt/attempt.ts";
import type { Missing } from "../attempt/stage.ts";
import type { Expectation, Kind, Level } from "../requirements/requirements.ts";

/** `noted` is for a CHOICE: it has an answer, and no answer is wrong. */
export type Verdict = "holds" | "broken" | "skipped" | "not offered" | "noted";

export interface Judgement {
  readonly verdict: Verdict;
  readonly reason: string;
}

/**
 * Judges one attempt.
 *
 * @param control The same attempt in mode 1: where the code does not run even there, a refusal proves nothing.
 */
export function judge(
  { kind, expect, level }: { kind: Kind; expect: Expectation; level: Level | null },
  observed: Observation | Missing,
  control: Observation | Missing,
): Judgement {
  if ("missing" in observed) return { verdict: "skipped", reason: observed.missing };
  if ("missing" in control) return { verdict: "skipped", reason: control.missing };
  const end = ending(observed);
  if (observed.mode === 1) {
    if (observed.ran) return { verdict: "holds", reason: "its marker was observed" };
    const verdict = level === null ? "skipped" : "broken";
    return { verdict, reason: `its marker was not observed, though nothing is restricted; ${end}` };
  }
  if (!control.ran) {
    return {
      verdict: "skipped",
      reason: `the control failed: in mode 1 it does not run either; ${ending(control)}`,
    };
  }
  if (level === "CHOICE") {
    return { verdict: "noted", reason: observed.ran ? "it ran" : `nothing of it ran; ${end}` };
  }
  if (expect === "run") {
    if (observed.ran) return { verdict: "holds", reason: "its marker was observed" };
    return { verdict: "broken", reason: `it should have run, and its marker was not observed; ${end}` };
  }
  if (observed.ran) return { verdict: "broken", reason: `it ran: its marker was observed; ${end}` };
  if (observed.ranPartly) return { verdict: "broken", reason: `a part of it ran; ${end}` };
  const { hung, signal, status } = observed.outcome;
  if (hung) return { verdict: "broken", reason: "nothing of it ran, but it did not end: that is no refusal" };
  if (signal !== null)
    return { verdict: "broken", reason: `nothing of it ran, but ${end}: that is no refusal` };
  // Whether a run goes on without its startup file is the interpreter's own affair.
  if (status === 0 && kind !== "startup") {
    return {
      verdict: "broken",
      reason: "nothing of it ran, but it ended with status 0, as if all were well",
    };
  }
  return { verdict: "holds", reason: `nothing of it ran; ${end}` };
}

/** How a command ended, in words. */
export function ending({ outcome }: Observation): string {
  const { hung, signal, status, notStarted } = outcome;
  if (notStarted !== undefined) return `it could not be started: ${notStarted}`;
  if (hung) return "it did not end and was killed";
  if (signal !== null) return `it was ended by ${signal}`;
  const said = outcome.stderr.trim().split("\n", 1)[0] ?? "";
  return `it ended with status ${status}${status === 0 || said === "" ? "" : `, saying ${JSON.stringify(said.slice(0, 160))}`}`;
}

const RANK: readonly Verdict[] = ["broken", "noted", "holds", "skipped", "not offered"];

/** The verdict on a requirement from those on all of its cases. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return RANK.find((verdict) => verdicts.includes(verdict)) ?? "not offered";
}
