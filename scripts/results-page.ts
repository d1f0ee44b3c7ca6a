/** docs/results.md, made of docs/results.json. `npm run docs` writes it anew; a test tells when it has drifted. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Findings } from "../src/conformance/findings/findings.ts";
import { type Outcome, outcomeOf, type Scope, scopeOf } from "../src/conformance/findings/scope.ts";
import { VERDICTS, type Verdict } from "../src/conformance/findings/verdict.ts";
import { kindOf } from "../src/conformance/requirements/aim.ts";
import { GROUPS } from "../src/conformance/requirements/groups.ts";
import type { Requirement } from "../src/conformance/requirements/requirement.ts";
import { REQUIREMENTS } from "../src/conformance/requirements/requirements.ts";
import { tableRows } from "../src/conformance/requirements/table-rows.ts";
import { type Results, readResults } from "./results.ts";
import { table } from "./table.ts";

export const PAGE = join(import.meta.dirname, "../docs/results.md");

const SIGNS = Object.fromEntries(
  Object.entries(VERDICTS).map(([verdict, { sign }]) => [verdict, sign]),
) as Record<Verdict, string>;

/** What stands for a requirement that does not exist in a mode, or was not yet judged by. */
const NONE = "·";

/** The page. */
export function resultsPage(results: Results): string {
  const { kit, date, kernel, interpreters } = results;
  const groups = [...Map.groupBy(REQUIREMENTS, ({ group }) => GROUPS[group])];
  const heads = interpreters.map(({ name }) => name);
  return `# How interpreters do today

<!-- Made by \`npm run docs\` from results.json, which \`npm run results\` records: not to be edited by hand. -->

Recorded on ${date} with exec-conformance ${kit} on Linux ${kernel}, as root, with everything that the judge can do.
An interpreter that asks nothing still holds wherever nothing has to be refused: what counts is how many were refused when
they had to be. An interpreter that conforms obeys, and no more: [what has to lie
underneath](use-in-ci.md#what-may-be-called-conforming).
What each is tried with is its [adapter](../adapters).

${table(
  [
    "interpreter",
    "version",
    "refused when it had to",
    "MUST",
    "SHOULD",
    "not offered",
    "skipped",
    "broken MUST",
    "verdict",
  ],
  interpreters.map((each, at) => summary(each, countsOf(results, REQUIREMENTS, at), results, at)),
)}
How many of the requirements that were tried hold, MUST and SHOULD together. **Bold**: all of them. ${SIGNS["not offered"]}: the interpreter
takes no code in this way, as far as its adapter knows. ${SIGNS.skipped}: it could not be tried.

${table(
  ["", ...heads],
  groups.map(([group, of]) => [group, ...interpreters.map((_, at) => share(countsOf(results, of, at)))]),
)}
${alike(results)}
## By requirement

Four signs are the four modes: neither bit, \`RESTRICT_FILE\`, \`DENY_INTERACTIVE\`, both. ${SIGNS.holds} holds, ${SIGNS.broken} broken, ${SIGNS.skipped} could not
be tried (mostly: it does not run in mode 1 either), ${SIGNS["not offered"]} not offered, ${SIGNS.noted} left open and so not judged, ${NONE} no requirement.
[What each asks for](requirements.md).

${groups.map(([group, of]) => `### ${group}\n\n${table(["", ...heads], rowsOf(results, of))}`).join("\n")}`;
}

interface Counts {
  readonly held: number;
  readonly broken: number;
  readonly skipped: number;
  readonly notOffered: number;
}

const isJudged = ({ level }: Requirement) => level !== "CHOICE";

function countsOf({ verdicts }: Results, of: readonly Requirement[], at: number): Counts {
  const count = (letter: string) =>
    of.filter((each) => isJudged(each) && verdicts[each.id]?.[at] === letter).length;
  return {
    held: count(VERDICTS.holds.letter),
    broken: count(VERDICTS.broken.letter),
    skipped: count(VERDICTS.skipped.letter),
    notOffered: count(VERDICTS["not offered"].letter),
  };
}

