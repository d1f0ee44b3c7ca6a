/** Reports are made from plain data: nothing that runs an interpreter is reached from one, not even through types. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./import-rules.ts";
import { readImports } from "./read-imports.ts";

/** Every file of the project that these import, and that those import, and so on. */
function reachedFrom(...paths: readonly string[]): string[] {
  const reached = new Set(paths);
  for (const path of reached) {
    if (!path.endsWith(".ts")) continue;
    const { imports } = readImports(path, readFileSync(join(ROOT, path), "utf8"));
    for (const { isFile, target } of imports) if (isFile) reached.add(target);
  }
  return [...reached];
}

const RUNNING = /^src\/conformance\/(attempt|sandbox|trace|proofs)\//;

test("no report reaches what runs an interpreter", () => {
  const reached = reachedFrom(
    "src/conformance/report/writers.ts",
    "src/conformance/report/matrix.ts",
    "src/conformance/report/progress.ts",
    "src/conformance/report/files.ts",
  );
  expect(reached.length).toBeGreaterThan(25);
  expect(reached.filter((path) => RUNNING.test(path))).toEqual([]);
});

test("what judges an attempt would", () => {
  expect(reachedFrom("src/conformance/findings/judge-attempt.ts").some((path) => RUNNING.test(path))).toBe(
    true,
  );
});
