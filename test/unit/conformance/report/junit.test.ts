/** JUnit XML, read by a parser of XML. */
import { expect, test } from "vitest";
import { junitReport } from "../../../../src/conformance/report/junit.ts";
import { MEANING } from "../../../../src/conformance/report/sentences.ts";
import { HARD_REPORT } from "../../../support/hard-report.ts";
import { type Element, parseXml } from "../../../support/parse-xml.ts";

test("is well-formed, whatever was printed, and counts right", (context) => {
  const [tag, all, , suites] = parseXml(context, junitReport(HARD_REPORT));
  expect(tag).toBe("testsuites");
  expect(all).toMatchObject({ tests: "13", failures: "1", errors: "0", time: "3.000" });
  // The Jenkins xunit plugin's junit-10.xsd knows no such attribute here.
  expect(all).not.toHaveProperty("skipped");
  expect(suites.map(([, { name, tests, failures, skipped }]) => [name, tests, failures, skipped])).toEqual([
    ["it", "6", "1", "2"],
    ["other", "7", "0", "3"],
  ]);
  const [[, , , [properties, ...cases]], [, , , [, whole]]] = suites as [Element, Element];
  expect(properties?.[3].map(([, { name, value }]) => [name, value])).toEqual([
    ["refused when it had to", "0 of 2"],
    ["MUST tried", "2 of 190"],
    ["apart", expect.stringContaining("1 of 1 ran")],
    ["conclusion", "does not conform: 1 MUST broken, 2 of 190 MUST tried"],
    ["meaning", MEANING],
    ["notes", expect.stringMatching(/^declared /)],
  ]);
  // What was not tried as a whole is a test that was skipped.
  expect([whole?.[1].name, whole?.[3][0]?.[0]]).toEqual(["all MUST tried", "skipped"]);
  expect(whole?.[3][0]?.[1].message).toContain("2 of 190 MUST tried");
  expect(cases.map(([, { name, classname }, , [child]]) => [classname, name, child?.[0]])).toEqual([
    ["it", "file.executable.mode-1", undefined],
    ["it", "file.not-executable.mode-2", "failure"],
    ["it", "stream.fifo.mode-3", "system-out"],
    ["it", "snippet.mode-3", "skipped"],
    ["it", "option.executable.mode-1", "skipped"],
    ["it", "fault.securebits", "system-out"],
  ]);
  const failure = cases[1]?.[3][0] as Element;
  expect(failure[1].message).toContain(
    `it ran: <b a="1">&amp; ]]> ' \\x1b[31m \\x0\\x7\\x7f\\x9b # SKIP \\xfffe`,
  );
  expect(failure[1].message).toContain("\r\nsecond line\ttab");
  expect(failure[2]).toContain("marker: 123456789");
  expect(failure[2]).toContain("What it says. Likely: a cause; see docs/");
});

/**
 * What the strictest reader knows, the schema junit-10.xsd of the Jenkins xunit plugin: for each element its attributes, with
 * an asterisk those that it must have, and its children.
 */
const KNOWN: Readonly<Record<string, readonly [attributes: string, children: string]>> = {
  testsuites: ["name time tests failures errors", "testsuite"],
  testsuite: [
    "name* tests* failures* errors* group time skipped timestamp hostname id package file log url",
    "testsuite properties testcase system-out system-err",
  ],
  properties: ["", "property"],
  property: ["name* value*", ""],
  testcase: ["name* time classname group", "skipped error failure system-out system-err"],
  failure: ["type message", ""],
  error: ["type message", ""],
  skipped: ["type message", ""],
  "system-out": ["", ""],
  "system-err": ["", ""],
};

/** Its times have at most three digits in a group, and blanks nowhere. */
const TIME = /^(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?$/;

function strange([tag, attributes, , children]: Element): string[] {
  const [known = "", inside = ""] = KNOWN[tag] ?? [];
  const names = known.split(" ");
  const must = names.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  return [
    ...Object.keys(attributes).filter((name) => !names.includes(name) && !must.includes(name)),
    ...must.filter((name) => attributes[name] === undefined),
    ...(TIME.test(attributes.time ?? "0") ? [] : [`${tag} time`]),
    ...children.flatMap((child) => (inside.split(" ").includes(child[0]) ? strange(child) : [child[0]])),
  ];
}

test("has nothing that its strictest schema does not know", (context) => {
  expect(strange(parseXml(context, junitReport(HARD_REPORT)))).toEqual([]);
  expect(strange(parseXml(context, "<testsuites skipped='1' time='a'><testcase/></testsuites>"))).toEqual([
    "skipped",
    "testsuites time",
    "testcase",
  ]);
});
