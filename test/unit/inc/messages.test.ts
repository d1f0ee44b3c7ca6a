/** What `--status` says about kernels, bits and builds that the tests' own system does not have. */
import { constants as os } from "node:os";
import { expect, test } from "vitest";
import { status } from "../../../src/inc/messages.ts";

test.each([
  ["a kernel with the check", { supported: true }, "knows AT_EXECVE_CHECK"],
  ["one before it", { supported: false }, "does not know AT_EXECVE_CHECK (Linux 6.14 or later does)"],
  [
    "a filter that hides which",
    { supported: "unknown", errno: os.errno.EPERM },
    "answers the probe with EPERM (operation not permitted): a filter hides whether it knows AT_EXECVE_CHECK",
  ],
] as const)("%s", (_, support, words) => {
  expect(status("6.1", support, 0, 0)).toBe(
    `kernel      Linux 6.1: ${words}\nsecurebits  0x0\nmode        1: nothing is refused\n`,
  );
});

test("a build that always obeys a bit is in that bit's mode", () => {
  expect(status("6.14", { supported: true }, 0x400, 0x100).split("\n").slice(1)).toEqual([
    "securebits  0x400 SECBIT_EXEC_DENY_INTERACTIVE",
    "this build  always obeys SECBIT_EXEC_RESTRICT_FILE",
    "mode        4: executable script files only",
    "",
  ]);
});
