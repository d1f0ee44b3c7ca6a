/** No test looks at a clock: how long something takes says as much about the machine. `npm run bench` measures. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { expect, test } from "vitest";

const TESTS = resolve(import.meta.dirname, "..");
const CLOCK = /\b(?:performance|Date|hrtime|uptime)\b/;

test("no test reads a clock", () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && basename(path) !== basename(import.meta.filename))
    .map((path) => ({ path, text: readFileSync(join(TESTS, path), "utf8") }));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter(({ text }) => CLOCK.test(text)).map(({ path }) => path)).toEqual([]);
});

test.each(["performance.now()", "new Date()", "process.hrtime.bigint()"])("%s would", (text) => {
  expect(text).toMatch(CLOCK);
});
