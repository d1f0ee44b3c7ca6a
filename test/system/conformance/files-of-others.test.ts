/** An interpreter that gives up for the sake of a file that is not the case's. */
import { statSync } from "node:fs";
import { expect, test } from "vitest";
import { skipWithReason } from "../../support/skip.ts";
import { idsWith, judged, needsStrace, SUBJECT_ADAPTER, subject } from "./kit.ts";

const ONLY = ["--only", "startup.executable", "--only", "startup.not-executable"];

test("the file is named, and nothing is said of what was handed over", async (context) => {
  needsStrace(context);
  if ((statSync("/etc/profile", { throwIfNoEntry: false })?.mode ?? 0o111) & 0o111)
    skipWithReason(context, "/etc/profile is not there, or is executable");
  const program = `${SUBJECT_ADAPTER}=${subject(context, "CHECKS_THE_PROFILE_FIRST")}`;
  const report = await judged(["--adapter", program, ...ONLY]);
  expect(idsWith(report, "broken")).toEqual([]);
  const skipped = [2, 4].flatMap((mode) => [
    `startup.executable.mode-${mode}`,
    `startup.not-executable.mode-${mode}`,
  ]);
  expect(idsWith(report, "skipped")).toEqual(skipped.sort());
  for (const { id, cases } of report.interpreters[0]?.requirements ?? []) {
    if (!skipped.includes(id)) continue;
    expect(cases[0]?.reason).toBe(
      "another file was refused before this one: /etc/profile failed its check (EACCES); chmod +x it (dpkg-statoverride keeps that), or judge where one that is executable stands in its place",
    );
  }
  // Without a tracer, it cannot be told from an interpreter that refuses what it has to run.
  const blind = await judged(["--adapter", program, ...ONLY, "--no-trace"]);
  expect(idsWith(blind, "broken")).toEqual(["startup.executable.mode-2", "startup.executable.mode-4"]);
});
