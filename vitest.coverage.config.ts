/** The tests as they are run for coverage: Node itself loads the source, so that every process counts the same code. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "test/language/{operators,round-trip,robustness,documentation}.test.ts",
      "test/exec-check/{policy,securebit-names,admit-in-process}.test.ts",
    ],
    setupFiles: ["test/support/take-coverage.ts"],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 300_000,
  },
});
