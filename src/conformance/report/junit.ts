/** JUnit XML, as CI systems read it: a suite for each interpreter, a test case for each requirement. */
import { isFailure, isUntried } from "../findings/verdict.ts";
import type { JsonInterpreter, JsonReport } from "./json.ts";

/** Writes the report as JUnit XML. */
export function junitReport({ interpreters, date, meaning }: JsonReport): string {
  const suites = interpreters.map((of) => suite(of, date, meaning));
  const sum = (of: "tests" | "failures" | "ms") => suites.reduce((all, each) => all + each[of], 0);
  // No `skipped` here: the Jenkins xunit plugin's junit-10.xsd knows none on the whole.
  const counts = `tests="${sum("tests")}" failures="${sum("failures")}" errors="0" time="${inSeconds(sum("ms"))}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="exec-conformance" ${counts}>\n${suites.map(({ text }) => text).join("\n")}\n</testsuites>\n`;
}

function suite(of: JsonInterpreter, date: string, meaning: string) {
  const { name, requirements, ms, must, outcome, notes, apart, conclusion } = of;
  const properties = {
    "refused when it had to": `${must.refuse.held} of ${must.refuse.of}`,
    "MUST tried": `${must.tried} of ${must.of}`,
    apart,
    conclusion,
    meaning,
    ...(notes.length === 0 ? {} : { notes: notes.join("; ") }),
  };
  const isWhole = outcome !== "not all tried";
  const cases = [
    ...(isWhole
      ? []
      : [
          `    <testcase classname="${xml(name)}" name="all MUST tried" time="0.000">\n      <skipped message="${xml(conclusion)}"/>\n    </testcase>`,
        ]),
    ...requirements.map((found) => testCase(name, found)),
  ];
  const count = (isCounted: (found: Found) => boolean) =>
    requirements.filter((found) => isCounted(found)).length;
  const failures = count(isFailure);
  const skipped = count(({ verdict }) => isUntried(verdict)) + (isWhole ? 0 : 1);
  const text = `  <testsuite name="${xml(name)}" tests="${cases.length}" failures="${failures}" errors="0" skipped="${skipped}" time="${inSeconds(ms)}" timestamp="${date.slice(0, 19)}">
    <properties>
${Object.entries(properties)
  .map(([name, value]) => `      <property name="${xml(name)}" value="${xml(value)}"/>`)
  .join("\n")}
    </properties>
${cases.join("\n")}
  </testsuite>`;
  return { text, tests: cases.length, failures, ms };
}

function testCase(name: string, { id, level, verdict, cases, repair }: Found): string {
  const head = `    <testcase classname="${xml(name)}" name="${xml(id)}" time="${seconds(cases)}"`;
  const bad = cases.filter((each) => each.verdict === verdict);
  const reason = bad[0]?.reason ?? "";
  if (isFailure({ verdict, level })) {
    const text = [
      ...bad.map((each) => `${each.entry}: ${each.reason}\n${evidence(each)}`),
      ...(repair === undefined ? [] : [repair]),
    ].join("\n");
    return `${head}>\n      <failure type="${level}" message="${xml(reason)}">${xml(text)}</failure>\n    </testcase>`;
  }
  if (isUntried(verdict)) return `${head}>\n      <skipped message="${xml(reason)}"/>\n    </testcase>`;
  if (verdict === "holds") return `${head}/>`;
  return `${head}>\n      <system-out>${xml(`${level} ${verdict}: ${reason}`)}</system-out>\n    </testcase>`;
}

type Found = JsonInterpreter["requirements"][number];
type Cases = Found["cases"];

function seconds(cases: Cases): string {
  return inSeconds(cases.reduce((sum, each) => sum + (each.evidence[0]?.ms ?? 0), 0));
}

function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function evidence({ evidence: [first] }: Cases[number]): string {
  if (first === undefined) return "";
  const { command, mode, marker, status, stdout, stderr } = first;
  return `mode ${mode}: ${JSON.stringify(command)}\nmarker: ${marker}\nstatus: ${status}\nstdout: ${stdout}\nstderr: ${stderr}\n`;
}

/** Escapes text for XML 1.0, which cannot hold most control characters: their code is written instead. */
function xml(text: string): string {
  return (
    text
      .replace(
        /[^\P{Cc}\t\n\r]|[\ufffe\uffff\p{Cs}]/gu,
        (character) => `\\x${character.charCodeAt(0).toString(16)}`,
      )
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // A parser turns these into blanks in an attribute, and a carriage return into a line feed everywhere.
      .replaceAll("\t", "&#9;")
      .replaceAll("\n", "&#10;")
      .replaceAll("\r", "&#13;")
  );
}
