/** The program as a whole, from its source: the calls that it makes, what it prints, and as whom it asks. */
import { chownSync, mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeEach, expect, inject, test } from "vitest";
import { AT_EMPTY_PATH, AT_EXECVE_CHECK } from "../../../src/linux/uapi.ts";
import { makeFifo, makeFile, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { run } from "../../support/run.ts";
import { needsStrace, stringsIn, trace } from "../../support/strace.ts";
import { NOBODY, needs, root } from "../../support/users.ts";

const BIN = resolve(import.meta.dirname, "../../../src/exec-check-program/bin.ts");
const PROGRAM = [process.execPath, BIN];
const env = { NODE_COMPILE_CACHE: inject("compileCache") };

beforeEach(needsCheck);

/** A tree of a file that is executable, one that is not, a pipe, and a file with another ending. */
function makeTree(): string {
  const tree = temporaryFolder();
  mkdirSync(join(tree, "folder"));
  makeFile(join(tree, "folder/yes.py"), 0o755);
  makeFile(join(tree, "no.py"), 0o644);
  makeFile(join(tree, "other"), 0o644);
  makeFifo(join(tree, "pipe.py"));
  return tree;
}

test("one check a file, and no access()", async (context) => {
  await needsStrace(context);
  const tree = makeTree();
  const { calls, status } = await trace(
    [...PROGRAM, "-r", tree],
    ["execveat", "access", "faccessat", "faccessat2"],
    { env },
  );
  expect(status).toBe(1);
  const checks = calls.filter(({ name }) => name === "execveat");
  const flags = `0x${(AT_EMPTY_PATH | AT_EXECVE_CHECK).toString(16)}`;
  expect(checks.filter(({ args }) => !args.endsWith(flags))).toEqual([]);
  const checked = checks.flatMap(({ args }) => stringsIn(args).slice(1, 2));
  // The first asks of a folder whether the kernel knows the check.
  expect(checked.sort()).toEqual(
    ["/", ...["folder/yes.py", "no.py", "other", "pipe.py"].map((name) => join(tree, name))].sort(),
  );
  const accesses = calls.filter(({ name, args }) => name !== "execveat" && args.includes(tree));
  expect(accesses).toEqual([]);
});

test("lines, names and JSON of the same files", async () => {
  const tree = makeTree();
  const of = (...options: string[]) =>
    run([...PROGRAM, "-r", "--name", "*.py", ...options, tree], { env }).then(({ stdout, status }) => {
      expect(status).toBe(1);
      return stdout;
    });
  const no = join(tree, "no.py");
  const refused = `refused    ${no}: EACCES (permission denied): if you trust it: chmod +x ${no}`;
  expect((await of()).trimEnd().split("\n").sort()).toEqual([
    `executable ${join(tree, "folder/yes.py")}`,
    refused,
    expect.stringMatching(/^refused .*pipe\.py: EACCES .*this is a pipe/),
  ]);
  expect((await of("-0")).split("\0").sort()).toEqual(["", no, join(tree, "pipe.py")]);
  const objects = (await of("--json"))
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(objects).toHaveLength(3);
  expect(objects.find(({ path }) => path === no)).toEqual({
    "exec-check": 1,
    path: no,
    result: "refused",
    kind: "regular file",
    errno: "EACCES",
    cause: { is: "no execute permission", someoneHasIt: false },
    hint: `if you trust it: chmod +x ${no}`,
  });
  expect(JSON.parse(await of("--json", "--summary"))).toEqual({
    "exec-check": 1,
    executable: 1,
    refused: 2,
    unreadable: 0,
    links: 0,
    causes: { "no execute permission": 1, "not a regular file": 1 },
  });
});

test("a name that is not UTF-8: its bytes with -0, and in base64", async () => {
  const tree = temporaryFolder();
  const name = Buffer.from(`${tree}/caf\xe9\n`, "latin1");
  makeFile(name, 0o644);
  const names = await run([...PROGRAM, "-r0", tree], { env });
  expect(names.bytes).toEqual(Buffer.concat([name, Buffer.from([0])]));
  const json = await run([...PROGRAM, "-r", "--json", tree], { env });
  expect(JSON.parse(json.stdout)).toMatchObject({
    path: `${tree}/caf\\xe9\\n`,
    base64: name.toString("base64"),
  });
  const lines = await run([...PROGRAM, "-r", tree], { env });
  expect(lines.stdout).toMatch(/^refused .*\/caf\\xe9\\n: EACCES .*\n$/);
});

test("as another user, with the group that is given or the user's own", async (context) => {
  needs(context, root);
  const folder = temporaryFolder();
  const file = makeFile(join(folder, "file"), 0o700);
  const ask = (...options: string[]) => run([...PROGRAM, ...options, file], { env });
  expect(await ask()).toMatchObject({ status: 0, stdout: `executable ${file}\n` });
  for (const user of [`${NOBODY}:${NOBODY}`, `${NOBODY}`])
    expect(await ask("--as-user", user)).toMatchObject({
      status: 1,
      stdout: `refused    ${file}: EACCES (permission denied): its permissions let others execute it, not this user: see ls -l\n`,
    });
  expect(await ask("-r", `--as-user=${NOBODY}:${NOBODY}`)).toMatchObject({ status: 1, stderr: "" });
  expect(await ask("--as-user", "4000000000")).toMatchObject({
    status: 2,
    stdout: "",
    stderr: "exec-check: no group is known of user 4000000000: give one, as 4000000000:GID\n",
  });
});

test("as another user, without the groups of whoever asks", async (context) => {
  needs(context, root);
  const [group, file] = [7, makeFile(join(temporaryFolder(), "file"), 0o654)];
  chownSync(file, 0, group);
  const ask = (user: string) =>
    run(["setpriv", `--groups=${group}`, ...PROGRAM, "--as-user", user, file], { env });
  expect(await ask(`${NOBODY}:${NOBODY}`)).toMatchObject({ status: 1 });
  expect(await ask(`${NOBODY}`)).toMatchObject({ status: 1 });
  expect(await ask(`${NOBODY}:${group}`)).toMatchObject({ status: 0 });
});

test("a folder that may not be listed is told, and the rest is looked at", async (context) => {
  needs(context, root);
  const tree = makeTree();
  mkdirSync(join(tree, "locked"), { mode: 0o700 });
  const { status, stdout, stderr } = await run([...PROGRAM, "-r", "--as-user", `${NOBODY}:${NOBODY}`, tree], {
    env,
  });
  expect(status).toBe(1);
  expect(stderr).toBe(`exec-check: ${join(tree, "locked")}: cannot read: EACCES (permission denied)\n`);
  expect(stdout.trimEnd().split("\n")).toHaveLength(4);
});

test.for([
  ["ENOSYS", "a filter answers the check with ENOSYS"],
  ["EINVAL", "this kernel does not know AT_EXECVE_CHECK"],
] as const)(
  "where the check gives %s of a folder, no file is asked about",
  async ([errno, words], context) => {
    await needsStrace(context);
    const { status, stdout, stderr } = await trace([...PROGRAM, "/bin/sh"], ["execveat"], {
      env,
      inject: `execveat:error=${errno}`,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(words);
  },
);
