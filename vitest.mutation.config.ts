/** The tests that run on their own, in this process, and soon: for mutation testing, which runs them hundreds of times. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/exec-check/{policy,securebit-names,admit-in-process}.test.ts",
      "test/language/operators.test.ts",
    ],
    testTimeout: 60_000,
  },
});
