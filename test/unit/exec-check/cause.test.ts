/** Why a check failed, and the hint that goes with it: each cause brought about on the real kernel. */
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { causeWording, errnoName, errnoText } from "../../../src/exec-check/exec-check.ts";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { landlockVersion } from "../../support/libc.ts";
import { needsNoexec, underNoexec } from "../../support/noexec.ts";
import { resultOf, scenes } from "../../support/scene.ts";
import { skipWithReason } from "../../support/skip.ts";
import { needsStrace, trace } from "../../support/strace.ts";
import { needs, root, unprivileged } from "../../support/users.ts";
import type { Result } from "./admit.scenes.ts";

const { command, play } = scenes<typeof import("./admit.scenes.ts")>(
  new URL("./admit.scenes.ts", import.meta.url).href,
);

const REFUSE_FILES = 2;
const DENY_INTERACTIVE = 3;

const script = (mode: number) => makeFile(join(temporaryFolder(), "script"), mode, "print 1\n");
const atPath = (path: string) => ({ from: "path", path }) as const;
const because = (cause: object, hint: string) => ({ failure: { is: "refused", cause }, hint });

describe("the hint says what would help", () => {
  beforeEach(needsCheck);

  test("nobody may execute it: chmod +x, with its name", async () => {
    const path = script(0o644);
    expect(await play("admitInMode", [REFUSE_FILES, atPath(path)])).toMatchObject({
      message: `${path}: refused: a regular file that the kernel would not execute: EACCES (permission denied), under SECBIT_EXEC_RESTRICT_FILE`,
      ...because({ is: "no execute permission", someoneHasIt: false }, `if you trust it: chmod +x ${path}`),
    });
  });

  test("a name that a shell would not take literally is not put into a command", async () => {
    const path = makeFile(join(temporaryFolder(), "a; reboot"), 0o644, "print 1\n");
    expect(await play("admitInMode", [REFUSE_FILES, atPath(path)])).toMatchObject({
      hint: "if you trust it: make that file executable, with chmod +x",
    });
  });

  test("nobody may execute standard input, whose name is none for a command", async () => {
    const stdin = openSync(script(0o644), "r");
    const result = await play("admitInMode", [DENY_INTERACTIVE, { from: "stdin" }], { stdin });
    closeSync(stdin);
    expect(result).toMatchObject({ hint: "if you trust it: make that file executable, with chmod +x" });
  });

  test("others may execute it: ls -l", async () => {
    const result = await play("admitInMode", [REFUSE_FILES, atPath(script(0o654))], { user: unprivileged });
    expect(result).toMatchObject(
      because(
        { is: "no execute permission", someoneHasIt: true },
        "its permissions let others execute it, not this user: see ls -l",
      ),
    );
  });

  test("a noexec mount: its mount point, even where the file is not executable either", async (context) => {
    await needsNoexec(context);
    // mountinfo escapes the space.
    const folder = join(temporaryFolder(), "a b");
    mkdirSync(folder);
    const wrap = (argv: string[]) => underNoexec(folder, argv);
    for (const mode of [0o755, 0o644]) {
      const path = makeFile(join(folder, "script"), mode);
      expect(await play("admitInMode", [REFUSE_FILES, atPath(path)], { wrap })).toMatchObject(
        because(
          { is: "noexec mount", mount: folder },
          `${folder} is mounted noexec: keep the script on a file system that allows execution`,
        ),
      );
    }
  });

  test("a file system that executes nothing", async () => {
    const result = await play("admitInMode", [REFUSE_FILES, atPath("/proc/self/mounts")]);
    // The cause is the same where /proc is mounted noexec, as systemd does.
    const options = readFileSync("/proc/mounts", "utf8").match(/^\S+ \/proc proc (\S+)/m)?.[1];
    expect(result).toMatchObject(
      options?.split(",").includes("noexec")
        ? because({ is: "noexec mount", mount: "/proc" }, expect.stringContaining("/proc is mounted noexec"))
        : because(
            { is: "filesystem without execution", type: "proc" },
            "nothing on a proc file system is executable: copy the script elsewhere",
          ),
    );
  });

  test("a pipe", async () => {
    const fifo = makeFifo(join(temporaryFolder(), "fifo"));
    const result = await play("admitInMode", [REFUSE_FILES, atPath("/dev/stdin")], {
      wrap: (argv) => ["sh", "-c", 'exec <>"$0"; exec "$@"', fifo, ...argv],
    });
    expect(result).toMatchObject(
      because(
        { is: "not a regular file" },
        "this is a pipe, which is never executable: give a script file that is",
      ),
    );
  });

  describe("somebody holds it open for writing", () => {
    test("with the writer, where this user may see it", async () => {
      const path = script(0o755);
      const result = await whileWritten(path, () => play("admitInMode", [REFUSE_FILES, atPath(path)]));
      const name = readFileSync("/proc/self/comm", "utf8").trimEnd();
      expect(result).toMatchObject(
        because(
          { is: "open for writing", by: { pid: process.pid, command: name } },
          `process ${process.pid} (${name}) holds it open for writing: close it there first`,
        ),
      );
      expect(result).toMatchObject({ message: expect.stringContaining("ETXTBSY") });
    });

    test("this process itself, which was given it as standard input", async () => {
      const path = script(0o755);
      const result = await play("admitInMode", [DENY_INTERACTIVE, { from: "stdin" }], {
        wrap: (argv) => ["sh", "-c", 'exec "$@" <>"$0"', path, ...argv],
      });
      expect(result).toMatchObject({
        message: expect.stringContaining("ETXTBSY"),
        hint: "this process itself was given it open for writing: open it for reading alone",
      });
    });

    test("without, where this user may not", async (context) => {
      needs(context, root);
      const path = script(0o755);
      const result = await whileWritten(path, () =>
        play("admitInMode", [REFUSE_FILES, atPath(path)], { user: unprivileged }),
      );
      expect(result).toMatchObject(
        because(
          { is: "open for writing", by: null },
          "somebody holds it open for writing: close it there first",
        ),
      );
    });
  });

  test("arguments that are too long", async () => {
    const path = script(0o755);
    expect(await play("admitWithLongArgument", [path])).toMatchObject({
      ...because(
        { is: "arguments too long" },
        expect.stringContaining("arguments and the environment together"),
      ),
      message: expect.stringContaining("E2BIG"),
    });
  });

  test.for([
    [
      "ENOSYS",
      "call filtered",
      "execveat itself is denied, by a seccomp filter or a container's policy: allow it there",
    ],
    [
      "EPERM",
      "call filtered",
      "execveat itself is denied, by a seccomp filter or a container's policy: allow it there",
    ],
    [
      "EINVAL",
      "kernel without the check",
      "this kernel does not know AT_EXECVE_CHECK: Linux 6.14 or later does",
    ],
    ["ENOMEM", "unknown", "see execveat(2) for this error"],
  ] as const)("%s: %s", async ([errno, cause, hint], context) => {
    await needsStrace(context);
    const argv = command("admitInMode", [REFUSE_FILES, atPath(script(0o755))]);
    const traced = await trace(argv, ["execveat"], { inject: `execveat:error=${errno}` });
    expect(resultOf<Result>(traced)).toMatchObject(because({ is: cause }, hint));
  });

  test("a Landlock domain", async (context) => {
    if (landlockVersion() === 0) skipWithReason(context, "this kernel has no Landlock");
    expect(await play("admitUnderLandlock", [atPath(script(0o755))])).toMatchObject(
      because(
        { is: "system policy" },
        "its permissions allow it: a Landlock domain or a security module of this system denies it",
      ),
    );
  });

  test("a snippet: an executable file", async () => {
    const snippet = { from: "snippet", name: "-c", text: "" } as const;
    expect(await play("admitInMode", [4, snippet])).toMatchObject({
      message: "-c: refused: code that is in no file, under SECBIT_EXEC_DENY_INTERACTIVE",
      hint: "put the code into an executable file and run that",
    });
  });
});

test("a hint shows no raw control character of a mount point or a process", () => {
  const of = { name: "script", kind: "regular file", source: "file" } as const;
  const by = { pid: 1, command: "\x1b[2Jevil\n" };
  expect(causeWording({ is: "noexec mount", mount: "/a\x1b[2J\n" }, of)).toContain(
    String.raw`/a\x1b[2J\n is mounted`,
  );
  expect(causeWording({ is: "open for writing", by }, of)).toContain(String.raw`(\x1b[2Jevil\n)`);
});

test.each([
  [13, "EACCES", "EACCES (permission denied)"],
  [26, "ETXTBSY", "ETXTBSY (text file is busy)"],
  [4095, "errno 4095", "errno 4095"],
])("errno %i is %s", (errno, name, text) => {
  expect(errnoName(errno)).toBe(name);
  expect(errnoText(errno)).toBe(text);
});

async function whileWritten<T>(path: string, act: () => Promise<T>): Promise<T> {
  const writer = openSync(path, "r+");
  try {
    return await act();
  } finally {
    closeSync(writer);
  }
}
