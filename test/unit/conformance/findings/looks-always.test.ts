/** Builds that always enforce a bit, as they are found when nobody has said so. */
import { describe, expect, test } from "vitest";
import type { Case, Evidence, Findings } from "../../../../src/conformance/findings/findings.ts";
import { looksAlways } from "../../../../src/conformance/findings/looks-always.ts";
import { type Enforced, modeObeyed } from "../../../../src/conformance/requirements/always.ts";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";

const REFUSED = { ran: false, hung: false, signal: null, status: 1 };
type End = typeof REFUSED | { [K in keyof typeof REFUSED]: unknown };

/** What is found in mode 1 of a build that enforces this, where what it refuses ends so. */
function found(always: readonly Enforced[], end: End = REFUSED): Findings {
  const cases = REQUIREMENTS.flatMap(({ id, proof }): Case[] => {
    if (proof.by !== "channel" || proof.mode !== 1) return [];
    const runs = proof.channel.expect[modeObeyed(1, always) - 1] === "run";
    const evidence = [(runs ? { ...REFUSED, ran: true, status: 0 } : end) as unknown as Evidence];
    return [{ id, entry: proof.channel.kind, verdict: runs ? "holds" : "broken", reason: "", evidence }];
  });
  return {
    subject: { name: "it", title: "It", interpreter: "/it", version: "", given: [], kinds: [] },
    cases,
    ms: 1,
  };
}

describe("a build that always enforces", () => {
  test.each([[["restrict-file"]], [["deny-interactive"]], [["restrict-file", "deny-interactive"]]] as const)(
    "%j",
    (always) => {
      const findings = found(always);
      const looks = looksAlways(findings);
      expect(looks?.always).toEqual(always);
      const broken = findings.cases.filter(({ verdict }) => verdict === "broken").map(({ id }) => id);
      expect([...(looks?.ids ?? [])].sort()).toEqual(broken.sort());
    },
  );
});

describe("is something else where", () => {
  const both = ["restrict-file", "deny-interactive"] as const;
  test("nothing is refused", () => expect(looksAlways(found([]))).toBeUndefined());
  test.each([
    ["code ran", { ...REFUSED, ran: true }],
    ["it hangs", { ...REFUSED, hung: true }],
    ["it crashes", { ...REFUSED, signal: "SIGSEGV" }],
    ["all is said to be well", { ...REFUSED, status: 0 }],
  ])("%s", (_, end) => expect(looksAlways(found(both, end))).toBeUndefined());

  test("it has been declared", () => {
    const { subject, ...rest } = found(both);
    expect(looksAlways({ subject: { ...subject, always: both }, ...rest })).toBeUndefined();
  });

  test("one source of a kind runs all the same", () => {
    const { cases, ...rest } = found(["restrict-file"]);
    const but = cases.map((each) =>
      each.id === "module.noexec-mount.mode-1" ? { ...each, verdict: "holds" as const } : each,
    );
    expect(looksAlways({ ...rest, cases: but })).toBeUndefined();
  });

  test("everything is refused", () => {
    const { cases, ...rest } = found(both);
    const all = cases.map((each) => ({
      ...each,
      verdict: "broken" as const,
      evidence: [REFUSED as unknown as Evidence],
    }));
    expect(looksAlways({ ...rest, cases: all })).toBeUndefined();
  });
});
