/** What the page says of how an attempt ended. */
import { expect, test } from "vitest";
import { htmlReport } from "../../../../../src/conformance/report/page/page.ts";
import { HARD_REPORT } from "../../../../support/hard-report.ts";

/** The page of a report in which every attempt ended like this. */
function pageWith(ended: {
  status?: number | null;
  signal?: string;
  hung?: boolean;
  ran?: boolean;
  stdout?: string;
}) {
  const report = structuredClone(HARD_REPORT);
  for (const { requirements } of report.interpreters)
    for (const { cases } of requirements)
      for (const { evidence } of cases) for (const each of evidence) Object.assign(each, ended);
  return htmlReport(report);
}

test.each([
  [{ status: 3, ran: true }, "status 3; marker 123456789: observed\n"],
  [{ status: 3, ran: false }, "status 3; marker 123456789: not observed\n"],
  [{ status: null, signal: "SIGSEGV" }, "ended by SIGSEGV; marker"],
  [{ status: null, signal: "SIGKILL", hung: true }, "killed: it did not end; marker"],
])("%j", (ended, words) => {
  expect(pageWith(ended)).toContain(words);
});

test("where nothing was printed, no output is shown", () => {
  expect(pageWith({ stdout: "printed" })).toContain("standard output: printed");
  expect(pageWith({ stdout: " \n" })).not.toContain("standard output:");
});
