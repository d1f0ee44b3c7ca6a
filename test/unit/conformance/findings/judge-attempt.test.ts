/** Every verdict and its reason, from made-up observations. */
import { describe, expect, test } from "vitest";
import type { Observation } from "../../../../src/conformance/attempt/observation.ts";
import { judgeAttempt } from "../../../../src/conformance/findings/judge-attempt.ts";

type Ended = Partial<Observation["ended"]>;

/** The part of an observation that the verdict depends on. */
function observed(mode: 1 | 2 | 3 | 4, ran: boolean | "partly", how: Ended = {}): Observation {
  const ended = { hung: false, signal: null, status: 1, stderr: "", ...how };
  return { mode, ran: ran === true, ranPartly: ran !== false, ended } as unknown as Observation;
}

const control = observed(1, true, { status: 0 });
const SCRIPT = { kind: "script", form: "not-executable" } as const;
const TO_REFUSE = { way: SCRIPT, expect: "refuse", level: "MUST" } as const;
const TO_RUN = { way: SCRIPT, expect: "run", level: "MUST" } as const;

describe("what is to be refused", () => {
  test.each([
    [false, {}, "holds", "nothing of it ran; it ended with status 1"],
    [
      false,
      { stderr: "no\nmore\n" },
      "holds",
      'nothing of it ran; it ended with status 1, saying "no" and at last "more"',
    ],
    [true, {}, "broken", "it ran: its marker was observed; it ended with status 1"],
    ["partly", {}, "broken", "a part of it ran; it ended with status 1"],
    [
      false,
      { hung: true },
      "broken",
      "nothing of it ran, but it did not end and was killed: that is no refusal",
    ],
    [
      false,
      { hung: true, isOutOfTime: true, ms: 10_012 },
      "broken",
      "nothing of it ran, but it did not end within 10 s (--timeout), and was killed: that is no refusal",
    ],
    [
      false,
      { signal: "SIGSEGV", status: null },
      "broken",
      "nothing of it ran, but it was ended by SIGSEGV: that is no refusal",
    ],
    [false, { status: 0 }, "broken", "nothing of it ran, but it ended with status 0, as if all were well"],
  ] as const)("ran: %s, %j", (ran, how, verdict, reason) => {
    expect(judgeAttempt(TO_REFUSE, observed(4, ran, how as Ended), control)).toEqual({ verdict, reason });
  });

  describe("a run may go on without what is optional, if what it is optional to runs", () => {
    const beside = (seen: Observation, besideRan: boolean) => ({ ...seen, besideRan });
    const both = beside(control, true);
    test.each([
      [
        0,
        true,
        both,
        "holds",
        "nothing of it ran, and what it was handed over beside did; it ended with status 0",
      ],
      [
        3,
        true,
        both,
        "holds",
        "nothing of it ran, and what it was handed over beside did; it ended with status 3",
      ],
      [0, false, both, "broken", "nothing of it ran, but it ended with status 0, as if all were well"],
      [
        0,
        true,
        beside(control, false),
        "broken",
        "nothing of it ran, but it ended with status 0, as if all were well",
      ],
    ] as const)("status %s, it ran: %s", (status, besideRan, by, verdict, reason) => {
      const seen = beside(observed(4, false, { status }), besideRan);
      expect(judgeAttempt(TO_REFUSE, seen, by)).toEqual({ verdict, reason });
    });
  });

  test.each([
    [true, "holds", "it was read from its beginning, and ran as a whole"],
    [
      false,
      "broken",
      "it ran from where standard input stood, without what stands before that; it ended with status 0",
    ],
  ] as const)("a part of a file: with what stands before it, %s", (besideRan, verdict, reason) => {
    const part = { ...TO_REFUSE, way: { kind: "stdin", form: "offset" } as const };
    const seen = { ...observed(3, true, { status: 0 }), besideRan };
    expect(judgeAttempt(part, seen, control)).toEqual({ verdict, reason });
  });
});

