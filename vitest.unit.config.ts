/** The tests of test/unit and test/house: they need nothing built, and one runs them while writing. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{unit,house}/**/*.test.ts"],
    globalSetup: ["test/support/compile-cache.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
