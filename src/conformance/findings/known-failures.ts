/** Known failures: what an interpreter that is half-way there is allowed to break, and is told when it no longer does. */

import { REQUIREMENTS } from "../requirements/requirements.ts";
import { byRequirement, type Findings } from "./findings.ts";

export interface KnownFailure {
  /** Undefined for all interpreters. */
  readonly name: string | undefined;
  readonly id: string;
}

/** Reads lines of `id` or `name id`; `#` begins a comment. */
export function readKnownFailures(text: string): { known: KnownFailure[] } | { wrong: string[] } {
  const known: KnownFailure[] = [];
  const wrong: string[] = [];
  for (const [at, line] of text.split("\n").entries()) {
    const words = line
      .replace(/#.*/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    if (words.length === 0) continue;
    const id = words.at(-1) as string;
    if (words.length > 2) wrong.push(`line ${at + 1}: an id, or a name and an id`);
    else if (!REQUIREMENTS.some((each) => each.id === id))
      wrong.push(`line ${at + 1}: no requirement is called ${id}`);
    else known.push({ name: words.length === 2 ? words[0] : undefined, id });
  }
  return wrong.length > 0 ? { wrong } : { known };
}

export interface Compared {
  /** Broken, and not known to be. */
  readonly worse: readonly string[];
  /** Known to be broken, and it holds. */
  readonly better: readonly string[];
}

/** Compares what was found with what was known; without --strict a broken SHOULD that is not listed is no failure. */
export function compare(findings: Findings, known: readonly KnownFailure[], strict: boolean): Compared {
  const expected = new Set(
    known.filter(({ name }) => name === undefined || name === findings.subject.name).map(({ id }) => id),
  );
  const all = byRequirement(findings);
  return {
    worse: all
      .filter(({ verdict }) => verdict === "broken")
      .filter(({ requirement: { id, level } }) => !expected.has(id) && (level === "MUST" || strict))
      .map(({ requirement }) => requirement.id),
    better: all
      .filter(({ verdict, requirement }) => verdict === "holds" && expected.has(requirement.id))
      .map(({ requirement }) => requirement.id),
  };
}
