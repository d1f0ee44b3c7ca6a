/** The helpers do what their names say: a test built on one that does not would prove nothing. */
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { makeFifo, makeFile, temporaryFolder } from "../support/files.ts";
import { needsNoexec, underNoexec } from "../support/noexec.ts";
import { SET_EXEC } from "../support/programs.ts";
import { behindPipe, run, shell } from "../support/run.ts";
import { skipWithReason } from "../support/skip.ts";
import { listsIn, needsStrace, stringsIn, trace } from "../support/strace.ts";
import { END_OF_INPUT, runInTerminal } from "../support/terminal.ts";
import { needs, USERS } from "../support/users.ts";

const KIND_OF_STDIN = ["stat", "-L", "-c", "%F", "/proc/self/fd/0"];

describe.each(USERS)("as $name", (user) => {
  test("the executable can be reached", async (context) => {
    needs(context, user);
    const { status, stdout } = await run([SET_EXEC, "--show"], { user });
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("mode 1") });
  });

  test("that user is who runs it, without other groups", async (context) => {
    needs(context, user);
    const { stdout } = await run(["id", "-G"], { user });
    expect(stdout).toBe(user.identity.gid === undefined ? (await run(["id", "-G"])).stdout : "65534\n");
  });
});

describe("standard input", () => {
  test("is /dev/null if nothing is said", async () => {
    expect((await run(KIND_OF_STDIN)).stdout).toBe("character special file\n");
  });

  test("is a socket for `input`", async () => {
    expect((await run(KIND_OF_STDIN, { input: "" })).stdout).toBe("socket\n");
  });

  test("is a pipe behind a pipe, and the input comes through it", async () => {
    expect((await run(behindPipe(KIND_OF_STDIN), { input: "" })).stdout).toBe("fifo\n");
    expect((await run(behindPipe(["cat"]), { input: "text" })).stdout).toBe("text");
  });

  test("is the descriptor that is passed", async () => {
    const fd = openSync(makeFile(join(temporaryFolder(), "file"), 0o644, "text"), "r");
    expect((await run(["cat"], { stdin: fd })).stdout).toBe("text");
    closeSync(fd);
  });

  test("is a terminal in a terminal, where text is typed when it is asked for", async () => {
    const script =
      "test -t 0 && printf 'one? ' && read a && printf 'two? ' && read b && echo $a-$b && cat; exit 3";
    const { status, output } = await runInTerminal(
      ["sh", "-c", script],
      [
        { after: "one? ", type: "1\n" },
        { after: /two\? /, type: "2\n" },
        { after: "1-2", type: END_OF_INPUT },
      ],
    );
    expect({ status, output }).toEqual({ status: 3, output: expect.stringContaining("1-2") });
  });
});

test("files have the mode that was asked for, and named pipes are pipes", async () => {
  const folder = temporaryFolder();
  makeFile(join(folder, "file"), 0o6777);
  makeFifo(join(folder, "fifo"));
  const { stdout } = await run(["stat", "-c", "%a %F", "file", "fifo"], { cwd: folder });
  expect(stdout).toBe("6777 regular empty file\n666 fifo\n");
});

test("under noexec, an executable file is not executed", async (context) => {
  await needsNoexec(context);
  const folder = temporaryFolder();
  const file = makeFile(join(folder, "script"), 0o755, "#!/bin/sh\necho ran\n");
  expect((await run([file])).stdout).toBe("ran\n");
  const { status, stdout } = await run(underNoexec(folder, ["sh", "-c", '"$0"', file]));
  expect({ status, stdout }).toEqual({ status: 126, stdout: "" });
});

test("the shell gives its arguments on", async () => {
  expect((await shell('echo "$2-$1"', ["a", "b"])).stdout).toBe("b-a\n");
});

test("strace gives calls, their strings byte for byte, and faults", async (context) => {
  await needsStrace(context);
  const { calls } = await trace(
    ["bash", "-c", String.raw`exec env -i $'A\xe9=\n"' true $'caf\xe9'`],
    ["execve"],
  );
  const last = calls.at(-1);
  expect(last?.result).toBe("0");
  expect(listsIn(last?.args ?? "")).toEqual([["true", "caf\xe9"], ['A\xe9=\n"']]);
  expect(stringsIn(last?.args ?? "")[0]).toMatch(/\/true$/);

  const faulty = await trace(["cat", "/"], ["openat", "read"], { inject: "read:error=EIO:when=3+" });
  expect(faulty.calls.filter(({ result }) => result.includes("INJECTED"))).not.toEqual([]);
});

test("a skip fails where nothing may be skipped", (context) => {
  vi.stubEnv("CI_NO_SKIP", "1");
  expect(() => skipWithReason(context, "no such thing")).toThrow("no such thing");
  vi.unstubAllEnvs();
});
