/** The report for a terminal. */
import { printable } from "../../exec-check/exec-check.ts";
import {
  byRequirement,
  type Case,
  type Findings,
  type RequirementFinding,
  tally,
} from "../findings/findings.ts";
import { type LooksAlways, looksAlways } from "../findings/looks-always.ts";
import { scopeOf } from "../findings/scope.ts";
import { painted, VERDICTS, type Verdict } from "../findings/verdict.ts";
import { MODES } from "../requirements/expectations.ts";
import type { Requirement } from "../requirements/requirement.ts";
import { tableRows } from "../requirements/table-rows.ts";
import { apart, conclusion, headline, isBrokenIn, MEANING, notes, repair } from "./sentences.ts";

/** No wider than most terminals. */
const MEANING_LINES: readonly string[] = (MEANING.match(/.{1,118}(?: |$)/g) ?? []).map((line) =>
  line.trimEnd(),
);

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
  const { name, title, interpreter, version } = findings.subject;
  const scope = scopeOf(findings);
  const lines = [
    printable([title, version, interpreter].filter((text) => text !== "").join(", ")),
    ...notes(findings).map(printable),
    headline(scope),
    "",
    ...(channels.length === 0
      ? []
      : [`${"".padEnd(width)}  ${MODES.map((mode) => `mode ${mode}`).join("  ")}`]),
    ...channels.map(({ id, modes }) => `${id.padEnd(width)}  ${modes.map(cell).join("")}`.trimEnd()),
    ...(others.length === 0 ? [] : [""]),
    ...others.map(({ id, alone }) => `${id.padEnd(width)}  ${cell(alone)}`.trimEnd()),
    "",
    ...explained(all, looksAlways(findings), options.details, paint),
    ...MEANING_LINES,
    "",
    summary(findings),
    `${name}: ${headline(scope)}; ${apart(scope)}`,
    `${name}: ${conclusion(scope)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/** One line for each requirement that is broken or noted; with details, each case besides. */
function explained(
  all: readonly RequirementFinding[],
  looks: LooksAlways | undefined,
  details: boolean,
  paint: (verdict: Verdict, text: string) => string,
): string[] {
  const isBroken = isBrokenIn(all.map(({ requirement: { id }, verdict }) => ({ id, verdict })));
  const mark = (verdict: Verdict) => paint(verdict, VERDICTS[verdict].mark);
  const isFolded = ({ id }: Requirement) => looks?.ids.has(id) === true;
  const lines = all.flatMap(({ requirement, verdict, cases }) => [
    ...(details
      ? cases.map(
          (each) =>
            `${mark(each.verdict)} ${requirement.id} [${each.entry}] (${requirement.level}): ${printable(each.reason)}`,
        )
      : []),
    ...((verdict === "broken" && !isFolded(requirement)) || (verdict === "noted" && !details)
      ? [
          `${mark(verdict)} ${inOneLine(requirement, verdict, cases, details)}${verdict === "broken" ? ` ${repair(requirement, isBroken)}` : ""}`,
        ]
      : []),
  ]);
  const skipped = Map.groupBy(
    all.filter(({ verdict }) => verdict === "skipped"),
    ({ cases }) => cases.find(({ verdict }) => verdict === "skipped")?.reason ?? "",
  );
  const why = [...skipped].map(
    ([reason, found]) =>
      `${mark("skipped")} ${found.map(({ requirement }) => requirement.id).join(" ")}: ${printable(reason)}`,
  );
  const folded =
    looks === undefined
      ? []
      : [
          `${mark("broken")} ${looks.ids.size} requirements: looks like a build that always enforces: use --always ${looks.always.join(",")}`,
        ];
  return lines.length + why.length === 0 ? [] : [...folded, ...lines, ...(details ? [] : why), ""];
}

/** How many cases came to this, what the first of them did. */
function inOneLine(
  requirement: Requirement,
  verdict: Verdict,
  cases: readonly Case[],
  details: boolean,
): string {
  const alike = cases.filter((each) => each.verdict === verdict);
  const [first] = alike as [Case];
  const count = cases.length === 1 ? "1 case" : `${alike.length} of ${cases.length} cases`;
  const reason = details ? "" : ` [${first.entry}] ${printable(first.reason)}.`;
  return `${requirement.id} (${requirement.level}, ${count}):${reason}`;
}

/** How many requirements came to which verdict, whatever their level. */
export function summary(findings: Findings): string {
  const { holds, skipped, notOffered, brokenMust, brokenShould } = tally(findings);
  return (
    `${findings.subject.name}: ${holds} hold, ${brokenMust + brokenShould} broken ` +
    `(${brokenMust} MUST, ${brokenShould} SHOULD), ${skipped} skipped, ${notOffered} not offered; ` +
    `${findings.cases.length} cases in ${(findings.ms / 1000).toFixed(1)} s`
  );
}
