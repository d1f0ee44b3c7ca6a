/** No report, in any format, says more than was found out; each says what its verdicts mean. */
import { describe, expect, test } from "vitest";
import type { Findings } from "../../../../src/conformance/findings/findings.ts";
import type { Verdict } from "../../../../src/conformance/findings/verdict.ts";
import { jsonReport } from "../../../../src/conformance/report/json.ts";
import { matrix } from "../../../../src/conformance/report/matrix.ts";
import { REPORT_KINDS, WRITERS } from "../../../../src/conformance/report/writers.ts";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";
import { KINDS, type Kind } from "../../../../src/conformance/requirements/ways.ts";

/** An interpreter with this verdict on all requirements whose ids begin so, and on no others. */
function findings(begin: string, verdict: Verdict): Findings {
  const kinds = Object.keys(KINDS) as Kind[];
  const cases = REQUIREMENTS.filter(({ id }) => id.startsWith(begin)).flatMap(({ id }) =>
    ["a", "b"].map((entry) => ({ id, entry, verdict, reason: "as it was seen", evidence: [] })),
  );
  return {
    subject: { name: "it", title: "It", interpreter: "/it", version: "", given: ["it"], kinds },
    cases,
    ms: 0,
  };
}

const FORMATS = {
  terminal: (of: Findings) => matrix(of, { colour: false, details: false }),
  details: (of: Findings) => matrix(of, { colour: false, details: true }),
  ...Object.fromEntries(
    REPORT_KINDS.map((kind) => [
      kind,
      (of: Findings) => WRITERS[kind](jsonReport([of], 0, "2026-01-02T03:04:05.678Z")),
    ]),
  ),
};

/** The words that a reader sees: without the rules and the key of the JSON report that name every outcome. */
const seen = (text: string) =>
  text
    .replace(/<style>.*<\/style>/s, "")
    .replace(/<script>.*<\/script>/s, "")
    .replace('"conforms": false', "")
    .replaceAll(/\s+/g, " ");

const MUST = REQUIREMENTS.filter(({ level }) => level === "MUST").length;
const COUNT = REQUIREMENTS.filter(({ id, level }) => id.startsWith("snippet") && level === "MUST").length;

describe.each(Object.entries(FORMATS))("%s", (_, write) => {
  const whole = seen(write(findings("", "holds")));
  const part = seen(write(findings("snippet", "holds")));
  const broken = seen(write(findings("", "broken")));

  test("a run that left something out never says that it conforms; it says of how many", () => {
    expect(whole).toContain("conforms");
    expect(part).not.toContain("conforms");
    expect(part).toContain(`${COUNT} of ${MUST} MUST tried`);
    expect(broken).not.toContain("conforms");
  });

  test("says how many were refused that had to be", () => {
    expect(whole).toMatch(/refused when it had to\W+(value=")?(\d+) of \2\b/i);
    expect(broken).toMatch(/refused when it had to\W+(value=")?0 of \d+/i);
  });

  test("says what holds means, and promises nothing", () => {
    for (const text of [whole, part, broken]) {
      expect(text).toContain("obeys");
      expect(text).toContain("noexec");
      expect(text).not.toMatch(/\b(protect\w*|secure|safe)\b/i);
    }
  });
});

test("the terminal: one line for each requirement that is broken, with how many cases", () => {
  const lines = matrix(findings("snippet", "broken"), { colour: false, details: false }).split("\n");
  expect(lines.filter((line) => line.startsWith("BROKEN"))).toEqual([
    expect.stringMatching(
      /^BROKEN snippet\.mode-1 \(MUST, 2 of 2 cases\): \[a\] as it was seen\. In mode 1, .* Likely: .*; see docs\/.*#.*\.$/,
    ),
    ...[2, 3, 4].map((mode) => expect.stringContaining(`snippet.mode-${mode} `)),
  ]);
});

test("the terminal: the last line is what the run comes to", () => {
  const last = (of: Findings) => matrix(of, { colour: false, details: false }).trimEnd().split("\n").at(-1);
  expect(last(findings("", "holds"))).toMatch(/^it: conforms: all \d+ MUST/);
  expect(last(findings("snippet", "holds"))).toContain(`${COUNT} of ${MUST} MUST tried`);
  expect(last(findings("", "broken"))).toContain(`does not conform: ${MUST} MUST broken`);
});
