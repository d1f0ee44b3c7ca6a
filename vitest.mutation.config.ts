/** The tests that run on their own, in this process, and soon: for mutation testing, which runs them hundreds of times. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/unit/exec-check/{policy,securebits.names,admit.in-process}.test.ts",
      "test/unit/values/operators.test.ts",
    ],
    testTimeout: 60_000,
  },
});
