/** KTAP, as kselftest and its parsers read it (Documentation/dev-tools/ktap.rst): a subtest for each interpreter. */
import type { Verdict } from "./judge.ts";
import type { JsonReport } from "./report-json.ts";

export function ktapReport({ interpreters }: JsonReport): string {
  const lines = ["KTAP version 1", `1..${interpreters.length}`];
  for (const [at, { name, requirements, conforms }] of interpreters.entries()) {
    lines.push("  KTAP version 1", `  1..${requirements.length}`);
    for (const [index, { id, verdict, level, cases }] of requirements.entries()) {
      const reason = cases.find((each) => each.verdict === verdict)?.reason ?? "";
      lines.push(`  ${line(index + 1, id, verdict, level, reason)}`);
    }
    lines.push(`${conforms ? "ok" : "not ok"} ${at + 1} ${name}`);
  }
  return `${lines.join("\n")}\n`;
}

function line(number: number, id: string, verdict: Verdict, level: string, reason: string): string {
  const said = oneLine(reason);
  switch (verdict) {
    case "holds":
      return `ok ${number} ${id}`;
    case "broken":
      // What is hardening and not law is known not to be everybody's: KTAP has XFAIL for it.
      return level === "MUST" ? `not ok ${number} ${id} # ${said}` : `ok ${number} ${id} # XFAIL ${said}`;
    case "noted":
      return `ok ${number} ${id} # ${said}`;
    case "skipped":
      return `ok ${number} ${id} # SKIP ${said}`;
    case "not offered":
      return `ok ${number} ${id} # SKIP not offered`;
  }
}

/** A number sign would begin another directive. */
function oneLine(text: string): string {
  return text.replaceAll("#", "♯").replace(/\s+/g, " ").trim();
}
