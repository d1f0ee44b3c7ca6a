/** The sessions beside this file, in a folder for each program; session.ts says how they are written. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, inject, test } from "vitest";
import project from "../../../package.json" with { type: "json" };
import { makeFile, ownedBy, temporaryFolder } from "../../support/files.ts";
import { needsCheck } from "../../support/kernel.ts";
import { needs, root, type User, unprivileged } from "../../support/users.ts";
import { FORMS } from "../set-exec/forms.ts";
import { play, readSessions, type Session } from "./session.ts";

/** The sessions of a program, with the file's name before their titles. */
function sessionsOf(program: string): Session[] {
  const folder = join(import.meta.dirname, program);
  return readdirSync(folder)
    .sort()
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8").replaceAll("{version}", project.version);
      return readSessions(text).map((each) => ({ ...each, title: `${file}: ${each.title}` }));
    });
}

/** Plays a session in an empty folder of its own, with the programs of a folder on PATH. */
async function check(session: Session, user: User, programs: string = inject("programs")): Promise<void> {
  const cwd = ownedBy(user, temporaryFolder());
  const env = { PATH: `${programs}:/usr/bin:/bin`, NODE_COMPILE_CACHE: inject("compileCache") };
  const { expected, shown } = await play(session, { user, cwd, env });
  expect(shown).toEqual(expected);
}

const whoever = root.missing === undefined ? root : unprivileged;

describe.each(["inc", "exec-check", "exec-conformance"])("%s", (program) => {
  test.each(sessionsOf(program))("$title", (session) => check(session, whoever));
});

describe.each(FORMS)("set-exec: $form", ({ user, argv }) => {
  beforeEach((context) => {
    needsCheck(context);
    needs(context, user);
  });

  test.each(sessionsOf("set-exec"))("$title", async (session) => {
    const programs = temporaryFolder();
    makeFile(join(programs, "set-exec"), 0o755, `#!/bin/sh\nexec ${argv.join(" ")} "$@"\n`);
    await check(session, user, programs);
  });
});

describe("a session that expects something else is not as expected:", () => {
  test.each([
    ["another line", "$ echo a\n  b"],
    ["a line more", "$ echo a\n  a\n  b"],
    ["a line less", "$ echo a; echo b\n  a"],
    ["nothing", "$ echo a"],
    ["the wrong stream", "$ echo a >&2\n  a"],
    ["the other wrong stream", "$ echo a\n  ! a"],
    ["any lines, and of standard error none", "$ echo a; echo b >&2\n  ..."],
    ["any lines, and then another one", "$ echo a; echo b\n  ...\n  c"],
    ["any lines, and status 0", "$ echo a; exit 1\n  ..."],
    ["another status", "$ exit 1\n  [2]"],
    ["a status for a signal", "$ kill -TERM $$\n  [143]"],
    ["a line end", "$ printf a\n  a"],
    ["something else about a wildcard", "$ echo abc\n  a{*}b"],
    ["a file of another session", "$ cat file\n  text"],
  ])("%s", async (_, text) => {
    const file = `One makes a file.\n  $ echo text >file\n\nAnother.\n  ${text}\n`;
    const [first, second] = readSessions(file);
    await check(first as Session, whoever);
    await expect(check(second as Session, whoever)).rejects.toThrow("to deeply equal");
  });

  test("and one that expects what comes is", async () => {
    const text =
      "A comment.\n\nA title\nof two lines.\n\n  $ echo a; echo; echo c; \\\n  >   echo e >&2; exit 3\n  a\n\n  {*}\n  ! ...\n  [3]\n\n  $ printf x\n  x\n  [no line end]\n  $ kill -TERM $$\n  [SIGTERM]\n";
    const [session, ...rest] = readSessions(text);
    expect({ title: session?.title, rest }).toEqual({ title: "A title of two lines.", rest: [] });
    await check(session as Session, whoever);
  });
});
