/**
 * Odd programs, streams and surroundings: each gets one line that says what is wrong, or a true verdict, and not a stack
 * trace. Wrong usage is in sessions/exec-conformance.
 */
import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { JsonReport } from "../../../src/conformance/report/json.ts";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { run, shell } from "../../support/run.ts";
import { idsWith, KIT, kit, needsEverything } from "./kit.ts";

const DASH = ["dash", "--no-trace", "--only", "snippet"];

describe("a program that cannot be judged", () => {
  test("text that the kernel would not execute, but execvp would hand to sh: status 4", async () => {
    const folder = temporaryFolder();
    const text = makeFile(join(folder, "text"), 0o755, '. "$1"\n');
    const script = makeFile(join(folder, "script"), 0o755, `#! ${text} -x\n`);
    for (const program of [text, script]) {
      const { status, stdout, stderr } = await kit([`dash=${program}`, "--no-trace", "--only", "shebang"]);
      expect({ status, stdout }).toEqual({ status: 4, stdout: "" });
      expect(stderr).toBe(
        `exec-conformance: ${program} is not a program that the kernel executes: it is not ELF, and does not begin with #!\n`,
      );
    }
  });

  test.each([
    ["whose own interpreter is missing", "#!/nowhere\n"],
    ["that ends at once", "#!/bin/sh\n"],
    ["that fails at once", "#!/bin/sh\nexit 1\n"],
    ["that prints its arguments", '#!/bin/sh\necho "$@"\n'],
  ])("%s does not conform", async (_, content) => {
    const program = makeFile(join(temporaryFolder(), "program"), 0o755, content);
    const { status, stdout, stderr } = await kit([`dash=${program}`, "--no-trace", "--report", "json"]);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^[^\n]* is a script: what is judged is [^\n]*\n$/),
    });
    const report = JSON.parse(stdout) as JsonReport;
    expect(idsWith(report, "holds")).toEqual([]);
    expect(idsWith(report, "broken")).toContain("snippet.mode-1");
  });
});

/** Loses what is typed while it changes the terminal's mode between two prompts. */
const DEAF_FOR_A_MOMENT = `#!/usr/bin/env python3
import sys, termios, time
print(">>> ", end="", flush=True)
exec(sys.stdin.readline())
sys.stdout.flush()
time.sleep(0.2)
termios.tcflush(0, termios.TCIFLUSH)
sys.stdin.read()
`;

test("a prompt that loses the first end of input gets another", async () => {
  const program = makeFile(join(temporaryFolder(), "program"), 0o755, DEAF_FOR_A_MOMENT);
  const args = [`python3=${program}`, "--no-trace", "--only", "stdin.terminal.mode-1", "--report", "json"];
  const { interpreters } = JSON.parse((await kit(args)).stdout) as JsonReport;
  const [prompt] = interpreters[0]?.requirements[0]?.cases ?? [];
  expect(prompt).toMatchObject({ entry: "terminal/prompt", verdict: "holds" });
  expect(prompt?.evidence[0]).toMatchObject({ hung: false, status: 0 });
});

describe("streams", () => {
  const command = [process.execPath, KIT, ...DASH];

  test.each([
    [">&-", 1, ""],
    ["<&- >&- 2>&-", 1, ""],
    [
      "> /dev/full",
      4,
      "exec-conformance: cannot write to standard output: ENOSPC (no space left on device)\n",
    ],
  ])("%s", async (redirection, status, stderr) => {
    expect(await shell(`"$@" ${redirection}`, command)).toMatchObject({ status, stderr });
  });

  test("a reader that goes away ends it quietly, by SIGPIPE", async () => {
    const { status, stderr } = await shell(`"$@" | true; exit "\${PIPESTATUS[0]}"`, [
      ...command,
      "--details",
    ]);
    expect({ status, stderr }).toEqual({ status: 141, stderr: "" });
  });
});