function share({ held, broken, skipped }: Counts): string {
  const tried = held + broken;
  if (tried === 0) return SIGNS[skipped > 0 ? "skipped" : "not offered"];
  return broken === 0 ? `**${held}**` : `${held} of ${tried}`;
}

function summary(
  { name, title, version, date }: Results["interpreters"][number],
  { skipped, notOffered }: Counts,
  results: Results,
  at: number,
): string[] {
  const of = (level: string) =>
    countsOf(
      results,
      REQUIREMENTS.filter((each) => each.level === level),
      at,
    );
  const [must, should] = [of("MUST"), of("SHOULD")];
  const scope = scopeOf(findingsOf(results, at));
  return [
    `${title} (${name})${date === undefined ? "" : `, recorded on ${date}`}`,
    /\d+\.\d+[\w.~+-]*/.exec(version)?.[0] ?? "–",
    `${scope.refuse.held} of ${scope.refuse.of}`,
    share(must),
    share(should),
    ...[notOffered, skipped, must.broken].map(String),
    OUTCOMES[outcomeOf(scope)](scope, should.broken > 0),
  ];
}

const OUTCOMES: Readonly<Record<Outcome, (scope: Scope, isShouldBroken: boolean) => string>> = {
  conforms: (_, isShouldBroken) => (isShouldBroken ? "conforms, but for SHOULD" : "**conforms**"),
  "does not conform": () => "no",
  "not all tried": ({ tried, of }) => `${tried} of ${of} MUST tried`,
};

/** What was recorded of one interpreter, as a run finds it. */
function findingsOf({ interpreters, verdicts }: Results, at: number): Findings {
  const { name, title, version } = interpreters[at] as Results["interpreters"][number];
  const cases = REQUIREMENTS.flatMap(({ id }) => {
    const verdict = verdictOf(verdicts[id]?.[at]);
    return verdict === undefined ? [] : [{ id, entry: "", verdict, reason: "", evidence: [] }];
  });
  const offered = new Set(cases.filter(({ verdict }) => verdict !== "not offered").map(({ id }) => id));
  const named = REQUIREMENTS.filter(({ id, proof }) => proof.by === "channel" && offered.has(id));
  const kinds = [...new Set(named.flatMap((each) => kindOf(each) ?? []))];
  return { subject: { name, title, version, interpreter: "", given: [], kinds }, cases, ms: 0 };
}

function verdictOf(letter: string | undefined): Verdict | undefined {
  return (Object.keys(VERDICTS) as Verdict[]).find((verdict) => VERDICTS[verdict].letter === letter);
}

function signOf(letter: string | undefined): string {
  return Object.values(VERDICTS).find((each) => each.letter === letter)?.sign ?? NONE;
}

/** The channels have their four modes in one cell. */
function rowsOf({ verdicts, interpreters }: Results, of: readonly Requirement[]): string[][] {
  return tableRows(of).map((row) => {
    const inCell = "alone" in row ? [row.alone] : row.modes;
    const cells = interpreters.map((_, at) => {
      const signs = inCell.map((each) => (each === undefined ? NONE : signOf(verdicts[each.id]?.[at])));
      const isOffered = signs.some((sign) => sign !== NONE && sign !== SIGNS["not offered"]);
      return isOffered ? signs.join("") : SIGNS["not offered"];
    });
    return [link(row.id), ...cells];
  });
}

const link = (id: string): string => `[${id}](requirements.md#${id})`;

/** Interpreters with the same verdict on everything: of two builds of one, a reader wants to know. */
function alike({ interpreters, verdicts }: Results): string {
  const column = (at: number) =>
    Object.values(verdicts)
      .map((letters) => letters[at])
      .join("");
  const same = Map.groupBy(interpreters.keys(), column);
  return [...same.values()]
    .filter((each) => each.length > 1)
    .map(
      (each) => `The same verdict on everything: ${each.map((at) => interpreters[at]?.name).join(", ")}.\n`,
    )
    .join("\n");
}

if (import.meta.main) writeFileSync(PAGE, resultsPage(readResults()));
