/** What --write-expect writes, --expect takes. */
import { expect, test } from "vitest";
import type { Findings } from "../../../../src/conformance/findings/findings.ts";
import {
  compare,
  readKnownFailures,
  writeKnownFailures,
} from "../../../../src/conformance/findings/known-failures.ts";
import type { Verdict } from "../../../../src/conformance/findings/verdict.ts";

const subject = { title: "", interpreter: "/it", version: "", given: ["it"], kinds: [] };
const of = (name: string, verdicts: Readonly<Record<string, Verdict>>): Findings => ({
  subject: { ...subject, name },
  cases: Object.entries(verdicts).map(([id, verdict]) => ({
    id,
    entry: "",
    verdict,
    reason: "it ran # twice\r\nin a line\x1b[m",
    evidence: [],
  })),
  ms: 0,
});

const ALL = [
  of("zsh", { "snippet.mode-4": "broken", "snippet.mode-3": "broken", "stream.fifo.mode-3": "broken" }),
  of("dash", { "snippet.mode-3": "broken", "snippet.mode-1": "holds" }),
];

test.each([true, false])("a later run passes with it, strict: %s", (strict) => {
  const read = readKnownFailures(writeKnownFailures(ALL, strict));
  if ("wrong" in read) throw new Error(JSON.stringify(read.wrong));
  for (const findings of ALL)
    expect(compare(findings, read.known, strict)).toEqual({ worse: [], better: [] });
});

test("sorted, each with its reason, and nothing that is no failure", () => {
  expect(writeKnownFailures(ALL, false).trimEnd().split("\n").slice(1)).toEqual([
    "dash snippet.mode-3  # MUST: it ran # twice in a line [m",
    "zsh snippet.mode-3  # MUST: it ran # twice in a line [m",
    "zsh snippet.mode-4  # MUST: it ran # twice in a line [m",
  ]);
  expect(writeKnownFailures(ALL, true)).toContain("zsh stream.fifo.mode-3  # SHOULD");
});

test("an id that had an errno in it is refused with what to write instead", () => {
  expect(readKnownFailures("dash fault.ENOSYS.script.mode-1\nfault.E2BIG.nothing.mode-1\n")).toEqual({
    wrong: [
      { line: 1, wrong: "old id", id: "fault.ENOSYS.script.mode-1", now: "fault.script.mode-1" },
      { line: 2, wrong: "id", id: "fault.E2BIG.nothing.mode-1" },
    ],
  });
});