describe("surroundings", () => {
  const verdicts = async (env: Record<string, string>, before = "") => {
    const argv = [process.execPath, KIT, ...DASH, "--only", "file.executable", "--only", "module"];
    const { status, stdout, stderr } = await shell(`${before} "$@"`, [...argv, "--report", "json"], { env });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    const report = JSON.parse(stdout) as JsonReport;
    return report.interpreters[0]?.requirements.map(({ id, verdict }) => [id, verdict]);
  };

  test("no HOME, an umask that denies everything, a relative TMPDIR, another locale: no verdict changes", async () => {
    const usual = await verdicts({});
    const folder = temporaryFolder();
    mkdirSync(join(folder, "here"));
    expect(await verdicts({}, "env -u HOME")).toEqual(usual);
    expect(await verdicts({}, "umask 777;")).toEqual(usual);
    expect(await verdicts({ TMPDIR: "here" }, `cd '${folder}';`)).toEqual(usual);
    expect(await verdicts({ LC_ALL: "C", LANGUAGE: "de" })).toEqual(usual);
    expect(await verdicts({ CDPATH: "/", ENV: "/nowhere", BASH_ENV: "/nowhere" })).toEqual(usual);
    expect(readdirSync(join(folder, "here"))).toEqual([]);
  });

  test.each(["sp ace", "quo'te", "dollar$HOME", "ä"])("TMPDIR=%s: status 4", async (name) => {
    const TMPDIR = join(temporaryFolder(), name);
    mkdirSync(TMPDIR);
    const { status, stderr } = await kit(DASH, { env: { TMPDIR } });
    expect({ status, stderr }).toEqual({ status: 4, stderr: expect.stringMatching(/set TMPDIR to another/) });
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  test.for([
    ["noexec", "noexec", 4, /the kernel would execute no file/],
    ["too small for folders", "nr_inodes=3", 4, /no temporary folder can be made/],
  ] as const)("TMPDIR on a file system that is %s", async ([, option, status, reason], context) => {
    needsEverything(context);
    const TMPDIR = temporaryFolder();
    const mount = `mount -t tmpfs -o ${option} none "$TMPDIR" && exec "$@"`;
    const argv = ["unshare", "--mount", "sh", "-c", mount, "sh", process.execPath, KIT, ...DASH];
    const ended = await run(argv, { env: { TMPDIR } });
    expect(ended).toMatchObject({ status, stdout: "", stderr: expect.stringMatching(reason) });
  });

  test("a folder that the user of --as-user cannot reach: status 4", async (context) => {
    needsEverything(context);
    const TMPDIR = temporaryFolder();
    chmodSync(TMPDIR, 0o700);
    const { status, stderr } = await kit([...DASH, "--as-user", "65534"], { env: { TMPDIR } });
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(/nothing can be run as that user/),
    });
    expect(readdirSync(TMPDIR)).toEqual([]);
  });

  test("a limit on the size of files: the report that is longer is not there, and nothing else is", async () => {
    const [folder, TMPDIR] = [temporaryFolder(), temporaryFolder()];
    const args = [process.execPath, KIT, ...DASH, "--report", `html=${join(folder, "html")}`];
    const { status, stderr } = await shell('ulimit -f 1; "$@"', args, { env: { TMPDIR } });
    expect({ status, stderr }).toEqual({
      status: 4,
      stderr: expect.stringMatching(/^exec-conformance: the report .* cannot be written: EFBIG[^\n]*\n$/),
    });
    expect([readdirSync(folder), readdirSync(TMPDIR)]).toEqual([[], []]);
  });

  test("few descriptors: what cannot be tried is skipped, and never a verdict", async () => {
    const args = [process.execPath, KIT, "dash", "--no-trace", "--jobs", "16", "--report", "json"];
    const [usual, poor] = [await shell('"$@"', args), await shell('ulimit -n 50; "$@"', args)].map(
      ({ stdout }) => JSON.parse(stdout) as JsonReport,
    ) as [JsonReport, JsonReport];
    const broken = new Set(idsWith(usual, "broken"));
    expect(idsWith(poor, "broken").filter((id) => !broken.has(id))).toEqual([]);
    expect(idsWith(poor, "skipped").length).toBeGreaterThan(idsWith(usual, "skipped").length);
  });
});
