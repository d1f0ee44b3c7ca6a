/** The report for a terminal: what a person wants to see first. */
import { printable } from "../../exec-check/exec-check.ts";
import { byRequirement, type Findings, type RequirementFinding, tally } from "../findings/findings.ts";
import type { Verdict } from "../findings/verdict.ts";
import type { Requirement } from "../requirements/requirements.ts";

const MARKS: Readonly<Record<Verdict, string>> = {
  holds: "ok",
  broken: "BROKEN",
  skipped: "skip",
  "not offered": "-",
  noted: "noted",
};

const COLOURS: Readonly<Record<Verdict, string>> = {
  holds: "\x1b[32m",
  broken: "\x1b[1;31m",
  skipped: "\x1b[33m",
  "not offered": "\x1b[2m",
  noted: "\x1b[36m",
};

/** One interpreter: a table of the channels by mode, then the rest in lines, then what is broken, with its reason. */
export function matrix(findings: Findings, options: { colour: boolean; details: boolean }): string {
  const all = byRequirement(findings);
  const channels = all.filter(({ requirement }) => requirement.proof.by === "channel");
  const others = all.filter(({ requirement }) => requirement.proof.by !== "channel");
  const rows = Map.groupBy(channels, ({ requirement }) => channelId(requirement));
  const width = Math.max(
    20,
    ...[...rows.keys(), ...others.map(({ requirement }) => requirement.id)].map((id) => id.length),
  );
  const paint = (verdict: Verdict, text: string) =>
    options.colour ? `${COLOURS[verdict]}${text}\x1b[0m` : text;
  const cell = (found: RequirementFinding | undefined) =>
    found === undefined ? "".padEnd(8) : paint(found.verdict, MARKS[found.verdict].padEnd(8));
  const { title, interpreter, version } = findings.subject;
  const lines = [
    printable([title, version, interpreter].filter((text) => text !== "").join(", ")),
    "",
    ...(rows.size === 0 ? [] : [`${"".padEnd(width)}  mode 1  mode 2  mode 3  mode 4`]),
    ...[...rows].map(([id, found]) => {
      const cells = [1, 2, 3, 4].map((mode) =>
        cell(found.find(({ requirement }) => modeOf(requirement) === mode)),
      );
      return `${id.padEnd(width)}  ${cells.join("")}`.trimEnd();
    }),
    ...(others.length === 0 ? [] : [""]),
    ...others.map((found) => `${found.requirement.id.padEnd(width)}  ${cell(found)}`.trimEnd()),
    "",
    ...explained(all, options.details, paint),
    summary(findings),
  ];
  return `${lines.join("\n")}\n`;
}

/** Always what is broken and noted; with details, every case. */
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
          `${paint(each.verdict, MARKS[each.verdict])} ${requirement.id} [${each.entry}] (${requirement.level}): ${printable(each.reason)}`,
      ),
  );
  const skipped = Map.groupBy(
    all.filter(({ verdict }) => verdict === "skipped"),
    ({ cases }) => cases.find(({ verdict }) => verdict === "skipped")?.reason ?? "",
  );
  const why = [...skipped].map(
    ([reason, found]) =>
      `${paint("skipped", "skip")} ${found.map(({ requirement }) => requirement.id).join(" ")}: ${printable(reason)}`,
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

function channelId({ id }: Requirement): string {
  return id.replace(/\.mode-\d$/, "");
}

function modeOf({ proof }: Requirement): number {
  return proof.by === "channel" ? proof.mode : 0;
}
