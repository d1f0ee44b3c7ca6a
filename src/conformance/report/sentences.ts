/** The sentences that every report has, whatever its format. */
import type { Findings } from "../findings/findings.ts";
import { headings } from "../findings/heading.ts";
import { type LooksAlways, looksAlways } from "../findings/looks-always.ts";
import { outcomeOf, type Scope, type Share } from "../findings/scope.ts";
import type { Verdict } from "../findings/verdict.ts";
import { remedyOf } from "../requirements/remedies.ts";
import type { Requirement } from "../requirements/requirement.ts";

/** What a verdict means, and what it does not. */
export const MEANING =
  "What holds here shows that the program obeys, and nothing beyond that: the owner of a file can make it executable. " +
  "What has to lie underneath: whatever untrusted users can write is mounted noexec, denied execution by Landlock or " +
  "another LSM, or never both writable and executable; and all parents of the process are trusted.";

/** The number to see first. */
export function headline({ refuse }: Pick<Scope, "refuse">): string {
  return `refused when it had to: ${shareOf(refuse)}`;
}

/** What has to be known of how it was judged: what was declared of it, or should be, and the time that it was given. */
export function notes(findings: Findings): string[] {
  const looks = looksAlways(findings);
  return [...headings(findings.subject), ...(looks === undefined ? [] : [hint(looks)])];
}

/** What is said of a build that nobody has declared. */
function hint({ always, ids }: LooksAlways): string {
  return `looks like a build that always enforces: use --always ${always.join(",")}, which explains ${ids.size} of what is broken`;
}

/** What says nothing of refusals: an interpreter that never asks passes most of it. */
export function apart({ run, call }: Pick<Scope, "run" | "call">): string {
  return `where nothing had to be refused: ${shareOf(run)} ran; in how it asks the kernel: ${shareOf(call)} hold`;
}

function shareOf({ of, held, untried }: Share): string {
  return `${held} of ${of}${untried === 0 ? "" : ` (${untried} not tried)`}`;
}

/** How many were tried: what a run says that left some out. */
export function tried({ tried, of }: Scope): string {
  return `${tried} of ${of} MUST tried`;
}

/** What the run comes to. */
export function conclusion(scope: Scope): string {
  const { broken, untried, outside, lacks } = scope;
  const missing = [
    ...(untried === 0 ? [] : [`${untried} more apply`]),
    ...(outside === 0 ? [] : [`${outside} are of kinds of sources that its adapter does not name`]),
    ...(lacks.length === 0 ? [] : [`nearly every interpreter takes ${lacks.join(" and ")}`]),
  ].join("; ");
  const rest = missing === "" ? "" : `; ${missing}`;
  switch (outcomeOf(scope)) {
    case "conforms":
      return `conforms: all ${scope.tried} MUST of the kinds of sources that its adapter names were tried, and hold${outside === 0 ? "" : ` (of ${scope.of})`}`;
    case "does not conform":
      return `does not conform: ${broken} MUST broken, ${tried(scope)}${rest}`;
    case "not all tried":
      return `no verdict on the whole: ${tried(scope)}, none of them broken${rest}`;
  }
}

/**
 * What the requirement says, what its failure mostly comes from, and where the repair is described.
 *
 * @param isBroken Whether another requirement is broken, by its id.
 */
export function repair(requirement: Requirement, isBroken: (id: string) => boolean): string {
  const { cause, see } = remedyOf(requirement, isBroken);
  return `${requirement.sentence} Likely: ${cause}; see ${see}.`;
}

/** Asks the findings whether a requirement is broken, by its id. */
export function isBrokenIn(
  found: readonly { readonly id: string; readonly verdict: Verdict }[],
): (id: string) => boolean {
  const broken = new Set(found.filter(({ verdict }) => verdict === "broken").map(({ id }) => id));
  return (id) => broken.has(id);
}
