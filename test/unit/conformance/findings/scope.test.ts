/** What a run may say that left something out, and what it counts. */
import { describe, expect, test } from "vitest";
import type { Findings } from "../../../../src/conformance/findings/findings.ts";
import { isWhole, outcomeOf, scopeOf } from "../../../../src/conformance/findings/scope.ts";
import type { Verdict } from "../../../../src/conformance/findings/verdict.ts";
import { aimOf, kindOf } from "../../../../src/conformance/requirements/aim.ts";
import type { Requirement } from "../../../../src/conformance/requirements/requirement.ts";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";
import { KINDS, type Kind } from "../../../../src/conformance/requirements/ways.ts";

const ALL = Object.keys(KINDS) as Kind[];
const MUST = REQUIREMENTS.filter(({ level }) => level === "MUST");

/** What an interpreter did whose adapter names these kinds. */
function found(kinds: readonly Kind[], verdictOf: (of: Requirement) => Verdict | undefined): Findings {
  const cases = REQUIREMENTS.flatMap((each) => {
    const kind = kindOf(each);
    const isNamed = kind === undefined || kinds.includes(kind);
    const verdict = isNamed ? verdictOf(each) : "not offered";
    return verdict === undefined ? [] : [{ id: each.id, entry: "", verdict, reason: "", evidence: [] }];
  });
  return {
    subject: { name: "it", title: "It", interpreter: "/it", version: "", given: ["it"], kinds },
    cases,
    ms: 0,
  };
}

const outcome = (...args: Parameters<typeof found>) => outcomeOf(scopeOf(found(...args)));

describe("the outcome", () => {
  test("conforms: all that applies was tried and holds", () => {
    expect(outcome(ALL, () => "holds")).toBe("conforms");
    expect(outcome(["script", "stdin", "snippet"], () => "holds")).toBe("conforms");
  });

  test("one MUST that was skipped, or left out by --only, is one too many", () => {
    for (const verdict of ["skipped", undefined] as const)
      for (const one of MUST)
        expect(
          outcome(ALL, (of) => (of === one ? verdict : "holds")),
          one.id,
        ).toBe("not all tried");
  });

  test("a SHOULD or a CHOICE that was not tried changes nothing", () => {
    expect(outcome(ALL, ({ level }) => (level === "MUST" ? "holds" : "skipped"))).toBe("conforms");
  });

  test.each([["script"], ["stdin"], ["snippet"]] as const)(
    "an adapter with %s alone names too little",
    (kind) => {
      expect(outcome([kind], () => "holds")).toBe("not all tried");
    },
  );

  test("one that is broken, however little was tried", () => {
    expect(outcome(ALL, ({ id }) => (id === "file.not-executable.mode-2" ? "broken" : undefined))).toBe(
      "does not conform",
    );
  });

  test("nothing tried", () => {
    const scope = scopeOf(found(ALL, () => undefined));
    expect(scope).toMatchObject({ of: MUST.length, tried: 0, untried: MUST.length, outside: 0 });
    expect(isWhole(scope)).toBe(false);
  });
});

test("what had to be refused is counted apart from what had to run, and from how the kernel is asked", () => {
  // An interpreter that never asks.
  const scope = scopeOf(found(ALL, (of) => (aimOf(of) === "run" ? "holds" : "broken")));
  expect(scope.refuse).toEqual({ of: scope.broken - scope.call.of, held: 0, untried: 0 });
  expect(scope.run).toEqual({ of: MUST.length - scope.broken, held: scope.run.of, untried: 0 });
  expect(scope.call).toMatchObject({ held: 0, untried: 0 });
  expect(Math.min(scope.refuse.of, scope.run.of, scope.call.of)).toBeGreaterThan(0);
});

test("kinds that the adapter does not name are outside, with --only or without", () => {
  const whole = scopeOf(found(["script", "stdin"], () => "holds"));
  const part = scopeOf(found(["script", "stdin"], () => undefined));
  expect(whole.outside).toBeGreaterThan(0);
  expect(part).toMatchObject({
    outside: whole.outside,
    untried: whole.tried,
    refuse: { of: whole.refuse.of },
  });
});
