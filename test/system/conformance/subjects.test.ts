/** The kit finds each defect, with all that it breaks and nothing else; in a sound subject it finds nothing. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REQUIREMENTS } from "../../../src/conformance/requirements/requirements.ts";
import { EXEC_CONFORMANCE } from "../../support/programs.ts";
import { idsWith, judged, needsEverything, SUBJECT_ADAPTER, subject } from "./kit.ts";
import { KERNEL_SAMPLE, MUTANTS, SOUND } from "./subject/subjects.ts";

// No subject hangs, so the time limit matters on a busy machine alone.
const QUICK = ["--timeout", "30", "--jobs", "3"];
/** The executable: a run starts its launcher for each case, and this one starts fastest. */
const SOONEST = { program: EXEC_CONFORMANCE };

describe("with a defect", () => {
  for (const { defect, breaks } of MUTANTS) {
    test(defect, async (context) => {
      needsEverything(context);
      const adapter = `${SUBJECT_ADAPTER}=${subject(context, defect)}`;
      const report = await judged(["--adapter", adapter, ...QUICK], SOONEST);
      expect(idsWith(report, "broken")).toEqual([...breaks].sort());
      expect(report.interpreters[0]?.conforms).toBe(!hasMust(report, breaks));
    });
  }
});

describe("sound", () => {
  for (const variant of SOUND) {
    test(variant, async (context) => {
      needsEverything(context);
      const adapter = `${SUBJECT_ADAPTER}=${subject(context, variant)}`;
      const report = await judged(["--adapter", adapter, ...QUICK], SOONEST);
      expect(idsWith(report, "broken")).toEqual([]);
      expect(idsWith(report, "skipped")).toEqual([]);
      expect(report.interpreters[0]?.conforms).toBe(true);
      const choice = report.interpreters[0]?.requirements.find(({ id }) => id === "fault.securebits");
      const answer = variant === "FAILS_OPEN_WITHOUT_SECUREBITS" ? "open" : "closed";
      expect(choice?.cases[0]?.reason).toMatch(new RegExp(`^${answer}:`));
    });
  }
});

test("what reads in a way that no trace shows is not said to hold", async (context) => {
  needsEverything(context);
  const adapter = `${SUBJECT_ADAPTER}=${subject(context, "SPLICES_BEFORE_THE_CHECK")}`;
  const report = await judged(["--adapter", adapter, "--only", "check", ...QUICK], SOONEST);
  expect(idsWith(report, "broken")).toEqual([]);
  expect(idsWith(report, "skipped")).toEqual(["check.before-read", "check.descriptor"]);
});

test("an interpreter that hangs instead of refusing is killed, and that does not count as a refusal", async (context) => {
  needsEverything(context);
  const hanging = subject(context, "REFUSES_BY_HANGING");
  const adapter = `${SUBJECT_ADAPTER}=${hanging}`;
  const report = await judged(["--adapter", adapter, "--only", "snippet", "--timeout", "1"]);
  expect(idsWith(report, "broken")).toEqual(["snippet.mode-3", "snippet.mode-4"]);
  expect(report.interpreters[0]?.requirements[2]?.cases[0]?.reason).toContain("it did not end");
});

// Not a skip: the sample does not belong to this project.
const sample = process.env.KERNEL_SAMPLE;
test.skipIf(sample === undefined)(
  "the kernel's sample, in the folder that KERNEL_SAMPLE names",
  async (context) => {
    needsEverything(context);
    const report = await judged([`kernel-sample=${join(sample as string, "inc")}`]);
    for (const [verdict, ids] of Object.entries(KERNEL_SAMPLE))
      expect(idsWith(report, verdict), verdict).toEqual([...ids].sort());
    const named = Object.values(KERNEL_SAMPLE).reduce((sum, ids) => sum + ids.length, 0);
    expect(idsWith(report, "holds").length).toBe(REQUIREMENTS.length - named);
    expect(report.interpreters[0]?.conforms).toBe(true);
    const choice = report.interpreters[0]?.requirements.find(({ id }) => id === "fault.securebits");
    expect(choice?.cases[0]?.reason).toMatch(/^closed:/);
  },
);

type Report = Awaited<ReturnType<typeof judged>>;

function hasMust(report: Report, ids: readonly string[]): boolean {
  return (report.interpreters[0]?.requirements ?? []).some(
    ({ id, level }) => level === "MUST" && ids.includes(id),
  );
}
