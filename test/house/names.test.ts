/** A unit test is found from the name of its source: `test/unit/lexer/tokens.test.ts` tests `src/lexer/tokens.ts`. */
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");

/** Where the sources of a test's room may be: most in src, those of scripts and packaging beside it. */
const HOUSES = ["src", "."];

/** The source's name stands before the first dot; what stands behind it is the angle: `admit.calls.test.ts`. */
function hasSource(path: string): boolean {
  const source = path.replace(/^(.*\/)?([^./]+)\.[^/]*$/, "$1$2.ts");
  return HOUSES.some((house) => existsSync(join(ROOT, house, source)));
}

const tests = readdirSync(join(ROOT, "test/unit"), { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith(".test.ts"),
);

test("each unit test is named after a source in the room of the same name", () => {
  expect(tests.length).toBeGreaterThan(30);
  expect(tests.filter((path) => !hasSource(path))).toEqual([]);
});

test.each(["lexer/admit.test.ts", "parser/nothing.test.ts", "tokens.test.ts"])("%s would not be", (path) => {
  expect(hasSource(path)).toBe(false);
});
