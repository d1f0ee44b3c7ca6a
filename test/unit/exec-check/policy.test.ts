/** The table of sources, row by row. Expectations come from the rules, bit values from the kernel's header. */
import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import { type CheckResult, type Decision, decide, type Source } from "../../../src/exec-check/exec-check.ts";

const RESTRICT_FILE = 0x100;
const DENY_INTERACTIVE = 0x400;
const MODES = [0, RESTRICT_FILE, DENY_INTERACTIVE, RESTRICT_FILE | DENY_INTERACTIVE];

const run: Decision = { run: true };
const file: Decision = { run: false, because: ["SECBIT_EXEC_RESTRICT_FILE"] };
const interactive: Decision = { run: false, because: ["SECBIT_EXEC_DENY_INTERACTIVE"] };
const both: Decision = {
  run: false,
  because: ["SECBIT_EXEC_RESTRICT_FILE", "SECBIT_EXEC_DENY_INTERACTIVE"],
};

type Row = readonly [Source, "passes" | "fails", mode1: Decision, Decision, Decision, mode4: Decision];

// biome-ignore format: one row a source, one column a mode.
const TABLE: readonly Row[] = [
  ["file",    "passes", run, run,  run,         run],
  ["file",    "fails",  run, file, run,         file],
  ["stream",  "passes", run, run,  run,         run],
  ["stream",  "fails",  run, file, interactive, both],
  ["stdin",   "passes", run, run,  run,         run],
  ["stdin",   "fails",  run, run,  interactive, interactive],
  ["snippet", "fails",  run, run,  interactive, interactive],
];

/** Every errno that a kernel can give (up to MAX_ERRNO), and the failure that there is nothing to check. */
const FAILURES: readonly CheckResult[] = [
  "nothing",
  ...Array.from({ length: 4095 }, (_, index) => index + 1),
];

/** Every securebit but the two; the lock bits of the two; bits that have no name yet; all of these. */
const NOISE = [0, 0xff, 0x200, 0x800, 0xa00, 0x1000, 0x40000000, ~(RESTRICT_FILE | DENY_INTERACTIVE)];

describe.each(TABLE)("%s whose check %s", (source, check, ...modes) => {
  test.each([1, 2, 3, 4])("in mode %i", (mode) => {
    const bits = MODES[mode - 1] as number;
    const wrong = NOISE.flatMap((noise) =>
      (check === "passes" ? [0] : FAILURES)
        .map((outcome) => ({ noise, outcome, decision: decide(source, outcome, bits | noise) }))
        .filter(({ decision }) => !isDeepStrictEqual(decision, modes[mode - 1])),
    );
    expect(wrong).toEqual([]);
  });
});

test("lock bits alone restrict nothing", () => {
  expect(decide("file", 13, 0xa00)).toEqual(run);
  expect(decide("snippet", "nothing", 0xa00)).toEqual(run);
});
