import type { TestContext } from "vitest";

/**
 * Skips a test for something that this machine lacks, and says what. With CI_NO_SKIP=1, where nothing may be lacking, it
 * fails instead.
 */
export function skipWithReason(context: TestContext, reason: string): never {
  const { CI_NO_SKIP } = process.env;
  if (CI_NO_SKIP === "1") throw new Error(`nothing may be skipped here, but: ${reason}`);
  process.stderr.write(`skipped: ${context.task.name}: ${reason}\n`);
  context.skip(reason);
}
