/** JUnit XML, as CI systems read it: a suite for each interpreter, a test case for each requirement. */
import { isFailure, isUntried } from "../findings/verdict.ts";
import type { JsonReport } from "./json.ts";

/** Writes the report as JUnit XML. */
export function junitReport({ interpreters, date }: JsonReport): string {
  const whole = { tests: 0, failures: 0, skipped: 0, ms: 0 };
  const suites = interpreters.map(({ name, requirements, ms }) => {
    const tests = requirements.map(({ id, level, verdict, cases }) => {
      const head = `    <testcase classname="${xml(name)}" name="${xml(id)}" time="${seconds(cases)}"`;
      const bad = cases.filter((each) => each.verdict === verdict);
      const reason = bad[0]?.reason ?? "";
      if (isFailure({ verdict, level })) {
        const text = bad.map((each) => `${each.entry}: ${each.reason}\n${evidence(each)}`).join("\n");
        return `${head}>\n      <failure type="${level}" message="${xml(reason)}">${xml(text)}</failure>\n    </testcase>`;
      }
      if (isUntried(verdict)) return `${head}>\n      <skipped message="${xml(reason)}"/>\n    </testcase>`;
      const remark = verdict === "holds" ? "" : `${level} ${verdict}: ${reason}`;
      return remark === ""
        ? `${head}/>`
        : `${head}>\n      <system-out>${xml(remark)}</system-out>\n    </testcase>`;
    });
    const count = (isCounted: (found: Found) => boolean) =>
      requirements.filter((found) => isCounted(found)).length;
    const failures = count(isFailure);
    const skipped = count(({ verdict }) => isUntried(verdict));
    whole.tests += requirements.length;
    whole.failures += failures;
    whole.skipped += skipped;
    whole.ms += ms;
    return (
      `  <testsuite name="${xml(name)}" tests="${requirements.length}" failures="${failures}" errors="0" ` +
      `skipped="${skipped}" time="${(ms / 1000).toFixed(3)}" timestamp="${date.slice(0, 19)}">\n${tests.join("\n")}\n  </testsuite>`
    );
  });
  const { tests, failures, skipped, ms } = whole;
  const counts = `tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}" time="${(ms / 1000).toFixed(3)}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="exec-conformance" ${counts}>\n${suites.join("\n")}\n</testsuites>\n`;
}

type Found = JsonReport["interpreters"][number]["requirements"][number];
type Cases = Found["cases"];

function seconds(cases: Cases): string {
  const ms = cases.reduce((sum, each) => sum + (each.evidence[0]?.ms ?? 0), 0);
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
