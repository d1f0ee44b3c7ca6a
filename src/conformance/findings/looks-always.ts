/** Recognises a build that always enforces a bit, and of which nobody has said so: pure. */
import { aimOf } from "../requirements/aim.ts";
import { ENFORCED, type Enforced } from "../requirements/always.ts";
import type { Channel } from "../requirements/channels.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { byRequirement, type Case, type Findings, type RequirementFinding } from "./findings.ts";

export interface LooksAlways {
  /** What to declare. */
  readonly always: readonly Enforced[];
  /** What is broken, and would have been right in such a build. */
  readonly ids: ReadonlySet<string>;
}

/** The mode that sets the bit alone. */
const MODE_OF = { "restrict-file": 2, "deny-interactive": 3 } as const satisfies Readonly<
  Record<Enforced, number>
>;

/**
 * Whether an interpreter refuses in mode 1, without exception, what a bit forbids that is not set there, and runs what no
 * bit forbids.
 */
export function looksAlways(findings: Findings): LooksAlways | undefined {
  if (findings.subject.always !== undefined) return undefined;
  const all = byRequirement(findings);
  const inMode1 = all.flatMap(({ requirement: { proof }, cases }) =>
    proof.by === "channel" && proof.mode === 1 ? [{ channel: proof.channel, cases }] : [],
  );
  const tried = (is: (channel: Channel) => boolean) =>
    inMode1
      .filter(({ channel }) => is(channel))
      .flatMap(({ cases }) => cases)
      .filter(({ verdict }) => verdict === "holds" || verdict === "broken");
  if (!tried(isNeverForbidden).some(({ verdict }) => verdict === "holds")) return undefined;
  const always = ENFORCED.filter((each) => {
    const cases = tried((channel) => isForbiddenBy(channel, each));
    return cases.length > 0 && cases.every(isRefused);
  });
  if (always.length === 0) return undefined;
  return {
    always,
    ids: new Set(all.filter((each) => isExplained(each, always)).map(({ requirement: { id } }) => id)),
  };
}

function isNeverForbidden({ expect }: Channel): boolean {
  return !expect.includes("refuse");
}

/** Whether this bit alone forbids it. */
function isForbiddenBy({ expect }: Channel, enforced: Enforced): boolean {
  const alone = MODE_OF[enforced];
  return expect[alone - 1] === "refuse" && expect[alone === 2 ? 2 : 1] === "run";
}

/** It ended by itself, and nothing of it ran. */
function isRefused({ verdict, evidence: [first] }: Case): boolean {
  return (
    verdict === "broken" &&
    first !== undefined &&
    !(first.ran || first.hung || first.signal !== null || first.status === 0)
  );
}

function isExplained(
  { requirement, verdict, cases }: RequirementFinding,
  always: readonly Enforced[],
): boolean {
  if (verdict !== "broken" || !cases.filter((each) => each.verdict === "broken").every(isRefused))
    return false;
  return (
    aimOf(requirement) === "run" &&
    (aimOf(requirement, always) === "refuse" || isOfPrompt(requirement, always))
  );
}

/** A startup file of a prompt that is refused need not run, and what is found by its name may be refused there. */
function isOfPrompt({ proof }: Requirement, always: readonly Enforced[]): boolean {
  if (!always.includes("deny-interactive") || proof.by !== "channel") return false;
  return proof.channel.kind === "startup" || proof.channel.kind === "by-name";
}
