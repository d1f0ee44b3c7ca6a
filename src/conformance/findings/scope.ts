/** How much of what can be required was tried, and what a run can therefore say. */
import { type Aim, aimOf, EXPECTED_KINDS, kindOf } from "../requirements/aim.ts";
import { REQUIREMENTS } from "../requirements/requirements.ts";
import type { Kind } from "../requirements/ways.ts";
import { byRequirement, type Findings } from "./findings.ts";
import { isUntried, type Verdict } from "./verdict.ts";

/** Of the MUST requirements that apply to an interpreter, how many hold, and how many were not tried. */
export interface Share {
  readonly of: number;
  readonly held: number;
  readonly untried: number;
}

/** What became of the MUST requirements. */
export interface Scope {
  /** All that there are. */
  readonly of: number;
  readonly tried: number;
  readonly broken: number;
  /** Those that apply to a kind of source that the adapter names, and were not tried all the same. */
  readonly untried: number;
  /** Those that apply to kinds of sources that the adapter does not name. */
  readonly outside: number;
  /** The kinds that nearly every interpreter takes, and that the adapter does not name. */
  readonly lacks: readonly Kind[];
  /** Where something had to be refused, where something had to run, and how the kernel was asked. */
  readonly refuse: Share;
  readonly run: Share;
  readonly call: Share;
}

export const OUTCOMES = ["conforms", "does not conform", "not all tried"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export function scopeOf(findings: Findings): Scope {
  const verdicts = new Map(byRequirement(findings).map(({ requirement, verdict }) => [requirement, verdict]));
  const { kinds, always } = findings.subject;
  const all = REQUIREMENTS.filter(({ level }) => level === "MUST").map((requirement) => {
    const kind = kindOf(requirement);
    const isNamed = kind === undefined || kinds.includes(kind);
    // What --only leaves out has no verdict: whether it applies is then for the adapter to say.
    const verdict: Verdict = verdicts.get(requirement) ?? (isNamed ? "skipped" : "not offered");
    return { aim: aimOf(requirement, always), verdict };
  });
  const applying = all.filter(({ verdict }) => verdict !== "not offered");
  const count = (of: typeof all, is: (verdict: Verdict) => boolean) =>
    of.filter(({ verdict }) => is(verdict)).length;
  const share = (aim: Aim): Share => {
    const of = applying.filter((each) => each.aim === aim);
    return {
      of: of.length,
      held: count(of, (verdict) => verdict === "holds"),
      untried: count(of, isUntried),
    };
  };
  const untried = count(applying, isUntried);
  return {
    of: all.length,
    tried: applying.length - untried,
    broken: count(applying, (verdict) => verdict === "broken"),
    untried,
    outside: all.length - applying.length,
    lacks: EXPECTED_KINDS.filter((kind) => !kinds.includes(kind)),
    refuse: share("refuse"),
    run: share("run"),
    call: share("call"),
  };
}

/** Whether everything was tried that applies, of an adapter that names what nearly every interpreter takes. */
export function isWhole({ untried, lacks }: Scope): boolean {
  return untried === 0 && lacks.length === 0;
}

/** What a run comes to. Only a run that left nothing out says of an interpreter that it conforms. */
export function outcomeOf(scope: Scope): Outcome {
  if (scope.broken > 0) return "does not conform";
  return isWhole(scope) ? "conforms" : "not all tried";
}
