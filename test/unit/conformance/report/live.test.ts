import { describe, expect, test } from "vitest";
import { liveLines } from "../../../../src/conformance/report/live.ts";
import { REQUIREMENTS } from "../../../../src/conformance/requirements/requirements.ts";

describe("the live matrix", () => {
  const state = {
    name: "it",
    wanted: REQUIREMENTS,
    cases: [{ id: "stream.fifo.mode-3", entry: "", verdict: "broken", reason: "", evidence: [] }],
    done: 100,
    of: 200,
    secondsLeft: 120,
  } as const;

  test.each([40, 80, 200])("%i columns wide", (columns) => {
    const lines = liveLines(state, columns);
    expect(lines.filter((line) => line.length >= columns)).toEqual([]);
    expect(lines.filter((line) => !/^(\[|[a-z-]+ +[.X]| +[.X]| {9,}\.|\+ holds)/.test(line))).toEqual([]);
    expect(lines.join("").match(/X/g)?.length).toBe(2);
    expect(lines.filter((line) => line.startsWith(" ")).length > 0).toBe(columns < 100);
    expect(lines[0]).toContain("[############------------] it: 10");
  });

  test("fits on a terminal of 80 columns and 24 lines", () => {
    const lines = liveLines(state, 80);
    expect(lines.length).toBeLessThan(24);
    expect(lines[0]).toContain("100 of 200 cases, about 2 min left");
    expect(lines.find((line) => line.startsWith("stream "))).toMatch(/^stream +(\.{3} +){3}\.X\. +\.{3}$/);
  });
});
