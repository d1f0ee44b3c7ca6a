/** The strip of an interpreter's groups: what was not tried is never taken for what holds. */
import { expect, test } from "vitest";
import type { Verdict } from "../../../../../src/conformance/findings/verdict.ts";
import type { JsonInterpreter } from "../../../../../src/conformance/report/json.ts";
import { summaryCard } from "../../../../../src/conformance/report/page/summary.ts";
import { REQUIREMENTS } from "../../../../../src/conformance/requirements/requirements.ts";
import { HARD_REPORT } from "../../../../support/hard-report.ts";

const SNIPPET = REQUIREMENTS.filter(({ group }) => group === "snippet");

test.each<[readonly Verdict[], string, string]>([
  [["holds", "holds", "holds", "holds"], "holds", "4 of 4"],
  [["holds", "holds", "skipped", "skipped"], "skipped", "2 of 2, 2 not tried"],
  [["holds", "skipped", "broken", "skipped"], "broken", "1 of 2, 2 not tried"],
  [["skipped", "skipped", "skipped", "skipped"], "skipped", "skipped"],
  [["not offered", "not offered", "not offered", "not offered"], "not-offered", "not offered"],
])("%j", (verdicts, kind, text) => {
  const [first] = HARD_REPORT.interpreters as [JsonInterpreter];
  const requirements = SNIPPET.map(({ id, level }, at) => ({
    id,
    level,
    verdict: verdicts[at] as Verdict,
    cases: [],
  }));
  const card = summaryCard({ ...first, requirements }, SNIPPET);
  expect(card).toMatch(
    new RegExp(`<a class="v ${kind}" href="#group-snippet"[^>]*>.* snippet <span>${text}</span>`),
  );
});
