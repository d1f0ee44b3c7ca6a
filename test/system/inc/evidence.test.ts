/** What the executable asks the kernel, and in which order, as strace sees it. */
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { type Call, needsStrace, stringsIn, trace } from "../../support/strace.ts";

beforeEach((context) => needsStrace(context));

const CALLS = ["execveat", "openat", "read", "pread64", "mmap"];

describe("a script file, in mode 1", () => {
  test("is opened once, checked on that descriptor with a sound argv, and only then read", async () => {
    const file = makeFile(join(temporaryFolder(), "n.inc"), 0o644, "print 1\n");
    const { status, stdout, calls } = await trace([INC, file, "an argument"], CALLS);
    // The check is made and fails, which does not matter in mode 1.
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

describe("the securebits are asked for once, before any source is opened or checked", () => {
  const folder = () => {
    const place = temporaryFolder();
    makeFile(join(place, "module.inc"), 0o755, "let one = 1\n");
    makeFile(join(place, "main.inc"), 0o755, 'import "module.inc" as module\nprint module.one\n');
    return place;
  };

  test.each([
    ["a file that imports", ["main.inc"], {}],
    ["a snippet", ["-c", "print 1"], {}],
    ["code in the environment before it", ["-c", "print 1"], { INC_INIT: "+" }],
    ["a check for errors", ["--check", "main.inc"], {}],
    ["an explanation", ["--explain", "main.inc"], { INC_STARTUP: "module.inc" }],
  ])("%s", async (_, args, env) => {
    const traced = await trace([INC, ...args], ["prctl", "execveat", "openat"], { cwd: folder(), env });
    expect(traced.status).toBe(0);
    const asked = traced.calls.findIndex(isQuestion);
    expect(traced.calls.filter(isQuestion)).toHaveLength(1);
    const isSource = ({ name, args }: Call) => name === "execveat" || /\.inc"/.test(args);
    expect(traced.calls.slice(0, asked).filter(isSource)).toEqual([]);
  });

  const PR_GET_SECUREBITS = "0x1b";
  const isQuestion = ({ name, args }: Call) => name === "prctl" && args.startsWith(PR_GET_SECUREBITS);
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
