/** Admission to copy, in each language: as small as it is said to be, sound by the judge, and of one wording. */
import { closeSync, cpSync, openSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { BUILDS, EXAMPLES, ONE_A_LANGUAGE } from "../../../scripts/calculators.ts";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { EXEC_CONFORMANCE, INC, SET_EXEC } from "../../support/programs.ts";
import { type Outcome, run, shell } from "../../support/run.ts";
import { trace } from "../../support/strace.ts";
import { NOBODY, needs, root, USERS } from "../../support/users.ts";
import { idsWith, judged, needsStrace } from "../conformance/kit.ts";
import { adapterOf, built } from "./builds.ts";

describe.each([
  ["c/enlighten.h", "/* SPDX-License-Identifier: MIT-0 */"],
  ["go/enlighten.go", "// SPDX-License-Identifier: MIT-0"],
  ["python/enlighten.py", "# SPDX-License-Identifier: MIT-0"],
  ["rust/enlighten.rs", "// SPDX-License-Identifier: MIT-0"],
])("%s", (file, firstLine) => {
  const lines = readFileSync(join(EXAMPLES, file), "utf8").trimEnd().split("\n");

  test("can be copied", () => expect(lines[0]).toBe(firstLine));

  test("can be read in a few minutes", () => {
    expect(lines.length).toBeGreaterThanOrEqual(60);
    expect(lines.length).toBeLessThanOrEqual(150);
  });
});

describe.each(USERS)("the judge, as $name", (user) => {
  beforeEach((context) => needs(context, user));

  const isRoot = user === root;
  const as = !isRoot && root.missing === undefined ? ["--as-user", `${NOBODY}:${NOBODY}`] : [];
  // C is judged as root by the README's own command, below.
  const subjects = isRoot ? BUILDS.filter(({ name }) => name !== "C") : ONE_A_LANGUAGE;

  test.for(subjects)("finds nothing against $name", async (build, context) => {
    needsStrace(context);
    // Half of the time goes to the traces: they are made once for each language, and for 32 bits.
    const isTraced = !isRoot || build.name === "C, 32 bits";
    const subject = `${adapterOf(build)}=${built(context, build)}`;
    const options = [...as, ...(isTraced ? [] : ["--no-trace"]), "--strict", "--timeout", "30"];
    const report = await judged(["--adapter", subject, ...options], { program: EXEC_CONFORMANCE });
    expect(idsWith(report, "broken")).toEqual([]);
    const untraced = isTraced ? /^$/ : /^(check|securebits|fault|race)\./;
    expect(idsWith(report, "skipped").filter((id) => !untraced.test(id))).toEqual([]);
    expect(idsWith(report, "holds").length).toBeGreaterThan(isTraced ? 160 : 120);
    // Without traces there is no verdict on the whole.
    expect(report.interpreters[0]?.conforms).toBe(isTraced);
  });
});

/** A script of the shell on the program `$1` and set-exec, `$2`, in a folder with files that are named after their modes. */
function inFolder(script: string, program: string): Promise<Outcome> {
  const folder = temporaryFolder();
  makeFile(join(folder, "0755"), 0o755, TWO_LINES);
  makeFile(join(folder, "0644"), 0o644, TWO_LINES);
  makeFile(join(folder, "nul"), 0o644, "print 1\nprint 2\0\n");
  makeFile(join(folder, "imports"), 0o755, 'print 1\nimport "0644"\nprint 2\n');
  makeFile(join(folder, "imports-itself"), 0o644, 'import "imports-itself"\nprint 3\n');
  makeFile(Buffer.from(`${folder}/\xe9\x1b`, "latin1"), 0o644, "print 4\n");
  makeFile(join(folder, "imports-odd-name"), 0o755, Buffer.from('import "\xe9\x1b"\n', "latin1"));
  makeFifo(join(folder, "fifo"));
  return shell(script, [program, SET_EXEC], { cwd: folder, input: TWO_LINES });
}

const TWO_LINES = "print 1\nprint 2\n";
const READ_A_LINE = "dd bs=8 count=1 status=none >/dev/null";

describe("a refusal has the words of inc", () => {
  test.for([
    ["a file", '"$2" -f -- "$1" 0644'],
    ["a file on standard input", '"$2" -i -- "$1" <0644'],
    ["a pipe, under both bits", 'cat 0644 >fifo & "$2" -fi -- "$1" fifo'],
    ["a pipe, under one bit", 'cat 0644 >fifo & "$2" -i -- "$1" fifo'],
    ["a directory", '"$2" -f -- "$1" .'],
    ["a socket", '"$2" -i -- "$1"'],
    ["a snippet", '"$2" -i -- "$1" -c "print 1"'],
    ["the rest of a file", `{ ${READ_A_LINE}; "$2" -i -- "$1"; } <0755`],
    ["a file that is open for writing", '"$2" -f -- "$1" 0755 3>>0755'],
    ["a file that is not there", '"$1" nothing'],
  ] as const)("%s", async ([, script], context) => {
    const words = async (program: string) => {
      const { stdout, stderr, status } = await inFolder(script, program);
      expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
      // Each C library, and Node, has its own words for an errno; and a hint is shorter here.
      return stderr
        .split("\n")[0]
        ?.replace(/^\w+: /, "")
        .replaceAll(/ \(.*?\)/g, "");
    };
    const ofInc = await words(INC);
    for (const build of ONE_A_LANGUAGE) expect(await words(built(context, build)), build.name).toBe(ofInc);
  });
});

interface Expected {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: RegExp;
}

const runs = (stdout: string): Expected => ({ status: 0, stdout, stderr: /^$/ });
const fails = (stderr: RegExp, stdout = ""): Expected => ({ status: 1, stdout, stderr });

/** What is said where something is wrong; Python and Rust look at standard input themselves before their program does. */
const CASES: readonly (readonly [string, Expected, Partial<Record<string, Expected>>?])[] = [
  ['"$1" 0644', runs("1\n2\n")],
  ['"$1" .', fails(/^calc: \.: cannot read: EISDIR \(is a directory\)\n$/i)],
  ['"$1" <.', fails(/is a directory/i)],
  [
    '"$1" <&-',
    fails(/^calc: standard input: cannot read: EBADF \(bad file descriptor\)\n$/i),
    { Rust: runs("") },
  ],
  ['"$2" -i -- "$1" <&-', fails(/^calc: standard input: /)],
  ['"$1" 0644 <&-', runs("1\n2\n")],
  ['"$1" /dev/zero', fails(/^calc: \/dev\/zero: cannot read: EFBIG \(file too large\)\n$/i)],
  ['"$1" ""', fails(/^calc: : cannot open: ENOENT /)],
  ['"$1" nul', fails(/^calc: nul:2: a NUL byte\n$/, "1\n")],
  [`"$1" $'\\xe9\\x1b'`, runs("4\n")],
  [`"$2" -f -- "$1" $'\\xe9\\x1b'`, fails(/^calc: \?\?: refused: a regular file /)],
  ['"$1" imports-odd-name', runs("4\n")],
  ['"$2" -f -- "$1" imports', fails(/^calc: 0644: refused: a regular file /, "1\n")],
  ['"$1" imports-itself', runs("3\n3\n")],
  ['CALC_STARTUP=0644 "$2" -f -- "$1" 0755', fails(/^calc: 0644: refused: /)],
  ['CALC_STARTUP= "$1" 0755', fails(/^calc: : cannot open: ENOENT /)],
  ['CALC_STARTUP=0644 "$2" -i -- "$1" -c "print 5"', fails(/^calc: -c: refused: /)],
  [`{ ${READ_A_LINE}; "$2" -f -- "$1"; } <0755`, runs("2\n")],
  ['{ "$1"; cat; } <0755', runs("1\n2\n")],
  ['"$1" 0644 >/dev/full', fails(/no space left/i)],
  ['"$1" -c "print 2 * 3 - 4"', runs("2\n")],
  ['"$1" -c "print 9223372036854775807 + 1"', fails(/^calc: -c:1: the result is too large\n$/)],
  ['"$1" -c "print 1 +"', fails(/^calc: -c:1: /)],
  ['"$1" -x', { status: 2, stdout: "", stderr: /^usage: / }],
];

describe.each(BUILDS)("$name", (build) => {
  test.for(CASES)("%s", async ([script, expected, except], context) => {
    const { status, stdout, stderr } = await inFolder(script, built(context, build));
    const wanted = except?.[build.name] ?? expected;
    expect({ status, stdout }).toEqual({ status: wanted.status, stdout: wanted.stdout });
    expect(stderr).toMatch(wanted.stderr);
  });

  test("nothing runs where the securebits cannot be known", async (context) => {
    needsStrace(context);
    const script = makeFile(join(temporaryFolder(), "script"), 0o755, TWO_LINES);
    // The first prctl of these programs is this one: Go and Rust make none before.
    const options = { inject: "prctl:error=EPERM" };
    const { status, stdout, stderr } = await trace([built(context, build), script], ["prctl"], options);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(
      /: nothing runs, as the securebits cannot be known: EPERM \(operation not permitted\)\n$/i,
    );
  });

  test("what passed on standard input is read from its beginning, by offset", async (context) => {
    needsStrace(context);
    const script = makeFile(join(temporaryFolder(), "script"), 0o755, TWO_LINES);
    const log = makeFile(join(temporaryFolder(), "trace"), 0o644);
    const strace = ["strace", "-f", "-qq", "-e", "trace=read,pread64", "-P", script, "-o", log];
    const stdin = openSync(script, "r");
    const { stdout } = await run([...strace, built(context, build)], { stdin });
    closeSync(stdin);
    expect(stdout).toBe("1\n2\n");
    const calls = readFileSync(log, "utf8").match(/\b(?:read|pread64)\(.*$/gm) ?? [];
    expect(calls[0]).toMatch(/^pread64\(0, "print 1\\nprint 2\\n", \d+, 0\)/);
    expect(calls.filter((call) => call.startsWith("read("))).toEqual([]);
  });
});

test("README.md: what it shows is what happens", async (context) => {
  for (const build of ONE_A_LANGUAGE) built(context, build);
  const text = readFileSync(join(EXAMPLES, "README.md"), "utf8");
  const shown = [...text.matchAll(/^\$ (.+)\n((?:(?!```|\$ ).+\n)*)/gm)].map(([, ...both]) => both);
  expect(shown.length).toBeGreaterThan(5);
  const folder = temporaryFolder();
  cpSync(EXAMPLES, folder, { recursive: true });
  // Go wants a place for its cache.
  const prepare = `PATH="$1:/usr/bin:$PATH"; export GOCACHE="$PWD/go-cache"; exec 2>&1`;
  const inIt = (command = "") => shell(`${prepare}; ${command}`, [dirname(INC)], { cwd: folder });
  for (const [command, output] of shown) expect((await inIt(command)).stdout, command).toBe(output);
  const [, others] = /```sh\n(.*?)```/s.exec(text) ?? [];
  expect((await inIt(others)).stdout).toBe("7\n7\n7\n");
});
