import { constants, release } from "node:os";
import type { TestContext } from "vitest";
import { errnoText, probeSupport } from "../../src/exec-check/exec-check.ts";
import { skipWithReason } from "./skip.ts";

/**
 * Skips a test where the kernel is too old for the check, or a filter forbids it. The probe alone does not decide: if it
 * were wrong, everything would be skipped.
 */
export function needsCheck(context: TestContext): void {
  const [major = 0, minor = 0] = release().split(".").map(Number);
  if (major < 6 || (major === 6 && minor < 14)) {
    skipWithReason(context, `Linux ${release()} has no AT_EXECVE_CHECK: 6.14 has`);
  }
  const support = probeSupport();
  if (support.supported === "unknown" && FILTERED.includes(support.errno)) {
    skipWithReason(context, `execveat is filtered: ${errnoText(support.errno)}`);
  }
}

const FILTERED = [constants.errno.EPERM, constants.errno.ENOSYS];
