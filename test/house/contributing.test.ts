/** CONTRIBUTING.md: its lists are short, and the one for a built-in function is followed to the letter in a copy. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import project from "../../package.json" with { type: "json" };
import { temporaryFolder } from "../support/files.ts";
import { ROOT } from "./import-rules.ts";

const TEXT = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const LISTS = TEXT.slice(TEXT.indexOf("## How to add")).split(/^### /m).slice(1);

/** The steps of a list: a file each, and what is to be done with it. */
function stepsOf(list: string): { readonly file: string; readonly text: string }[] {
  return list
    .split(/^\d+\. /m)
    .slice(1)
    .map((text) => ({ file: /^\[?`?([\w./-]+)/.exec(text)?.[1] ?? "", text }));
}

test.each(LISTS.map((list) => [list.split("\n")[0], list]))(
  "%s: three files at most, each there",
  (_, list) => {
    const steps = stepsOf(list);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.length).toBeLessThan(4);
    // What is new has no link.
    for (const { file, text } of steps) expect(existsSync(join(ROOT, file)), file).toBe(text.startsWith("["));
  },
);

test("each npm command is one of the project's", () => {
  const scripts = [...TEXT.matchAll(/npm run ([a-z:]+)/g)].map(([, name]) => name as string);
  expect(scripts.filter((name) => !Object.hasOwn(project.scripts, name))).toEqual([]);
});

test("what the list for a built-in function says makes one, whose types are right and whose script holds", () => {
  const copy = temporaryFolder();
  for (const name of ["src", "docs", "test/language", "package.json", "tsconfig.json", "adapters"])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const steps = stepsOf(LISTS.find((list) => list.startsWith("A built-in function")) ?? "");
  for (const { file, text } of steps) apply(text, join(copy, file));

  const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: copy, encoding: "utf8" });
  const { stdout, stderr } = node("src/inc/bin.ts", "test/language/builtins/reverse.inc");
  expect(stdout).toBe("[3, 2, 1] []\n");
  expect(stderr).toContain("reverse.inc:2:7: error: `reverse` takes a list, not a string\n");
  const types = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", copy], { cwd: copy, encoding: "utf8" });
  expect(types.stdout).toBe("");
});

/** Makes the change that a step shows: its lines with + stand behind those without. */
function apply(step: string, file: string): void {
  const [, shown = ""] = /```diff\n(.*?) *```/s.exec(step) ?? [];
  const lines = shown
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(INDENTED));
  const before = lines.filter((line) => !line.startsWith("+")).map((line) => `${line.slice(1)}\n`);
  const added = lines.filter((line) => line.startsWith("+")).map((line) => `${line.slice(1)}\n`);
  const old = existsSync(file) ? readFileSync(file, "utf8") : "";
  expect(old.split(before.join("")), `where to change ${file}`).toHaveLength(
    before.length === 0 ? old.length : 2,
  );
  writeFileSync(
    file,
    old.replace(before.join(""), () => [...before, ...added].join("")),
  );
}

/** How far the code in a list's step is indented. */
const INDENTED = 3;
