/** The system calls of an admission, as strace sees them: their order, arguments, and what happens when they fail. */
import { closeSync, cpSync, openSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { run } from "../../support/run.ts";
import { resultOf, scenes } from "../../support/scene.ts";
import { type Call, listsIn, needsStrace, stringsIn, type Trace, trace } from "../../support/strace.ts";
import { needs, USERS } from "../../support/users.ts";
import type { Result } from "./admit.scenes.ts";

const { command } = scenes<typeof import("./admit.scenes.ts")>(
  new URL("./admit.scenes.ts", import.meta.url).href,
);

/** The calls that could open, check or read a file. */
const CALLS = [
  "open",
  "openat",
  "openat2",
  "execveat",
  "read",
  "pread64",
  "readv",
  "preadv",
  "mmap",
  "sendfile",
  "close",
];

const AT_EMPTY_PATH_AND_EXECVE_CHECK = "0x11000";
const TEXT = "print 1\n";
const STDIN = { from: "stdin" } as const;

const script = (mode: number) => makeFile(join(temporaryFolder(), "script"), mode, TEXT);
const atPath = (path: string, args: string[] = []) => ({ from: "path", path, args }) as const;
const checksIn = ({ calls }: Trace) => calls.filter(({ name }) => name === "execveat");

beforeEach(async (context) => {
  needsCheck(context);
  await needsStrace(context);
});

describe.each(USERS)("as $name", (user) => {
  beforeEach((context) => needs(context, user));

  const admitTraced = (...args: Parameters<typeof command<"admitInMode">>[1]) =>
    trace(command("admitInMode", args, user), CALLS);

  /** What was done with the descriptor, from the open that gave it. */
  function callsOn(path: string, { calls }: Trace): string[] {
    const opens = calls.flatMap((call, at) =>
      call.name.startsWith("open") && stringsIn(call.args)[0] === path ? [at] : [],
    );
    expect(opens).toHaveLength(1);
    const [at = 0] = opens;
    const fd = (calls[at] as Call).result;
    const after = calls.slice(at + 1).filter(({ args }) => new RegExp(`(^|, )${fd}(,|$)`).test(args));
    const end = after.findIndex(({ name }) => name === "close");
    return after.slice(0, end + 1).map(({ name, result }) => `${name} = ${result.split(" ")[0]}`);
  }

  test("opened once, checked, read from that descriptor, closed", async () => {
    const path = script(0o755);
    const traced = await admitTraced(4, atPath(path));
    expect(resultOf(traced)).toMatchObject({ text: TEXT });
    expect(callsOn(path, traced)).toEqual(["execveat = 0", `read = ${TEXT.length}`, "read = 0", "close = 0"]);
  });

  test("in mode 1 the check is made too, before reading, and its result ignored", async () => {
    const path = script(0o644);
    const traced = await admitTraced(1, atPath(path));
    expect(resultOf(traced)).toMatchObject({ text: TEXT });
    expect(callsOn(path, traced)).toEqual([
      "execveat = -1",
      `read = ${TEXT.length}`,
      "read = 0",
      "close = 0",
    ]);
  });

  test("of a refused file not a byte is read", async () => {
    const path = script(0o644);
    const traced = await admitTraced(2, atPath(path));
    expect(resultOf(traced)).toMatchObject({ failure: { is: "refused" } });
    expect(callsOn(path, traced)).toEqual(["execveat = -1", "close = 0"]);
  });

  test.each([
    [1, ["execveat", "read", "read"]],
    [3, ["execveat"]],
  ] as const)(
    "standard input in mode %i: checked, and read only where it may run",
    async (mode, expected) => {
      const stdin = openSync(script(0o644), "r");
      const traced = await trace(command("admitInMode", [mode, STDIN], user), CALLS, { stdin });
      closeSync(stdin);
      const onStdin = traced.calls.filter(({ args }) => args.startsWith("0,"));
      expect(onStdin.map(({ name }) => name)).toEqual(expected);
    },
  );

  test("the file is known by its descriptor alone: no name, and both flags", async () => {
    const [check, ...others] = checksIn(await admitTraced(4, atPath(script(0o755))));
    expect(others).toEqual([]);
    expect(check?.args).toMatch(/^\d+, "", \[/);
    expect(check?.args.endsWith(`], ${AT_EMPTY_PATH_AND_EXECVE_CHECK}`)).toBe(true);
  });
});

describe("the check's argv", () => {
  const argvOf = async (place: Parameters<typeof command<"admitInMode">>[1][1], options = {}) => {
    const [check] = checksIn(await trace(command("admitInMode", [4, place]), CALLS, options));
    return listsIn(check?.args ?? "")[0];
  };

  test("is the path as given, then the script's arguments", async () => {
    const cwd = temporaryFolder();
    makeFile(join(cwd, "script"), 0o755);
    const argv = await argvOf(atPath("./script", ["a b", "", "--c", '"\n\\']), { cwd });
    expect(argv).toEqual(["./script", "a b", "", "--c", '"\n\\']);
  });

  test("is the bytes that were given, also where they are not UTF-8", async () => {
    const folder = temporaryFolder();
    makeFile(Buffer.from(`${folder}/caf\xe9`, "latin1"), 0o755);
    expect(await argvOf(atPath(`${folder}/caf\xe9`, ["\xff\x80"]))).toEqual([
      `${folder}/caf\xe9`,
      "\xff\x80",
    ]);
  });

  test("of standard input is its link in /proc, then the arguments", async () => {
    expect(await argvOf({ ...STDIN, args: ["one", "two"] })).toEqual(["/proc/self/fd/0", "one", "two"]);
  });

  test("holds the path alone for a module", async () => {
    const path = script(0o755);
    expect(await argvOf(atPath(path))).toEqual([path]);
  });
});

test("the check's environment is the process's own, byte for byte", async () => {
  const shell = String.raw`exec env -i NAME=$'caf\xe9' EMPTY= MANY='a=b c' "$@"`;
  const scene = command("admitInMode", [4, atPath(script(0o755))]);
  const traced = await trace(["bash", "-c", shell, "bash", ...scene], CALLS);
  expect(listsIn(checksIn(traced)[0]?.args ?? "")[1]?.sort()).toEqual([
    "EMPTY=",
    "MANY=a=b c",
    "NAME=caf\xe9",
  ]);
});

test("a variable that was set since then is in it, however many there are", async () => {
  const names = Array.from({ length: 200 }, (_, number) => `SET_SINCE_${number}`);
  const traced = await trace(command("admitAsVariablesAreSet", [script(0o755), names]), CALLS);
  const environments = checksIn(traced).map(({ args }) => listsIn(args)[1] ?? []);
  expect(environments.map((each) => each.filter((entry) => entry.startsWith("SET_SINCE_")).length)).toEqual([
    0, 200,
  ]);
});

test("a snippet makes no check, because there is nothing to check", async () => {
  const snippet = { from: "snippet", name: "-c", text: TEXT } as const;
  const traced = await trace(command("admitInMode", [1, snippet]), CALLS);
  expect(resultOf(traced)).toMatchObject({ text: TEXT });
  expect(checksIn(traced)).toEqual([]);
});

describe("fails closed", () => {
  test.each([
    ["an executable file", "path"],
    ["a snippet", "snippet"],
    ["standard input", "stdin"],
  ] as const)("when PR_GET_SECUREBITS fails, for %s", async (_, from) => {
    const path = script(0o755);
    const places = {
      path: atPath(path),
      snippet: { from: "snippet", name: "-c", text: TEXT },
      stdin: STDIN,
    } as const;
    const inject = "prctl:error=EPERM";
    const traced = await trace(command("admitInMode", [1, places[from]]), [...CALLS, "prctl"], { inject });
    expect(resultOf(traced)).toMatchObject({
      failure: { is: "unknown", error: { call: "prctl(PR_GET_SECUREBITS)", errno: 1 } },
      message:
        "the securebits cannot be known, so nothing runs: prctl(PR_GET_SECUREBITS): EPERM (operation not permitted)",
    });
    expect(traced.calls.filter(({ name, args }) => name === "read" && args.includes("print 1"))).toEqual([]);
  });

  test("when the addon cannot be loaded", async () => {
    const folder = temporaryFolder();
    // A copy of the library elsewhere finds no addon.
    for (const room of ["exec-check", "linux"])
      cpSync(join(import.meta.dirname, "../../../src", room), join(folder, room), { recursive: true });
    const program = makeFile(
      join(folder, "program.mts"),
      0o644,
      `import { admit } from "./exec-check/exec-check.ts";
       for (const origin of [{ from: "path", path: process.argv[2] }, { from: "snippet", name: "-c", text: "" }]) {
         try { console.log(admit(origin)); }
         catch (error) { console.log(error.name, error.failure.is, error.message); }
       }`,
    );
    const { stdout } = await run([process.execPath, program, script(0o755)]);
    const line = expect.stringMatching(
      /^AdmissionError unknown .*nothing runs: libc: the addon koffi could not be loaded: /,
    );
    expect(stdout.trimEnd().split("\n")).toEqual([line, line]);
  });
});

describe("a check that fails in whatever way", () => {
  test.each([
    ["ENOSYS", 38, "call filtered"],
    ["EPERM", 1, "call filtered"],
    ["EINVAL", 22, "kernel without the check"],
    ["ENOMEM", 12, "unknown"],
    ["EACCES", 13, "system policy"],
  ])("%s: refused where that counts, with this errno", async (name, errno, cause) => {
    const inject = `execveat:error=${name}`;
    const path = script(0o755);
    const traced = await trace(command("admitInMode", [2, atPath(path)]), CALLS, { inject });
    const result = resultOf<Result>(traced);
    expect(result).toMatchObject({
      failure: { is: "refused", check: errno, cause: { is: cause }, because: ["SECBIT_EXEC_RESTRICT_FILE"] },
      message: expect.stringContaining(`would not execute: ${name} (`),
    });
  });

  test.each(["ENOSYS", "EPERM"])("%s: ignored where nothing is restricted", async (name) => {
    const traced = await trace(command("admitInMode", [1, atPath(script(0o755))]), CALLS, {
      inject: `execveat:error=${name}`,
    });
    expect(resultOf(traced)).toMatchObject({ text: TEXT });
    expect(checksIn(traced)[0]?.result).toContain("INJECTED");
  });
});
