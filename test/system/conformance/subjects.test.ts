/** The kit finds each defect, with all that it breaks and nothing else; in a sound subject it finds nothing. */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { REQUIREMENTS } from "../../../src/conformance/requirements/requirements.ts";
import { EXEC_CONFORMANCE } from "../../support/programs.ts";
import { idsWith, judged, needsEverything, SUBJECT_ADAPTER, subject } from "./kit.ts";
import { FAULTS_ARE_TRIED, judgedBy, KERNEL_SAMPLE, MUTANTS, SOUND } from "./subject/subjects.ts";

// No subject hangs, so the time limit matters on a busy machine alone.
const QUICK = ["--timeout", "30", "--jobs", "3"];
/** The executable: a run starts its launcher for each case, and this one starts fastest. */
const SOONEST = { program: EXEC_CONFORMANCE };

describe("with a defect", () => {
  for (const mutant of MUTANTS) {
    test(mutant.defect, async (context) => {
      needsEverything(context);
      const adapter = `${SUBJECT_ADAPTER}=${subject(context, mutant.defect)}`;
      const report = await judged(["--adapter", adapter, ...only(judgedBy(mutant)), ...QUICK], SOONEST);
      const tried = report.interpreters[0]?.requirements.map(({ id }) => id) ?? [];
      const breaks = mutant.breaks.filter((id) => tried.includes(id));
      expect(breaks.length, "of what it breaks, something is tried").toBeGreaterThan(0);
      expect(idsWith(report, "broken")).toEqual(breaks.sort());
      expect(report.interpreters[0]?.outcome === "does not conform").toBe(hasMust(report, breaks));
    });
  }
});

describe("sound", () => {
  for (const variant of SOUND) {
    test(variant, async (context) => {
      needsEverything(context);
      const adapter = `${SUBJECT_ADAPTER}=${subject(context, variant)}`;
      const isWhole = variant === "SOUND";
      const ids = isWhole
        ? []
        : judgedBy({ breaks: FAULTS_ARE_TRIED.includes(variant) ? ["fault.script."] : [] });
      const report = await judged(["--adapter", adapter, ...only(ids), ...QUICK], SOONEST);
      expect(idsWith(report, "broken")).toEqual([]);
      expect(idsWith(report, "skipped")).toEqual([]);
      if (isWhole) expect(report.interpreters[0]?.conforms).toBe(true);
      const choice = report.interpreters[0]?.requirements.find(({ id }) => id === "fault.securebits");
      const answer = variant === "FAILS_OPEN_WITHOUT_SECUREBITS" ? "open" : "closed";
      // Of a file whose check fails, and of code without a descriptor.
      expect(choice?.cases.map(({ reason }) => reason.split(":", 1)[0])).toEqual([answer, answer]);
    });
  }
});

function only(ids: readonly string[]): string[] {
  return ids.flatMap((id) => ["--only", id]);
}

test("what reads in a way that no trace shows is not said to hold", async (context) => {
  needsEverything(context);
  const adapter = `${SUBJECT_ADAPTER}=${subject(context, "SPLICES_BEFORE_THE_CHECK")}`;
  const report = await judged(["--adapter", adapter, "--only", "check", ...QUICK], SOONEST);
  expect(idsWith(report, "broken")).toEqual([]);
  expect(idsWith(report, "skipped")).toEqual(["check.before-read", "check.descriptor"]);
});

test("of an interpreter that its user may execute and not read, nothing is said that a trace would have to show", async (context) => {
  needsEverything(context);
  const unreadable = subject(context, "UNREADABLE");
  chmodSync(unreadable, 0o711);
  const adapter = `${SUBJECT_ADAPTER}=${unreadable}`;
  const ids = ["check", "fault.script", "fault.module"];
  const report = await judged(["--adapter", adapter, "--as-user", "65534", ...only(ids), ...QUICK]);
  expect(idsWith(report, "broken")).toEqual([]);
  expect(idsWith(report, "holds")).toEqual(["fault.script.mode-1", "fault.script.mode-2"]);
  expect(report.interpreters[0]?.requirements[0]?.cases[0]?.reason).toMatch(/its memory cannot be read/);
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
