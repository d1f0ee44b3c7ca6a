/** KTAP, read by a strict reader. */
import { expect, test } from "vitest";
import { ktapReport } from "../../../../src/conformance/report/ktap.ts";
import { HARD_REPORT } from "../../../support/hard-report.ts";
import { readKtap } from "../../../support/read-ktap.ts";

test("says of each requirement what was found", () => {
  const [it, other, ...rest] = readKtap(ktapReport(HARD_REPORT));
  expect(rest).toEqual([]);
  expect(it).toMatchObject({ ok: false, name: "it" });
  expect(other).toMatchObject({ ok: true, name: "other", directive: "SKIP" });
  expect(it?.said).toContain("2 of 190 MUST tried");
  expect(other?.said).toContain("2 of 190 MUST tried");
  expect(it?.subtests.map(({ ok, name, directive }) => [ok, name, directive])).toEqual([
    [true, "file.executable.mode-1", undefined],
    [false, "file.not-executable.mode-2", undefined],
    [true, "stream.fifo.mode-3", "XFAIL"],
    [true, "snippet.mode-3", "SKIP"],
    [true, "option.executable.mode-1", "SKIP"],
    [true, "fault.securebits", undefined],
  ]);
  expect(it?.subtests[1]?.diagnostics[0]).toMatch(
    /^file\.not-executable\.mode-2: script\/argument: it ran: /,
  );
  expect(it?.subtests[4]?.said).toBe("not offered: the adapter names no such channel");
  expect(it?.subtests[3]?.said).toContain("♯ SKIP");
  expect(it?.subtests.filter(({ name, said }) => `${name}${said}`.includes("#"))).toEqual([]);
});
