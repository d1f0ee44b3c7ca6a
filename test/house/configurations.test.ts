/** What the configurations name is there: a test that is moved would otherwise silently be left out, or in. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { LONGEST } from "../support/longest-first.ts";
import { ROOT } from "./import-rules.ts";

const CONFIGURATIONS = globSync("{vitest*.config.ts,stryker.config.json,tsconfig.json,.ci/run}", {
  cwd: ROOT,
});

/** The paths and patterns that a text names, with the alternatives in braces one by one. */
function namedIn(text: string): string[] {
  const named = text.match(/(?<=["'./])(?:test|src|packaging|scripts|bench)\/[^"'\s]+/g) ?? [];
  return [...new Set(named.flatMap(alternatives))];
}

function alternatives(pattern: string): string[] {
  const [, before, inside, after] = /^(.*?)\{([^}]*)\}(.*)$/.exec(pattern) ?? [];
  if (inside === undefined) return [pattern];
  return inside.split(",").flatMap((each) => alternatives(`${before}${each}${after}`));
}

const isThere = (pattern: string) => globSync(pattern, { cwd: ROOT }).length > 0;

test("what is to be read is read", () => {
  expect(CONFIGURATIONS).toContain("vitest.config.ts");
  expect(namedIn('"test/{a,b}/**/*.test.ts", "./src/c.ts"')).toEqual([
    "test/a/**/*.test.ts",
    "test/b/**/*.test.ts",
    "src/c.ts",
  ]);
  expect(isThere("test/nowhere/*.test.ts")).toBe(false);
});

test.each(CONFIGURATIONS)("%s", (file) => {
  expect(namedIn(readFileSync(join(ROOT, file), "utf8")).filter((path) => !isThere(path))).toEqual([]);
});

test("the longest tests", () => {
  expect(LONGEST.filter((name) => !existsSync(join(ROOT, `test/system/${name}.test.ts`)))).toEqual([]);
});
