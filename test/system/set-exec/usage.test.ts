/** What set-exec answers to a command line: its statuses, and its words. */
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import project from "../../../package.json" with { type: "json" };
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { needs } from "../../support/users.ts";
import { FORMS, launch, launchFromShell } from "./forms.ts";

describe.each(FORMS)("$form", (form) => {
  beforeEach((context) => {
    needsCheck(context);
    needs(context, form.user);
  });

  test("the command's status is its own, and so is its end by a signal", async () => {
    expect((await launch(form, ["-f", "sh", "-c", "exit 42"])).status).toBe(42);
    expect((await launch(form, ["-f", "sh", "-c", "kill -KILL $$"])).signal).toBe("SIGKILL");
  });

  describe("status 1 when the command cannot be executed", () => {
    const plain = () => makeFile(join(temporaryFolder(), "file"), 0o644, "#!/bin/sh\necho ran\n");
    test.each([
      ["not there", () => "/no/such/command", "ENOENT (no such file or directory)"],
      ["not on PATH", () => "no-such-command", "ENOENT (no such file or directory)"],
      ["not executable", plain, "EACCES (permission denied)"],
      ["a directory", () => "/", "EACCES (permission denied)"],
      ["a script without its interpreter", noInterpreter, "ENOENT (no such file or directory)"],
      ["empty", () => "", "ENOENT (no such file or directory)"],
      ["a dash", () => "-", "ENOENT (no such file or directory)"],
    ])("%s", async (_, make, reason) => {
      const command = make();
      const { status, stdout, stderr } = await launch(form, ["-fi", "--", command, "-x"]);
      expect({ status, stdout, stderr }).toEqual({
        status: 1,
        stdout: "",
        stderr: `set-exec: cannot execute ${command}: ${reason}\n`,
      });
    });

    test("with what does not print in its name escaped", async () => {
      const script = String.raw`"$@" -f -- $'caf\xe9\n\e[2J'`;
      const { status, stderr } = await launchFromShell(form, script, []);
      expect(status).toBe(1);
      const name = String.raw`caf\xe9\n\x1b[2J`;
      expect(stderr).toBe(`set-exec: cannot execute ${name}: ENOENT (no such file or directory)\n`);
    });
  });

  test("a text without a first line that names an interpreter is sh's, as execvp has it", async () => {
    const file = makeFile(join(temporaryFolder(), "file"), 0o755, "echo ran\n");
    expect((await launch(form, ["-f", file])).stdout).toBe("ran\n");
  });

  test.each([
    [[], "name at least one bit to set: -f, -i or both"],
    [["--"], "name at least one bit to set: -f, -i or both"],
    [["true"], "name at least one bit to set: -f, -i or both"],
    [["--no-lock", "--", "true"], "name at least one bit to set: -f, -i or both"],
    [["-f"], "name the command to execute"],
    [["-fi", "--"], "name the command to execute"],
    [["-f", "-x", "true"], "unknown option -x"],
    [["-fx", "true"], "unknown option -fx"],
    [["--lock", "-f", "true"], "unknown option --lock"],
    [["--", "-f", "true"], "name at least one bit to set: -f, -i or both"],
  ])("status 2 for %j", async (args, complaint) => {
    const { status, stdout, stderr } = await launch(form, args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    const [first, second] = stderr.split("\n");
    expect(first).toBe(`set-exec: ${complaint}`);
    expect(second).toMatch(/^usage: set-exec /);
  });

  test("options end at `--` and at the command", async () => {
    expect((await launch(form, ["-f", "echo", "-i", "--", "--show"])).stdout).toBe("-i -- --show\n");
    expect((await launch(form, ["-f", "--", "echo", "--", "-x"])).stdout).toBe("-- -x\n");
  });

  test("--help and --version answer on standard output", async () => {
    for (const option of ["--help", "-h"]) {
      const { status, stdout, stderr } = await launch(form, [option]);
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(stdout).toMatch(/^usage: set-exec /);
      for (const part of ["\n  -f ", "\n  -i ", "\n  --no-lock ", "\nExit status: "])
        expect(stdout).toContain(part);
    }
    const { status, stdout } = await launch(form, ["--version"]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `set-exec ${project.version}\n` });
  });

  test("status 1 when the answer cannot be written", async () => {
    expect((await launchFromShell(form, '"$@" >/dev/full', ["--show"])).status).toBe(1);
  });
});

function noInterpreter(): string {
  return makeFile(join(temporaryFolder(), "file"), 0o755, "#!/no/such/interpreter\n");
}
