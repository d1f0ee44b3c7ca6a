/** The judge in the executable: it needs only the addon and the launcher beside it. */
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { EXEC_CONFORMANCE, INC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";
import { needsStrace } from "../../support/strace.ts";
import { needs, USERS, unprivileged } from "../../support/users.ts";

const JUDGE_INC = [EXEC_CONFORMANCE, `inc=${INC}`, "--report", "json"];

function idsWith(report: JsonReport, verdict: string): string[] {
  return (report.interpreters[0]?.requirements ?? [])
    .filter((each) => each.verdict === verdict)
    .map(({ id }) => id);
}

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => needs(context, user));

  test("an interpreter that asks nothing is found out", async () => {
    const judge = [EXEC_CONFORMANCE, "dash=/bin/sh", "--no-trace", "--only", "snippet"];
    const { status, stdout } = await run([...judge, "--report", "json"], { user });
    expect(status).toBe(1);
    expect(idsWith(JSON.parse(stdout), "broken")).toEqual(["snippet.mode-3", "snippet.mode-4"]);
  });

  test("ps and pkill know it by its own name", async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o777);
    const seen = join(folder, "seen");
    const shell = makeFile(
      join(folder, "shell"),
      0o755,
      `#!/bin/sh\ncat "/proc/$PPID/comm" >>${seen}\nexec sh "$@"\n`,
    );
    await run([EXEC_CONFORMANCE, `dash=${shell}`, "--no-trace", "--only", "snippet.mode-1"], { user });
    expect(new Set(readFileSync(seen, "utf8").split("\n"))).toEqual(new Set(["exec-conformanc", ""]));
  });

  test("without a folder to work in, it says so", async () => {
    const TMPDIR = "/proc/self/nowhere";
    const { status, stderr } = await run([...JUDGE_INC, "--no-trace"], { user, env: { TMPDIR } });
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(/^[^\n]*TMPDIR[^\n]*\n$/),
    });
  });

  test("under env -i", async () => {
    const { status, stdout } = await run(["env", "-i", EXEC_CONFORMANCE, "--version"], { user });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^exec-conformance \d/) });
  });
});

/** As root it is tried with all requirements in conformance/results.test.ts. */
test("for an unprivileged user inc holds, and nothing is left behind", async (context) => {
  const user = unprivileged;
  await needsStrace(context, { user });
  const TMPDIR = temporaryFolder();
  chmodSync(TMPDIR, 0o777);
  const ids = ["stdin", "file", "locked", "check", "fault", "race"];
  const argv = [...JUDGE_INC, "--strict", ...ids.flatMap((id) => ["--only", id])];
  const { status, stdout, stderr } = await run(argv, { user, env: { TMPDIR } });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const report = JSON.parse(stdout) as JsonReport;
  expect(idsWith(report, "broken")).toEqual([]);
  expect(idsWith(report, "skipped")).toEqual([]);
  expect(idsWith(report, "holds").length).toBeGreaterThan(80);
  expect(readdirSync(TMPDIR)).toEqual([]);
});
