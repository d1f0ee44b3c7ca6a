/** Whatever is wrong with what inc is given: one line says what, the status is right, and nothing is half-run. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsNoexec } from "../../support/noexec.ts";
import { INC } from "../../support/programs.ts";
import { run, shell } from "../../support/run.ts";
import { root, unprivileged } from "../../support/users.ts";

test("a script that does not exist", async () => {
  const { status, stdout, stderr } = await run([INC, "/nowhere/x.inc"]);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: "inc: /nowhere/x.inc: cannot open: ENOENT (no such file or directory)\n",
  });
});

test("the empty name", async () => {
  const { status, stderr } = await run([INC, ""]);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "inc: : cannot open: ENOENT (no such file or directory)\n",
  });
});

test("a directory", async () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = await run([INC, folder]);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: `inc: ${folder}: cannot read: EISDIR (illegal operation on a directory)\n`,
  });
});

test("an unreadable file", async () => {
  const file = makeFile(join(temporaryFolder(), "x.inc"), 0, "print 1\n");
  const { status, stdout, stderr } = await run([INC, file], { user: unprivileged });
  // As root's file it cannot be opened by nobody; an ordinary user's own file of mode 0 cannot be either.
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: `inc: ${file}: cannot open: EACCES (permission denied)\n`,
  });
});

test("an empty file is an empty program", async () => {
  const file = makeFile(join(temporaryFolder(), "x.inc"), 0o755, "");
  expect(await run([INC, file])).toMatchObject({ status: 0, stdout: "", stderr: "" });
});

test.each([
  ["a NUL byte", Buffer.from("print 1\nprint \0 2\n"), "a NUL byte, at byte 14"],
  ["no UTF-8", Buffer.from("print 1\n# caf\xe9\n", "latin1"), "this is not valid UTF-8, at byte 13"],
])("%s", async (_, content, complaint) => {
  const file = makeFile(join(temporaryFolder(), "x.inc"), 0o755, content);
  const { status, stdout, stderr } = await run([INC, file]);
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: `inc: ${file}: ${complaint}\n`,
  });
});

test("a source of more than 32 MiB", async () => {
  const folder = temporaryFolder();
  const { status, stdout, stderr } = await shell(
    'yes "print 1" | head -c 33554433 >big.inc; "$1" big.inc',
    [INC],
    { cwd: folder },
  );
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: "inc: big.inc: too large: code may have at most 33554432 bytes\n",
  });
});

test("a full standard output", async () => {
  const { status, stderr } = await shell('"$1" -c "print 1" >/dev/full', [INC]);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "inc: cannot write to standard output: ENOSPC (no space left on device)\n",
  });
});

test("a standard output that nobody reads ends it by SIGPIPE, quietly", async () => {
  const { stdout, stderr } = await shell('"$1" -c "while true { print 1 }" | head -n 1; echo $PIPESTATUS', [
    INC,
  ]);
  expect({ stdout, stderr }).toEqual({ stdout: "1\n141\n", stderr: "" });
});

test.each([
  [["-x"], "inc: unknown option -x\n"],
  [["--chek", "x.inc"], "inc: unknown option --chek\n"],
  [["-c"], "inc: -c needs the code as its argument\n"],
  [["-i", "-c", "+"], "inc: -c and -i exclude each other: give one of them\n"],
  [["-\u001b[31m"], "inc: unknown option -\\x1b[31m\n"],
])("wrong usage: %j", async (args, complaint) => {
  const { status, stdout, stderr } = await run([INC, ...args]);
  expect({ status, stdout, complaint: stderr.slice(0, complaint.length) }).toEqual({
    status: 2,
    stdout: "",
    complaint,
  });
  expect(stderr.slice(complaint.length)).toMatch(/^usage: inc /);
});

test("100,000 arguments", async () => {
  const args = Array.from({ length: 100_000 }, (_, index) => String(index + 1));
  const { status, stdout, stderr } = await run([INC, "-c", "print len(args()), args()[99999]", ...args]);
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "100000 100000\n", stderr: "" });
});

test("a name that is no UTF-8 is opened by its bytes, and shown escaped", async () => {
  const folder = temporaryFolder();
  const make = "printf 'print 7\\n' >$'caf\\xe9.inc'; ";
  const ran = await shell(`${make}"$1" $'caf\\xe9.inc'`, [INC], { cwd: folder });
  expect(ran).toMatchObject({ status: 0, stdout: "7\n", stderr: "" });
  const { status, stderr } = await shell(`"$1" $'caf\\xe8.inc'`, [INC], { cwd: folder });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "inc: caf\\xe8.inc: cannot open: ENOENT (no such file or directory)\n",
  });
});

test("a name with control characters cannot write to the terminal", async () => {
  const folder = temporaryFolder();
  const name = "a\u001b]0;title\u0007\nb\u202e.inc";
  mkdirSync(join(folder, "sub"));
  makeFile(join(folder, name), 0o755, "print 1 +\n");
  const missing = await run([INC, `sub/${name}`], { cwd: folder });
  expect(missing.stderr).toBe(
    "inc: sub/a\\x1b]0;title\\x07\\nb\\u{202e}.inc: cannot open: ENOENT (no such file or directory)\n",
  );
  const { status, stdout, stderr } = await run([INC, name], { cwd: folder });
  expect({ status, stdout, first: stderr.split("\n")[0] }).toEqual({
    status: 1,
    stdout: "",
    first: "a\\x1b]0;title\\x07\\nb\\u{202e}.inc:1:10: error: expected a value, found the end of the line",
  });
});

test("standard input that is closed is read as /dev/null", async () => {
  expect(await shell('"$1" -i <&-', [INC])).toMatchObject({ status: 0, stdout: "", stderr: "" });
});

test("standard input that is a directory", async () => {
  const { status, stderr } = await shell('"$1" -i </', [INC]);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: "inc: standard input: cannot read: EISDIR (illegal operation on a directory)\n",
  });
});

test.each([
  ["an argument", `"$1" -c 'print len(args())' a $'caf\\xe9'`, "argument 2"],
  ["a variable", `CAF=$'caf\\xe9' "$1" -c 'print env("CAF")'`, 'the variable "CAF"'],
])("%s that is no UTF-8 is an error where the script asks for it", async (_, command, what) => {
  const { status, stdout, stderr } = await shell(command, [INC]);
  expect({ status, stdout, first: stderr.split("\n")[0] }).toEqual({
    status: 1,
    stdout: "",
    first: `-c:1:${command.includes("env(") ? 7 : 11}: error: ${what} is no text: this is not valid UTF-8, at byte 3`,
  });
});

test("and is none where it does not ask; U+FFFD itself is text", async () => {
  const { status, stdout } = await shell(
    `X=$'\\xe9' Y=$'\\xef\\xbf\\xbd' "$1" -c 'print env("Y"), env("Z")' $'\\xe9'`,
    [INC],
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: "\ufffd nil\n" });
});

test("data keeps its byte-order mark", async () => {
  const file = makeFile(join(temporaryFolder(), "data"), 0o644, "\ufeffa");
  const { stdout } = await run([INC, "-c", `print len(read_file("${file}")), len(read_line())`], {
    input: "\ufeffb\n",
  });
  expect(stdout).toBe("2 2\n");
});

test("bytes that only /proc knows, without it", async (context) => {
  await needsNoexec(context);
  const hidden = [
    "unshare",
    ...(root.missing === undefined ? ["-m"] : ["-Urm"]),
    "sh",
    "-c",
    'mount -t tmpfs none /proc && exec "$@"',
    "sh",
  ];
  const without = (script: string, argv: string[]) => shell(script, [...hidden, ...argv]);
  const read = makeFile(join(temporaryFolder(), "read.inc"), 0o755, 'print 1\nprint env("LATIN")\n');
  expect(await without("LATIN=$'\\xe9' exec \"$@\"", [INC, read])).toMatchObject({
    status: 1,
    stdout: "1\n",
    stderr: expect.stringMatching(
      /read\.inc:2:7: error: the variable LATIN is not UTF-8, and without \/proc /,
    ),
  });
  expect(await without("INC_INIT=$'\\xe9' exec \"$@\"", [INC, read])).toMatchObject({
    status: 1,
    stdout: "",
    stderr:
      "inc: the variable INC_INIT is not UTF-8, and without /proc its bytes cannot be known: mount /proc\n",
  });
});
