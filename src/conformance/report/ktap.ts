/** KTAP, as kselftest and its parsers read it (Documentation/dev-tools/ktap.rst): a subtest for each interpreter. */
import { isFailure, VERDICTS, type Verdict } from "../findings/verdict.ts";
import type { JsonInterpreter, JsonReport } from "./json.ts";

type Found = JsonInterpreter["requirements"][number];

/** Writes the report as KTAP. */
export function ktapReport({ interpreters, meaning }: JsonReport): string {
  const lines = ["KTAP version 1", `1..${interpreters.length}`, `# ${oneLine(meaning)}`];
  for (const [at, of] of interpreters.entries()) {
    const { name, title, version, interpreter, requirements, notes, headline, apart } = of;
    lines.push("  KTAP version 1", `  # Subtest: ${oneLine(name)}`, `  1..${requirements.length}`);
    lines.push(`  # ${oneLine([title, version, interpreter].filter((text) => text !== "").join(", "))}`);
    lines.push(...notes.map((note) => `  # ${oneLine(note)}`));
    lines.push(`  # ${headline}`, `  # ${apart}`);
    for (const [index, found] of requirements.entries()) {
      lines.push(...diagnostics(found).map((text) => `  # ${text}`), `  ${result(index + 1, found)}`);
    }
    lines.push(whole(at + 1, of));
  }
  return `${lines.join("\n")}\n`;
}

/** What was not tried as a whole is a test that was skipped, and neither passed nor failed. */
function whole(number: number, { name, outcome, conclusion }: JsonInterpreter): string {
  const head = `${outcome === "does not conform" ? "not ok" : "ok"} ${number} ${oneLine(name)}`;
  return `${head} # ${outcome === "not all tried" ? "SKIP " : ""}${oneLine(conclusion)}`;
}

/** The lines before a result, which belong to it: each case that is broken or noted. */
function diagnostics({ id, verdict, cases }: Found): string[] {
  if (verdict !== "broken" && verdict !== "noted") return [];
  return cases
    .filter((each) => each.verdict === verdict)
    .map(({ entry, reason }) => oneLine(`${id}: ${entry}: ${reason}`));
}

function result(number: number, { id, verdict, level, cases }: Found): string {
  const said = oneLine(reasonOf(verdict, cases));
  switch (verdict) {
    case "holds":
      return `ok ${number} ${id}`;
    case "broken":
      // A SHOULD is expected to be broken by some: KTAP has XFAIL for that.
      return isFailure({ verdict, level })
        ? `not ok ${number} ${id} # ${said}`
        : `ok ${number} ${id} # XFAIL ${said}`;
    case "noted":
      return `ok ${number} ${id} # ${said}`;
    case "skipped":
      return `ok ${number} ${id} # SKIP ${said}`;
    case "not offered":
      return `ok ${number} ${id} # SKIP ${VERDICTS[verdict].word}: ${said}`;
  }
}

function reasonOf(verdict: Verdict, cases: Found["cases"]): string {
  return cases.find((each) => each.verdict === verdict)?.reason ?? "";
}

/** Makes one line of a text, without number signs, which begin directives, and without control characters. */
function oneLine(text: string): string {
  return text
    .replaceAll("#", "♯")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}
