import { expect, test } from "vitest";
import { badge } from "../../../../src/conformance/report/badge.ts";
import type { JsonReport } from "../../../../src/conformance/report/json.ts";
import { HARD_REPORT } from "../../../support/hard-report.ts";
import { parseXml } from "../../../support/parse-xml.ts";

test.each([
  ["conforms", [1]],
  ["3 of 4 MUST", [0, 1]],
  ["nothing tried", []],
])("the badge says: %s", (value, chosen) => {
  const interpreters = HARD_REPORT.interpreters.filter((_, at) => (chosen as number[]).includes(at));
  const nothing = { ...HARD_REPORT.interpreters[0], requirements: [] } as JsonReport["interpreters"][number];
  const svg = badge({ ...HARD_REPORT, interpreters: interpreters.length === 0 ? [nothing] : interpreters });
  expect(svg).toContain(`<title>exec check: ${value}</title>`);
  expect(svg).toContain(`aria-label="exec check: ${value}"`);
  expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|href/);
});

test("the badge is well-formed", (context) => {
  expect(parseXml(context, badge(HARD_REPORT))[0]).toBe("{http://www.w3.org/2000/svg}svg");
});