describe("what is to run", () => {
  test.each([
    [true, {}, "holds", "its marker was observed"],
    [
      false,
      { notStarted: "ENOENT" },
      "broken",
      "it should have run, and its marker was not observed; it could not be started: ENOENT",
    ],
  ] as const)("ran: %s, %j", (ran, how, verdict, reason) => {
    expect(judgeAttempt(TO_RUN, observed(2, ran, how), control)).toEqual({ verdict, reason });
  });
});

test("a startup file may be refused with the prompt that it belongs to", () => {
  const asked = { ...TO_RUN, isBehindPrompt: true };
  expect(judgeAttempt(asked, observed(3, true), control).verdict).toBe("holds");
  expect(judgeAttempt(asked, observed(3, false), control)).toEqual({
    verdict: "holds",
    reason:
      "nothing of it ran: the prompt that it belongs to is refused in this mode; it ended with status 1",
  });
  expect(judgeAttempt({ ...asked, expect: "refuse" }, observed(4, true), control).verdict).toBe("broken");
});

describe("in mode 1", () => {
  const not = "its marker was not observed, though nothing is restricted; it did not end and was killed";
  test.each([
    ["MUST", true, "holds", "its marker was observed"],
    ["MUST", false, "broken", not],
    // What is not a requirement in mode 1 serves as the control of others.
    [null, false, "skipped", not],
  ] as const)("%s, ran: %s", (level, ran, verdict, reason) => {
    const attempt = observed(1, ran, { hung: true });
    expect(judgeAttempt({ ...TO_RUN, level }, attempt, attempt)).toEqual({ verdict, reason });
  });
});

describe("nothing is proved", () => {
  const missing = { missing: "there is no Landlock" };
  const skipped = { verdict: "skipped", reason: missing.missing };

  test("where it could not be tried", () => {
    expect(judgeAttempt(TO_REFUSE, missing, control)).toEqual(skipped);
    expect(judgeAttempt(TO_REFUSE, observed(4, false), missing)).toEqual(skipped);
  });

  test("where it does not run unrestricted either", () => {
    const dead = observed(1, false, { signal: "SIGILL", status: null });
    expect(judgeAttempt(TO_REFUSE, observed(4, false), dead)).toEqual({
      verdict: "skipped",
      reason: "the control failed: in mode 1 it does not run either; it was ended by SIGILL",
    });
  });
});

test("a choice is noted, whichever way it went", () => {
  const choice = { ...TO_REFUSE, level: "CHOICE" } as const;
  expect(judgeAttempt(choice, observed(3, true), control)).toEqual({ verdict: "noted", reason: "it ran" });
  expect(judgeAttempt(choice, observed(3, false), control)).toEqual({
    verdict: "noted",
    reason: "nothing of it ran; it ended with status 1",
  });
});

describe("a build that always enforces a bit is judged in the mode that it obeys", () => {
  const NO_CONTROL = { missing: "no control" } as const;
  const asMode4 = (expect: "run" | "refuse", more = {}) =>
    ({ way: SCRIPT, expect, level: "MUST", obeyed: 4, ...more }) as const;
  test.each([
    ["refused, and its executable form runs", asMode4("refuse"), observed(1, false), control, "holds"],
    ["it runs in mode 1, which is its own control", asMode4("refuse"), observed(1, true), control, "broken"],
    ["it runs, which needs no control", asMode4("refuse"), observed(3, true), NO_CONTROL, "broken"],
    ["refused, without a control", asMode4("refuse"), observed(1, false), NO_CONTROL, "skipped"],
    ["what has to run does not, even in mode 1", asMode4("run"), observed(1, false), NO_CONTROL, "broken"],
    ["what has to run, in another mode", asMode4("run"), observed(2, false), NO_CONTROL, "skipped"],
    [
      "behind a prompt that is refused in every mode",
      asMode4("run", { isBehindPrompt: true }),
      observed(1, false),
      NO_CONTROL,
      "skipped",
    ],
    [
      "behind such a prompt, and it runs with a twin",
      asMode4("run", { isBehindPrompt: true }),
      observed(1, false),
      control,
      "holds",
    ],
    ["a choice", asMode4("run", { level: "CHOICE" }), observed(1, false), control, "noted"],
  ] as const)("%s", (_, asked, seen, by, verdict) => {
    expect(judgeAttempt(asked, seen, by).verdict).toBe(verdict);
  });
});
