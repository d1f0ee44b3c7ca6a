import { expect, test } from "vitest";
import { badge, badgeFile } from "../../../../src/conformance/report/badge.ts";
import type { JsonInterpreter } from "../../../../src/conformance/report/json.ts";
import { HARD_REPORT } from "../../../support/hard-report.ts";
import { parseXml } from "../../../support/parse-xml.ts";

const [first] = HARD_REPORT.interpreters as [JsonInterpreter];
const all = { ...first.must, tried: 163, of: 203, broken: 0 };

test.each<[string, Partial<JsonInterpreter>]>([
  [
    "refused when it had to: 75 of 75, conforms",
    { outcome: "conforms", must: { ...all, refuse: { of: 75, held: 75, untried: 0 } } },
  ],
  [
    "refused when it had to: 0 of 75, does not conform",
    { outcome: "does not conform", must: { ...all, refuse: { of: 75, held: 0, untried: 2 } } },
  ],
  [
    "refused when it had to: 9 of 75, 43 of 203 MUST tried",
    { outcome: "not all tried", must: { ...all, tried: 43, refuse: { of: 75, held: 9, untried: 66 } } },
  ],
])("the badge says: %s", (value, found) => {
  const svg = badge({ ...HARD_REPORT, interpreters: [{ ...first, ...found }] });
  expect(svg).toContain(`<title>exec check: ${value}</title>`);
  expect(svg).toContain(`aria-label="exec check: ${value}"`);
  expect(svg.includes("conforms")).toBe(found.outcome === "conforms");
  expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|href/);
});

test("of several interpreters, each has a badge of its own", () => {
  expect(badgeFile("out/exec.svg", "dash-2")).toBe("out/exec-dash-2.svg");
  expect(badgeFile("badge", "dash")).toBe("badge-dash");
});

test("the badge is well-formed", (context) => {
  expect(parseXml(context, badge(HARD_REPORT))[0]).toBe("{http://www.w3.org/2000/svg}svg");
});
