/** Known failures: what an interpreter is expected to break for now. That it no longer breaks it is told, too. */
import { withoutErrno } from "../requirements/id.ts";
import { REQUIREMENTS } from "../requirements/requirements.ts";
import { byRequirement, type Findings } from "./findings.ts";
import { isFailure } from "./verdict.ts";

export interface KnownFailure {
  /** Undefined for all interpreters. */
  readonly name: string | undefined;
  readonly id: string;
}

/** A line that is not understood: it has too many words, or names a requirement that does not exist. */
export type WrongLine = { readonly line: number } & (
  | { readonly wrong: "words" }
  | { readonly wrong: "id"; readonly id: string }
  /** The id had an errno in it once. */
  | { readonly wrong: "old id"; readonly id: string; readonly now: string }
);

/** Reads lines of `id` or `name id`; `#` begins a comment. */
export function readKnownFailures(
  text: string,
): { readonly known: readonly KnownFailure[] } | { readonly wrong: readonly WrongLine[] } {
  const known: KnownFailure[] = [];
  const wrong: WrongLine[] = [];
  for (const [at, content] of text.split("\n").entries()) {
    const line = at + 1;
    const words = content
      .replace(/#.*/, "")
      .split(/\s+/)
      .filter((word) => word !== "");
    const id = words.at(-1);
    if (id === undefined) continue;
    if (words.length > 2) wrong.push({ line, wrong: "words" });
    else if (!isKnown(id)) wrong.push({ line, ...whatIsWrong(id) });
    else known.push({ name: words.length === 2 ? words[0] : undefined, id });
  }
  return wrong.length > 0 ? { wrong } : { known };
}

function isKnown(id: string): boolean {
  return REQUIREMENTS.some((each) => each.id === id);
}

function whatIsWrong(id: string): { wrong: "id"; id: string } | { wrong: "old id"; id: string; now: string } {
  const now = withoutErrno(id);
  return now !== id && isKnown(now) ? { wrong: "old id", id, now } : { wrong: "id", id };
}

export interface Compared {
  /** Broken, and not known to be. */
  readonly worse: readonly string[];
  /** Known to be broken, and it holds. */
  readonly better: readonly string[];
}

/** Compares what was found with what was known; without --strict, a broken SHOULD that is not listed is no failure. */
export function compare(findings: Findings, known: readonly KnownFailure[], strict: boolean): Compared {
  const expected = new Set(
    known.filter(({ name }) => name === undefined || name === findings.subject.name).map(({ id }) => id),
  );
  const all = byRequirement(findings).map(({ requirement: { id, level }, verdict }) => ({
    id,
    level,
    verdict,
  }));
  return {
    worse: all.filter((each) => isFailure(each, strict) && !expected.has(each.id)).map(({ id }) => id),
    better: all.filter(({ id, verdict }) => verdict === "holds" && expected.has(id)).map(({ id }) => id),
  };
}

/**
 * Writes what is broken as lines that {@link readKnownFailures} reads, sorted, each with its first reason as a comment.
 *
 * @param strict Whether a broken SHOULD is one of them.
 */
export function writeKnownFailures(all: readonly Findings[], strict: boolean): string {
  const lines = all.flatMap((findings) =>
    byRequirement(findings)
      .filter(({ requirement: { level }, verdict }) => isFailure({ level, verdict }, strict))
      .map(({ requirement: { id, level }, cases }) => {
        const reason = cases.find(({ verdict }) => verdict === "broken")?.reason ?? "";
        return `${findings.subject.name} ${id}  # ${level}: ${reason.replace(/[\s\p{Cc}]+/gu, " ").trim()}`;
      }),
  );
  return [
    "# What is known to be broken, for --expect: a name, an id, and the reason at the time.",
    ...lines.sort(),
    "",
  ].join("\n");
}
