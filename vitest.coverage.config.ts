/**
 * The tests as they run for `npm run coverage`. Node itself loads the source, here and in the programs that the tests
 * start, so that all processes count the same code; c8 adds them up. What asks for the executable itself is left out.
 */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{language,exec-check,inc,set-exec,conformance}/**/*.test.ts"],
    // These want the executable's own ways and limits, or measure it against others.
    exclude: [
      "test/language/limits.test.ts",
      "test/language/kernel-subset.test.ts",
      "test/inc/{matrix,drop-in}.test.ts",
      // It compares environments, of which the counting is a part.
      "test/set-exec/become.test.ts",
    ],
    globalSetup: ["test/support/global-setup.ts"],
    setupFiles: ["test/support/take-coverage.ts"],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
