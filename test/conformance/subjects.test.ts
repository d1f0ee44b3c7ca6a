/** Does the kit find each defect, all that it breaks and nothing else; and nothing where there is none? */
import { describe, expect, test } from "vitest";
import { idsWith, judged, needsEverything, SUBJECT_ADAPTER, subject } from "./kit.ts";
import { MUTANTS, SOUND } from "./subject/subjects.ts";

const QUICK = ["--timeout", "2", "--jobs", "3"];

describe("with a defect", () => {
  for (const { defect, breaks } of MUTANTS) {
    test(defect, async (context) => {
      needsEverything(context);
      const report = await judged(["--adapter", `${SUBJECT_ADAPTER}=${subject(context, defect)}`, ...QUICK]);
      expect(idsWith(report, "broken")).toEqual([...breaks].sort());
      expect(report.interpreters[0]?.conforms).toBe(!hasMust(report, breaks));
    });
  }
});

describe("sound", () => {
  for (const variant of SOUND) {
    test(variant, async (context) => {
      needsEverything(context);
      const report = await judged(["--adapter", `${SUBJECT_ADAPTER}=${subject(context, variant)}`, ...QUICK]);
      expect(idsWith(report, "broken")).toEqual([]);
      expect(idsWith(report, "skipped")).toEqual([]);
      expect(report.interpreters[0]?.conforms).toBe(true);
      const choice = report.interpreters[0]?.requirements.find(({ id }) => id === "fault.securebits");
      const answer = variant === "FAILS_OPEN_WITHOUT_SECUREBITS" ? "open" : "closed";
      expect(choice?.cases[0]?.reason).toMatch(new RegExp(`^${answer}:`));
    });
  }
});

test("who refuses by never ending is killed, and that is no refusal", async (context) => {
  needsEverything(context);
  const hanging = subject(context, "REFUSES_BY_HANGING");
  const adapter = `${SUBJECT_ADAPTER}=${hanging}`;
  const report = await judged(["--adapter", adapter, "--only", "snippet", "--timeout", "1"]);
  expect(idsWith(report, "broken")).toEqual(["snippet.mode-3", "snippet.mode-4"]);
  expect(report.interpreters[0]?.requirements[2]?.cases[0]?.reason).toContain("it did not end");
});

type Report = Awaited<ReturnType<typeof judged>>;

function hasMust(report: Report, ids: readonly string[]): boolean {
  return (report.interpreters[0]?.requirements ?? []).some(
    ({ id, level }) => level === "MUST" && ids.includes(id),
  );
}
