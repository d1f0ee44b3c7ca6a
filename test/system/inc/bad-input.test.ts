/** What is wrong with what inc is given, where more than a command line shows it; the rest is in sessions/inc/bad-input.txt. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFile, temporaryFolder } from "../../support/files.ts";
import { needsNoexec } from "../../support/noexec.ts";
import { INC } from "../../support/programs.ts";
import { run, shell } from "../../support/run.ts";
import { root, unprivileged } from "../../support/users.ts";

test("an unreadable file", async () => {
  const file = makeFile(join(temporaryFolder(), "x.inc"), 0, "print 1\n");
  const { status, stdout, stderr } = await run([INC, file], { user: unprivileged });
  // Neither root's file for nobody, nor an ordinary user's own, can be opened with mode 0.
  expect({ status, stdout, stderr }).toEqual({
    status: 1,
    stdout: "",
    stderr: `inc: ${file}: cannot open: EACCES (permission denied)\n`,
  });
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
