/**
 * In place of the kernel's own samples/check-exec pair: called as its suite calls it, by a shell, in a folder that holds
 * `inc`, `set-exec` and two scripts. The expectations are our own; the original suite and the original sample run too
 * where KSELFTEST and KERNEL_SAMPLE name their folders.
 */
import { copyFileSync, cpSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { shell } from "../../support/run.ts";

const SCRIPT = "#!/usr/bin/env inc\n+\n";

function folderOfThePair(): string {
  const folder = temporaryFolder();
  for (const name of ["inc", "set-exec"]) symlinkSync(join(inject("programs"), name), join(folder, name));
  makeFile(join(folder, "x.inc"), 0o755, SCRIPT);
  makeFile(join(folder, "n.inc"), 0o644, SCRIPT);
  return folder;
}

/** The ways to call the pair, with the status for each of the options of set-exec; 0 goes with the counter's line. */
const WAYS: readonly [way: string, statuses: Readonly<Record<Options, number>>][] = [
  ["PATH=. $launch x.inc", { "": 0, "-f": 0, "-i": 0, "-fi": 0 }],
  // Without a launcher the shell itself fails to execute the file, with status 126.
  ["PATH=. $launch n.inc", { "": 126, "-f": 1, "-i": 1, "-fi": 1 }],
  ["$launch ./inc x.inc", { "": 0, "-f": 0, "-i": 0, "-fi": 0 }],
  ["$launch ./inc n.inc", { "": 0, "-f": 1, "-i": 0, "-fi": 1 }],
  ["$launch ./inc -i <x.inc", { "": 0, "-f": 0, "-i": 0, "-fi": 0 }],
  ["$launch ./inc -i <n.inc", { "": 0, "-f": 0, "-i": 1, "-fi": 1 }],
  ["cat x.inc | $launch ./inc -i", { "": 0, "-f": 0, "-i": 1, "-fi": 1 }],
  ['$launch ./inc -c "$(<x.inc)"', { "": 0, "-f": 0, "-i": 1, "-fi": 1 }],
];
type Options = "" | "-f" | "-i" | "-fi";

describe.each(WAYS)("%s", (way, statuses) => {
  test.each(Object.entries(statuses))("with %j: status %i", async (options, status) => {
    const launch = options === "" ? "" : `./set-exec ${options} --`;
    const outcome = await shell(way.replace("$launch", launch), [], { cwd: folderOfThePair() });
    expect(outcome).toMatchObject({ status, stdout: status === 0 ? "1\n" : "" });
  });
});

test("? reads a number, or warns and goes on", async () => {
  const cwd = folderOfThePair();
  makeFile(join(cwd, "ask.inc"), 0o755, "?\n+\n?\n+\n");
  const outcome = await shell("./inc ask.inc", [], { cwd, input: "  41\nnone" });
  expect(outcome).toMatchObject({ status: 0, stdout: "42\n43\n" });
  expect(outcome.stderr).toMatch(/^> Enter new number: \n> Enter new number: \n.*warning/is);
});

test("an error in the script is status 1", async () => {
  const cwd = folderOfThePair();
  expect(await shell("./inc -c '*'", [], { cwd })).toMatchObject({ status: 1, stdout: "" });
  expect(await shell("./inc -c '++'", [], { cwd })).toMatchObject({ status: 1, stdout: "" });
});

test("a script may be longer than the sample's 127 bytes", async () => {
  const cwd = folderOfThePair();
  makeFile(join(cwd, "long.inc"), 0o755, "+\n".repeat(1000));
  const { status, stdout } = await shell("./inc long.inc", [], { cwd });
  expect({ status, last: stdout.trimEnd().split("\n").at(-1) }).toEqual({ status: 0, last: "1000" });
});

/** Not a skip: the suite does not belong to this project. */
const suite = process.env.KSELFTEST;
if (suite !== undefined) {
  test("the kernel's own suite passes (KSELFTEST names its tools/testing/selftests)", async () => {
    const copy = temporaryFolder();
    cpSync(join(suite, "kselftest"), join(copy, "kselftest"), { recursive: true });
    mkdirSync(join(copy, "exec"));
    copyFileSync(join(suite, "exec/check-exec-tests.sh"), join(copy, "exec/check-exec-tests.sh"));
    for (const name of ["inc", "set-exec"])
      symlinkSync(join(inject("programs"), name), join(copy, "exec", name));
    makeFile(join(copy, "exec/script-exec.inc"), 0o755, SCRIPT);
    makeFile(join(copy, "exec/script-noexec.inc"), 0o644, SCRIPT);
    const { status, stdout } = await shell("bash ./check-exec-tests.sh", [], { cwd: join(copy, "exec") });
    expect(stdout).toContain("Totals: pass:28 fail:0");
    expect(status).toBe(0);
  });
}

/** The original pair, compiled, in the folder that KERNEL_SAMPLE names: it must meet our expectations. */
const sample = process.env.KERNEL_SAMPLE;
if (sample !== undefined) {
  test.each(WAYS)("the kernel's own sample does the same: %s", async (way, statuses) => {
    for (const [options, status] of Object.entries(statuses)) {
      const cwd = folderOfThePair();
      for (const name of ["inc", "set-exec"]) {
        rmSync(join(cwd, name));
        symlinkSync(join(sample, name), join(cwd, name));
      }
      const launch = options === "" ? "" : `./set-exec ${options} --`;
      const outcome = await shell(way.replace("$launch", launch), [], { cwd });
      expect({ options, ...outcome }).toMatchObject({ options, status, stdout: status === 0 ? "1\n" : "" });
    }
  });
}
