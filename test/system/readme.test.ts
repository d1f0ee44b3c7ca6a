/** What the README shows is what happens. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { ROWS } from "../../demo/matrix.ts";
import project from "../../package.json" with { type: "json" };
import { shell } from "../support/run.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");

describe("each command that is shown with its output", () => {
  const shown = [...README.matchAll(/^\$ (.+)\n((?:(?!```).+\n)*)/gm)];

  test("there are some", () => expect(shown.length).toBeGreaterThan(0));

  test.each(shown.map(([, command, output]) => [command as string, output as string]))(
    "%s",
    async (command, output) => {
      const { stdout } = await shell(`PATH="$1:$PATH"; exec 2>&1; ${command}`, [inject("programs")], {
        cwd: ROOT,
      });
      expect(stdout).toBe(output);
    },
  );
});

test("each npm command is one of the project's", () => {
  const scripts = [...README.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name as string);
  expect(scripts.filter((name) => !Object.hasOwn(project.scripts, name))).toEqual([]);
  expect(README).toContain("npm ci && npm run demo\nnpm ci && npm test\n");
});

test("its mode table is the demo's", () => {
  const rows = README.split("\n").map((line) =>
    line.split("|").map((cell) => cell.replaceAll("*", "").trim()),
  );
  const table = rows
    .filter((cells) => cells.length === 7 && cells[2] === "run")
    .map((cells) => cells.slice(2, 6));
  const rules = new Set(
    ROWS.map((row) => row.rule.map((cell) => (cell === "ran" ? "run" : "refuse")).join()),
  );
  expect(new Set(table.map((cells) => cells.join()))).toEqual(rules);
});
