/** Without /proc the descriptors of the command are still known; what is not known is an error with its reason. */
import { beforeEach, expect, test } from "vitest";
import { needsCheck } from "../../support/kernel.ts";
import { run } from "../../support/run.ts";
import { needs, root } from "../../support/users.ts";
import { FORMS } from "./forms.ts";

const SAID =
  "set-exec: /proc is not mounted: the command may get a raised limit on descriptors, and lack variables meant for Node\n";

/** Runs a script of bash in a mount namespace without /proc; set-exec is `"$@"`. */
const withoutProc = (script: string, argv: readonly string[]) =>
  run(["unshare", "-m", "bash", "-c", `umount -l /proc || exit 99; ${script}`, "bash", ...argv]);

beforeEach((context) => {
  needsCheck(context);
  needs(context, root);
});

const AS_ROOT = FORMS.filter(({ user }) => user === root);

test.each(AS_ROOT)("the standard streams stay open: $form", async ({ argv }) => {
  expect(await withoutProc('"$@" -f -- /bin/echo hi; echo $?', argv)).toMatchObject({
    stdout: "hi\n0\n",
    stderr: SAID,
  });
  expect(await withoutProc('echo in | "$@" -f -- cat', argv)).toMatchObject({ stdout: "in\n" });
});

test.each(AS_ROOT)("and so do all others that were given, and none of Node's: $form", async ({ argv }) => {
  const script = `mkfifo /tmp/fifo.$$ && exec 3</ 9<>/tmp/fifo.$$ 12</dev/null 13</ 14</ 15</ 16</ 17</ 100</ && rm /tmp/fifo.$$
    "$@" -f -- bash -c 'for n in {0..200}; do (: <&$n) && printf "$n "; done'`;
  expect(await withoutProc(script, argv)).toMatchObject({
    stdout: "0 1 2 3 9 12 13 14 15 16 17 100 ",
    stderr: expect.stringContaining(SAID),
  });
});
