/** No test looks at a clock: how long something takes says as much about the machine. `npm run bench` measures. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";

const TESTS = resolve(import.meta.dirname, "..");
/** Written so that it is not found in itself. */
const CLOCK = /\bperformance\b|\bDate\b|\bhrtime\b|\bclock_gettime\b|\buptime\b/;

test("no test reads a clock", () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: "utf8" }).filter((path) =>
    /\.ts$/.test(path),
  );
  const texts = files.map((path) => [path, readFileSync(join(TESTS, path), "utf8")] as const);
  const reading = texts.filter(([, text]) => CLOCK.test(text)).map(([path]) => path);
  expect(texts.length).toBeGreaterThan(100);
  expect(reading).toEqual([]);
});

test.each(["const start = [performance].now();", "new [Date]().getTime()", "process.[hrtime].bigint()"])(
  "%s would",
  (line) => {
    expect(line.replace(/[[\]]/g, "")).toMatch(CLOCK);
  },
);
