/** JUnit XML, read by a parser of XML. */
import { expect, test } from "vitest";
import { junitReport } from "../../../../src/conformance/report/junit.ts";
import { HARD_REPORT } from "../../../support/hard-report.ts";
import { type Element, parseXml } from "../../../support/parse-xml.ts";

test("is well-formed, whatever was printed, and counts right", (context) => {
  const [tag, all, , suites] = parseXml(context, junitReport(HARD_REPORT));
  expect(tag).toBe("testsuites");
  expect(all).toMatchObject({ tests: "12", failures: "1", errors: "0", skipped: "4", time: "3.000" });
  expect(suites.map(([, { name, tests, failures, skipped }]) => [name, tests, failures, skipped])).toEqual([
    ["it", "6", "1", "2"],
    ["other", "6", "0", "2"],
  ]);
  const [, , , cases] = suites[0] as Element;
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
});
