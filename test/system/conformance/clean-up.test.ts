/**
 * Whatever an interpreter does, and whenever the run is stopped: it ends, and nothing of it is left. What hangs in these
 * tests hangs for a day, so that a run which waits for it does not end before the test is given up.
 */
import { spawn } from "node:child_process";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeEach, describe, expect, test } from "vitest";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { temporaryFolder } from "../../support/files.ts";
import { runInTerminal } from "../../support/terminal.ts";
import { needs, USERS, type User } from "../../support/users.ts";
import { DIFFICULT, type Difficulty, difficult } from "./difficult.ts";
import { KIT, needsEverything } from "./kit.ts";

/** What is said of an interpreter that is a script, as these are, and nothing else. */
const WARNING: string = expect.stringMatching(/^exec-conformance: \S+ is a script: [^\n]+\n$/);

/** A TMPDIR of its own, in which nothing may be left. */
function emptyFolder(): string {
  const folder = temporaryFolder();
  chmodSync(folder, 0o777);
  return folder;
}

function start(args: readonly string[], TMPDIR: string, user: User) {
  const child = spawn(process.execPath, [KIT, ...args], {
    ...user.identity,
    cwd: "/",
    env: { ...process.env, TMPDIR },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr, peakKiB] = ["", "", 0];
  child.stdout.on("data", (text) => (stdout += text));
  child.stderr.on("data", (text) => (stderr += text));
  const watch = setInterval(() => (peakKiB = Math.max(peakKiB, peakOf(child.pid as number))), 20);
  const end = new Promise<{ status: number | null; signal: string | null }>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal }));
  }).then(({ status, signal }) => {
    clearInterval(watch);
    return { status, signal, stdout, stderr, peakKiB };
  });
  return { child, end };
}

/** The most memory that a process has had; 0 when it is gone. */
function peakOf(pid: number): number {
  try {
    return Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function expectNothingLeft(TMPDIR: string, left: () => string[]): void {
  expect(readdirSync(TMPDIR)).toEqual([]);
  expect(left()).toEqual([]);
  expect(readFileSync("/proc/self/mountinfo", "utf8")).not.toContain(TMPDIR);
}

/** One channel each for a file, standard input and a snippet. */
const SHORT = ["--only", "file.executable.mode-1", "--only", "stdin.pipe", "--only", "snippet"];

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => needs(context, user));

  test.each(Object.keys(DIFFICULT) as Difficulty[])("an interpreter that %s", async (difficulty) => {
    const TMPDIR = emptyFolder();
    const { adapter, left } = difficult(temporaryFolder(), difficulty);
    const args = ["--adapter", adapter, ...SHORT, "--timeout", "1", "--jobs", "4", "--report", "json"];
    const { status, stdout, stderr, peakKiB } = await start(args, TMPDIR, user).end;
    expect({ status, stderr }).toEqual({ status: 1, stderr: WARNING });
    const [found] = (JSON.parse(stdout) as JsonReport).interpreters;
    expect(found?.requirements.filter(({ verdict }) => verdict === "holds")).toEqual([]);
    expect(peakKiB).toBeLessThan(250 * 1024);
    expectNothingLeft(TMPDIR, left);
  });

  test.each([
    ["SIGINT", ["--jobs", "1"]],
    ["SIGTERM", ["--jobs", "4"]],
    ["SIGHUP", ["--jobs", "4", "--only", "check"]],
    ["SIGINT", ["--jobs", "4", "--only", "fault", "--only", "race", "--only", "locked"]],
  ] as const)("%s in the middle of a run, %j", async (signal, options) => {
    const TMPDIR = emptyFolder();
    const { adapter, left } = difficult(temporaryFolder(), "ignores signals");
    const reports = emptyFolder();
    const args = ["--adapter", adapter, "--timeout", "60", "--report", `json=${reports}/json`, ...options];
    const { child, end } = start(args, TMPDIR, user);
    while (left().length === 0) await sleep(10);
    child.kill(signal);
    const ended = await end;
    expect(ended).toMatchObject({ signal, stdout: "", stderr: WARNING });
    expect(readdirSync(reports)).toEqual([]);
    expectNothingLeft(TMPDIR, left);
  });

  test("SIGTERM before anything is set up", async () => {
    const TMPDIR = emptyFolder();
    const { adapter, left } = difficult(temporaryFolder(), "hangs");
    const { child, end } = start(["--adapter", adapter], TMPDIR, user);
    while (readdirSync(TMPDIR).length === 0) await sleep(1);
    child.kill("SIGTERM");
    expect(await end).toMatchObject({ signal: "SIGTERM", stdout: "" });
    expectNothingLeft(TMPDIR, left);
  });

  test("Control-C at a terminal", async () => {
    const TMPDIR = emptyFolder();
    const { adapter, left } = difficult(temporaryFolder(), "hangs");
    const argv = [process.execPath, KIT, "--adapter", adapter, "--timeout", "2", "--jobs", "1"];
    const typing = [{ after: "cases, about", type: "\x03" }];
    const { status } = await runInTerminal(argv, typing, { user, env: { TMPDIR } });
    expect(status).toBe(130);
    expectNothingLeft(TMPDIR, left);
  });
});

test("an interpreter that floods its output under a tracer", async (context) => {
  needsEverything(context);
  const TMPDIR = emptyFolder();
  const { adapter, left } = difficult(temporaryFolder(), "floods its output");
  const args = ["--adapter", adapter, "--only", "check", "--timeout", "3"];
  const { stderr, peakKiB } = await start(args, TMPDIR, USERS[0] as User).end;
  expect(stderr).toEqual(WARNING);
  expect(peakKiB).toBeLessThan(300 * 1024);
  expectNothingLeft(TMPDIR, left);
});
