/** What each answer to the probe means, with a kernel of the test's own. */
import { readlinkSync } from "node:fs";
import { constants as os } from "node:os";
import { expect, test } from "vitest";
import { type Kernel, probeSupport } from "../../../src/exec-check/exec-check.ts";

test.each([
  ["EACCES", { supported: true }],
  ["EINVAL", { supported: false }],
  ["EPERM", { supported: "unknown", errno: os.errno.EPERM }],
  ["ENOSYS", { supported: "unknown", errno: os.errno.ENOSYS }],
] as const)("%s", (answer, support) => {
  const asked: string[] = [];
  const kernel: Pick<Kernel, "execveatCheck"> = {
    execveatCheck(fd) {
      asked.push(readlinkSync(`/proc/self/fd/${fd}`));
      return os.errno[answer];
    },
  };
  expect(probeSupport(kernel as Kernel)).toEqual(support);
  // A directory, which is executable for nobody on any kernel.
  expect(asked).toEqual(["/"]);
});
