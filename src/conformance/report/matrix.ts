/** The report for a terminal. */
import { printable } from "../../exec-check/exec-check.ts";
import { byRequirement, type Findings, type RequirementFinding, tally } from "../findings/findings.ts";
import { painted, VERDICTS, type Verdict } from "../findings/verdict.ts";
import { MODES } from "../requirements/expectations.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { tableRows } from "../requirements/table-rows.ts";

/** The matrix of one interpreter: the channels by mode, the other requirements, and the reasons of what is broken. */
export function matrix(findings: Findings, options: { colour: boolean; details: boolean }): string {
  const all = byRequirement(findings);
  const found = new Map<Requirement | undefined, RequirementFinding>(
    all.map((each) => [each.requirement, each]),
  );
  const rows = tableRows(all.map(({ requirement }) => requirement));
  const channels = rows.filter((row) => "modes" in row);
  const others = rows.filter((row) => "alone" in row);
  const width = Math.max(20, ...rows.map(({ id }) => id.length));
  const paint = (verdict: Verdict, text: string) => (options.colour ? painted(verdict, text) : text);
  const cell = (of: Requirement | undefined) => {
    const verdict = found.get(of)?.verdict;
    return verdict === undefined ? "".padEnd(8) : paint(verdict, VERDICTS[verdict].mark.padEnd(8));
  };
  const { title, interpreter, version } = findings.subject;
  const lines = [
    printable([title, version, interpreter].filter((text) => text !== "").join(", ")),
    "",
    ...(channels.length === 0
      ? []
      : [`${"".padEnd(width)}  ${MODES.map((mode) => `mode ${mode}`).join("  ")}`]),
    ...channels.map(({ id, modes }) => `${id.padEnd(width)}  ${modes.map(cell).join("")}`.trimEnd()),
    ...(others.length === 0 ? [] : [""]),
    ...others.map(({ id, alone }) => `${id.padEnd(width)}  ${cell(alone)}`.trimEnd()),
    "",
    ...explained(all, options.details, paint),
    summary(findings),
  ];
  return `${lines.join("\n")}\n`;
}

/** The reasons: of what is broken or noted; with details, of every case. */
function explained(
  all: readonly RequirementFinding[],
  details: boolean,
  paint: (verdict: Verdict, text: string) => string,
): string[] {
  const lines = all.flatMap(({ requirement, cases }) =>
    cases
      .filter(({ verdict }) => details || verdict === "broken" || verdict === "noted")
      .map(
        (each) =>
          `${paint(each.verdict, VERDICTS[each.verdict].mark)} ${requirement.id} [${each.entry}] (${requirement.level}): ${printable(each.reason)}`,
      ),
  );
  const skipped = Map.groupBy(
    all.filter(({ verdict }) => verdict === "skipped"),
    ({ cases }) => cases.find(({ verdict }) => verdict === "skipped")?.reason ?? "",
  );
  const why = [...skipped].map(
    ([reason, found]) =>
      `${paint("skipped", VERDICTS.skipped.mark)} ${found.map(({ requirement }) => requirement.id).join(" ")}: ${printable(reason)}`,
  );
  return lines.length + why.length === 0 ? [] : [...lines, ...(details ? [] : why), ""];
}

export function summary(findings: Findings): string {
  const { holds, skipped, notOffered, brokenMust, brokenShould } = tally(findings);
  return (
    `${findings.subject.name}: ${holds} hold, ${brokenMust + brokenShould} broken ` +
    `(${brokenMust} MUST, ${brokenShould} SHOULD), ${skipped} skipped, ${notOffered} not offered; ` +
    `${findings.cases.length} cases in ${(findings.ms / 1000).toFixed(1)} s`
  );
}
