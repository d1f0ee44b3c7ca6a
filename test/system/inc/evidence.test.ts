/** What the kernel is asked, in which order, by the executable: seen by strace. */
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { needsStrace, stringsIn, trace } from "../../support/strace.ts";

beforeEach((context) => needsStrace(context));

const CALLS = ["execveat", "openat", "read", "pread64", "mmap"];

describe("a script file, in mode 1", () => {
  test("is opened once, checked on that descriptor with a sound argv, and only then read", async () => {
    const file = makeFile(join(temporaryFolder(), "n.inc"), 0o644, "print 1\n");
    const { status, stdout, calls } = await trace([INC, file, "an argument"], CALLS);
    // The check fails, and in mode 1 that does not matter: but it is made.
    expect({ status, stdout }).toEqual({ status: 0, stdout: "1\n" });
    const opened = calls.filter((call) => call.name === "openat" && stringsIn(call.args).includes(file));
    expect(opened).toHaveLength(1);
    const fd = opened[0]?.result;
    const later = calls.slice(calls.indexOf(opened[0] as (typeof calls)[number]) + 1);
    const [first, second] = later.filter((call) => call.args.startsWith(`${fd},`));
    expect(first).toMatchObject({ name: "execveat", result: expect.stringMatching(/^-1 EACCES/) });
    expect(first?.args).toMatch(/0x11000$/);
    expect(stringsIn(first?.args ?? "").slice(0, 3)).toEqual(["", file, "an argument"]);
    expect(second).toMatchObject({ name: "read" });
  });
});

describe("it fails closed", () => {
  test.each([
    ["a snippet", ["-c", "print 1"]],
    ["a file", ["samples/counter.inc"]],
  ])("%s does not run where the securebits cannot be asked", async (_, args) => {
    const { status, stdout, stderr } = await trace([INC, ...args], ["prctl"], {
      inject: "prctl:error=EPERM",
      cwd: join(import.meta.dirname, "../../.."),
    });
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain(
      "inc: the securebits cannot be known, so nothing runs: prctl(PR_GET_SECUREBITS): EPERM (operation not permitted)\n",
    );
  });

  test.each(["ENOSYS", "EPERM", "EINVAL", "ENOMEM"])(
    "the check's %s is a no where it is asked for",
    async (errno) => {
      const file = makeFile(join(temporaryFolder(), "x.inc"), 0o755, "print 1\n");
      const inject = `execveat:error=${errno}`;
      expect(await trace([INC, file], ["execveat"], { inject })).toMatchObject({ status: 0, stdout: "1\n" });
      const { status, stdout, stderr } = await trace([SET_EXEC, "-f", "--", INC, file], ["execveat"], {
        inject,
      });
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toContain(`would not execute: ${errno} (`);
    },
  );
});
