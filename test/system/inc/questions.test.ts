/** What inc answers without running anything: --status, --explain, --check, --help, --version. */
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { run, shell } from "../../support/run.ts";

describe("--status", () => {
  test("names the kernel's support, the bits and the mode", async () => {
    const { status, stdout } = await run([SET_EXEC, "-fi", "--", INC, "--status"]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^kernel {6}Linux \S+: knows AT_EXECVE_CHECK$/m);
    expect(stdout).toMatch(/^securebits {2}0xf00 SECBIT_EXEC_RESTRICT_FILE .*SECBIT_EXEC_DENY_INTERACTIVE/m);
    expect(stdout).toMatch(/^mode {8}4: /m);
  });
});

describe("--explain", () => {
  const explain = (options: string[], args: string[], env = {}) =>
    run([...(options.length === 0 ? [] : [SET_EXEC, ...options, "--"]), INC, "--explain", ...args], { env });

  test("says what would be decided, and runs nothing", async () => {
    const file = makeFile(join(temporaryFolder(), "n.inc"), 0o644, "print 1\n");
    const free = await explain([], [file]);
    expect(free).toMatchObject({ status: 0, stderr: "" });
    expect(free.stdout).toBe(
      `${file}: file, a regular file\n  check     EACCES (permission denied)\n  because   if you trust it: chmod +x ${file}\n  decision  run\n`,
    );
    const restricted = await explain(["-f"], [file]);
    expect(restricted.status).toBe(1);
    expect(restricted.stdout).toContain("  decision  refuse, under SECBIT_EXEC_RESTRICT_FILE\n");
  });

  test("covers the environment's sources too", async () => {
    const file = makeFile(join(temporaryFolder(), "x.inc"), 0o755, "print 1\n");
    const { status, stdout } = await explain(["-i"], [file], {
      INC_INIT: "print 2",
      INC_STARTUP: "/dev/null",
    });
    expect(status).toBe(1);
    expect(stdout.match(/^\S.*: (file|stream|stdin|snippet)/gm)).toEqual([
      "INC_INIT: snippet",
      "/dev/null: stream",
      `${file}: file`,
    ]);
  });

  test("reads no byte", async () => {
    const fifo = makeFifo(join(temporaryFolder(), "fifo"));
    // What the writer wrote is still there for the next reader.
    const { stdout } = await shell(
      'exec 3<>"$2"; echo "print 1" >&3; "$1" --explain "$2" >&2; head -n 1 <&3',
      [INC, fifo],
    );
    expect(stdout).toBe("print 1\n");
  });
});

describe("--check", () => {
  test("is silent about a good program, and runs nothing", async () => {
    expect(await run([INC, "--check", "-c", "print 1"])).toMatchObject({ status: 0, stdout: "", stderr: "" });
  });

  test("reports every error", async () => {
    const { status, stdout, stderr } = await run([INC, "-n", "-c", "print 1 +\nlet = 2\nprint nope"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(/^-c:1:10: error: /m);
    expect(stderr).toMatch(/^-c:2:5: error: /m);
  });

  test("admits, as running does", async () => {
    const { status, stderr } = await run([SET_EXEC, "-i", "--", INC, "--check", "-c", "print 1"]);
    expect(status).toBe(1);
    expect(stderr).toContain("-c: refused: ");
  });
});

test("--ast shows the tree, and runs nothing", async () => {
  const { status, stdout } = await run([INC, "--ast", "-c", "print 1 + 2"]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "print\n  +\n    1\n    2\n" });
});

test("--ast tells the entries of a map apart, and the arms of an if", async () => {
  const code = 'if a { print {"k": [1], 2: nil} } else if b { } else { + }';
  const { stdout } = await run([INC, "--ast", "-c", code]);
  expect(stdout.split("\n").map((line) => line.replaceAll("  ", "."))).toEqual([
    ...["if", ".a", ".then", "..print", "...map", "....entry", '....."k"', ".....list", "......1"],
    ...["....entry", ".....2", ".....nil", ".else if", "..b", "..then", ".else", "..increment", ""],
  ]);
});

test("--help and --version", async () => {
  expect((await run([INC, "--help"])).stdout).toMatch(/^usage: inc \[options\] \[script/);
  expect((await run([INC, "--version"])).stdout).toMatch(/^inc \d+\.\d+\.\d+\n$/);
});
