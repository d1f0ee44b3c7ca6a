/** CONTRIBUTING.md: its lists are short, and two of them are followed to the letter, in a copy. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import project from "../../package.json" with { type: "json" };
import { temporaryFolder } from "../support/files.ts";
import { ROOT } from "./import-rules.ts";

const TEXT = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8");
const LISTS = TEXT.slice(TEXT.indexOf("## How to add")).split(/^### /m).slice(1);

/** A file, and what is to be done with it. */
interface Step {
  readonly file: string;
  readonly text: string;
}

function stepsOf(list: string): Step[] {
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

test("the list for a built-in function makes one, whose types are right and whose script holds", () => {
  const copy = copyOfSources();
  for (const step of stepsOfList("A built-in function")) apply(step, copy);
  const { stdout, stderr } = inCopy(
    copy,
    process.execPath,
    "src/inc/bin.ts",
    "test/language/builtins/reverse.inc",
  );
  expect(stdout).toBe("[3, 2, 1] []\n");
  expect(stderr).toContain("reverse.inc:2:7: error: `reverse` takes a list, not a string\n");
  expect(typeErrors(copy)).toBe("");
});

test("the list for a form makes one that is asked for, whose types are right", () => {
  const copy = copyOfSources();
  for (const step of stepsOfList("A form")) apply(step, copy);
  expect(typeErrors(copy)).toBe("");
  const ask = `import { REQUIREMENTS } from "./src/conformance/requirements/requirements.ts";
    for (const { id, level } of REQUIREMENTS) if (id.startsWith("stdin.read-only")) console.log(id, level);`;
  expect(inCopy(copy, process.execPath, "--input-type=module", "-e", ask).stdout).toBe(
    [1, 2, 3, 4].map((mode) => `stdin.read-only.mode-${mode} MUST\n`).join(""),
  );
});

function stepsOfList(title: string): Step[] {
  return stepsOf(LISTS.find((list) => list.startsWith(`${title}\n`)) ?? "");
}

function copyOfSources(): string {
  const copy = temporaryFolder();
  for (const name of ["src", "docs", "adapters", "test/language", "package.json", "tsconfig.json"])
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function inCopy(copy: string, command: string, ...args: string[]) {
  return spawnSync(command, args, { cwd: copy, encoding: "utf8" });
}

function typeErrors(copy: string): string {
  return inCopy(copy, join(ROOT, "node_modules/.bin/tsc"), "--pretty", "false").stdout;
}

/** Makes the change that a step shows. */
function apply({ file, text }: Step, copy: string): void {
  const [, shown = ""] = /```diff\n(.*?) *```/s.exec(text) ?? [];
  const lines = shown.trimEnd().split("\n");
  const without = (sign: string) =>
    lines
      .map((line) => line.slice(INDENTED))
      .filter((line) => !line.startsWith(sign))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  const path = join(copy, file);
  const old = existsSync(path) ? readFileSync(path, "utf8") : "";
  expect(old, `where to change ${file}`).toContain(without("+"));
  writeFileSync(
    path,
    old.replace(without("+"), () => without("-")),
  );
}

/** How far the code in a list's step is indented. */
const INDENTED = 3;
