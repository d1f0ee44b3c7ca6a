/** What is wrong with the stage or with a helper is said of these, and never taken for the interpreter's fault. */
import { chmodSync, copyFileSync, existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { temporaryFolder } from "../../support/files.ts";
import { run } from "../../support/run.ts";
import { skipWithReason } from "../../support/skip.ts";
import { judged, KIT, needsEverything, SUBJECT_ADAPTER, subject } from "./kit.ts";

beforeEach(needsEverything);

/** All verdicts with the reason of the first case, each pair once. */
function said(report: JsonReport): string[] {
  const found = report.interpreters[0]?.requirements ?? [];
  return [...new Set(found.map(({ verdict, cases }) => `${verdict}: ${cases[0]?.reason}`))].sort();
}

describe("a helper without an option that is asked of it", () => {
  /** A PATH in which this helper is BusyBox's. */
  function busyboxes(helper: string): { PATH: string } {
    const folder = temporaryFolder();
    symlinkSync("/usr/bin/busybox", join(folder, helper));
    return { PATH: `${folder}:${process.env.PATH}` };
  }
  beforeEach((context) => {
    if (!existsSync("/usr/bin/busybox")) skipWithReason(context, "there is no BusyBox");
  });

  test.for([
    ["setsid", ["--only", "stdin.terminal"], "--ctty"],
    ["setpriv", ["--only", "file.noexec-mount", "--as-user", "65534"], "--reuid"],
  ] as const)("%s", async ([helper, options, lacking]) => {
    const report = await judged(["dash", "--no-trace", ...options], { env: busyboxes(helper) });
    expect(said(report)).toEqual([
      `skipped: cannot be set up here: ${helper}: unrecognized option '${lacking}'`,
    ]);
  });
});

const FORMS = ["file.landlock", "file.noexec-mount", "file.executable", "module.symlink-to-not-executable"];
const ONLY = [...FORMS.flatMap((id) => ["--only", id]), "--no-trace"];

/** A default access control list (acl(5), posix_acl_xattr.h): user 65534 gets nothing, everybody else what the mode says. */
const SHUT_OUT = `
import os, struct, sys
entries = [(1, 7, -1), (2, 0, 65534), (4, 7, -1), (16, 7, -1), (32, 7, -1)]
acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)
os.setxattr(sys.argv[1], "system.posix_acl_default", acl)`;

test.for([
  ["a link to it", [], "ln -s real link; TMPDIR=$PWD/link"],
  ["a umask that hides all from others", ["--as-user", "65534"], "umask 077; TMPDIR=$PWD/real"],
  ["a folder that hands on its group", [], "chmod 2777 real; chgrp 65534 real; TMPDIR=$PWD/real"],
  [
    "a list that shuts the user out",
    ["--as-user", "65534"],
    `python3 -c '${SHUT_OUT}' real; TMPDIR=$PWD/real`,
  ],
] as const)("the same verdicts with %s", async ([, options, setUp], context) => {
  const folder = temporaryFolder();
  const sound = `${SUBJECT_ADAPTER}=${subject(context, "SOUND")}`;
  const argv = [process.execPath, KIT, "--adapter", sound, ...ONLY, ...options, "--report", "json"];
  const script = `mkdir -m 1777 real; ${setUp}; export TMPDIR; exec "$@"`;
  const { stdout } = await run(["sh", "-c", script, "sh", ...argv], { cwd: folder });
  const found = (JSON.parse(stdout) as JsonReport).interpreters[0]?.requirements ?? [];
  expect(found.length).toBeGreaterThan(10);
  expect(found.filter(({ verdict }) => verdict !== "holds")).toEqual([]);
});

test("an interpreter that the user cannot execute", async () => {
  const folder = temporaryFolder();
  copyFileSync("/bin/dash", join(folder, "dash"));
  chmodSync(join(folder, "dash"), 0o700);
  const options = ["--only", "file.noexec-mount", "--only", "snippet", "--as-user", "65534", "--no-trace"];
  expect(said(await judged([`dash=${folder}/dash`, ...options]))).toEqual([
    `skipped: cannot be set up here: user 65534 cannot execute ${folder}/dash`,
  ]);
});

test("a form that is not what it claims: the denied folder is allowed by its other name", async () => {
  const folder = temporaryFolder();
  const argv = [process.execPath, KIT, "dash", "--only", "file.landlock", "--no-trace", "--report", "json"];
  const script = `mkdir -m 1777 a b; mount --bind a b; export TMPDIR=$PWD/b; exec "$@"`;
  const { stdout } = await run(["unshare", "--mount", "--", "sh", "-c", script, "sh", ...argv], {
    cwd: folder,
  });
  expect(said(JSON.parse(stdout) as JsonReport)).toEqual([
    "skipped: the stage is not what it should be: the kernel answers 0 to its check, where EACCES is due",
  ]);
});

test.for([undefined, "", ":/usr/bin:/bin"])("PATH %j never means the working directory", async (PATH) => {
  const folder = temporaryFolder();
  copyFileSync("/bin/false", join(folder, "dash"));
  chmodSync(join(folder, "dash"), 0o755);
  const argv = [process.execPath, KIT, "dash", "--only", "stdin.terminal", "--report", "json"];
  const { stdout } = await run(argv, { cwd: folder, env: { PATH } });
  const [found] = (JSON.parse(stdout) as JsonReport).interpreters;
  expect(found?.interpreter).toMatch(/^\/(usr\/)?bin\/dash$/);
  expect(found?.requirements[0]).toMatchObject({ verdict: "holds" });
});
