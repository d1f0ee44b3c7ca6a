/** The samples: each has its mode on purpose, says in a comment what it shows, and does it. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { INC, SET_EXEC } from "../../support/programs.ts";
import { run } from "../../support/run.ts";

const SAMPLES = resolve(import.meta.dirname, "../../../samples");
const PRINTS: Readonly<Record<string, string>> = {
  "ask.inc": "42\n",
  "counter.inc": "1\n2\n3\n",
  "eval.inc": "you gave 41\n",
  "functions.inc": '10 11 12\n{"the": 3, "fox": 1, "and": 2, "dog": 1, "moon": 1}\n',
  "import.inc": "hello, world\n",
  "not-executable.inc": "this ran, so script files need not be executable here\n",
  "values.inc":
    "a year has 31536000 seconds\nhalf of 2026 is 1013 and 0 is left\nthe largest integer is 9223372036854775807\nthen comes the next year: 2027\n",
};

test("every sample stands here", () => {
  expect(readdirSync(SAMPLES).filter((name) => name !== "lib")).toEqual(Object.keys(PRINTS).sort());
  expect(readdirSync(join(SAMPLES, "lib"))).toEqual(["greeting.inc"]);
});

test("the module is executable, but not a program", () => {
  const module = join(SAMPLES, "lib/greeting.inc");
  expect(statSync(module).mode & 0o111).toBe(0o111);
  expect(readFileSync(module, "utf8")).toMatch(/^# \S/);
});

describe.each(Object.entries(PRINTS))("%s", (name, prints) => {
  const file = join(SAMPLES, name);
  const isExecutable = name !== "not-executable.inc";

  test("prints what it should", async () => {
    expect(await run([INC, file], { input: "41\n" })).toMatchObject({ status: 0, stdout: prints });
  });

  test(
    isExecutable ? "is executable, and says by what" : "is not executable, and mode 2 refuses it",
    async () => {
      expect(statSync(file).mode & 0o111).toBe(isExecutable ? 0o111 : 0);
      const text = readFileSync(file, "utf8");
      expect(text.startsWith("#!/usr/bin/env inc\n")).toBe(isExecutable);
      expect(text).toMatch(/^# \S/m);
      const { status } = await run([SET_EXEC, "-f", "--", INC, file], { input: "41\n" });
      expect(status).toBe(isExecutable ? 0 : 1);
    },
  );
});
