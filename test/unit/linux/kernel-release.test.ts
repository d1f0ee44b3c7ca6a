/** The kernel's release is what uname(1) says. */
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { kernelRelease } from "../../../src/linux/kernel-release.ts";

test("the release is the one that uname prints", () => {
  expect(kernelRelease()).toBe(execFileSync("uname", ["-r"], { encoding: "utf8" }).trim());
});
