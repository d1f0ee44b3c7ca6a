/**
 * The tests as they run for `npm run coverage`. Node itself loads the source, here and in the programs that the tests
 * start, so that all processes count the same code; c8 adds them up. What asks for the executable itself is left out.
 */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/unit/**/*.test.ts",
      "test/system/{sessions,language,inc,set-exec,conformance}/**/*.test.ts",
    ],
    // What wants the executable's own ways and limits, or measures it against others; what compares environments, of
    // which the counting is a part; and what judges whole interpreters again and again, and counts nothing new by that.
    exclude: [
      "test/system/language/{limits,kernel-subset}.test.ts",
      "test/system/inc/{matrix,drop-in}.test.ts",
      "test/system/set-exec/become.test.ts",
      "test/system/conformance/{subjects,adapters}.test.ts",
    ],
    globalSetup: ["test/support/compile-cache.ts", "test/support/build-programs.ts"],
    setupFiles: ["test/support/take-coverage.ts"],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
