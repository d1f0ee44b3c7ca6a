import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    // Most of the time goes by in programs that the tests wait for.
    maxWorkers: 2,
    reporters: ["default", "./test/support/slowest-files.ts"],
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/{unit,house}/**/*.test.ts"],
          globalSetup: ["test/support/compile-cache.ts"],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["test/system/**/*.test.ts"],
          globalSetup: ["test/support/compile-cache.ts", "test/support/build-programs.ts"],
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
