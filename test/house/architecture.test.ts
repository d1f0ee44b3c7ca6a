/** ARCHITECTURE.md names what is there, and its example is what the compiler makes. */
import { existsSync, globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../src/compiler/compile.ts";
import { tokenize } from "../../src/lexer/tokenize.ts";
import { parse } from "../../src/parser/parse.ts";
import { ROOT } from "./import-rules.ts";

const TEXT = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
const FILES = globSync("{src,test,packaging,scripts,bench,demo}/**/*.*", { cwd: ROOT });

test("each file that it names is one", () => {
  const named = [...new Set(TEXT.match(/[\w/.-]+\.(?:ts|json|grit|md)\b/g))];
  const isThere = (name: string) => FILES.some((file) => `/${file}`.endsWith(`/${name}`));
  expect(named.length).toBeGreaterThan(30);
  expect(named.filter((name) => !isThere(name))).toEqual(["docs/start-up.md"]);
});

test("each step of the walk is the file of that room", () => {
  const walk = TEXT.slice(TEXT.indexOf("## The walk"), TEXT.indexOf("## Map"));
  const steps = [...walk.matchAll(/^[\w-]* +([\w-]+\/[\w.-]+\.ts) /gm)].map(([, step]) => `src/${step}`);
  expect(steps.length).toBeGreaterThan(14);
  expect(steps.filter((step) => !FILES.includes(step))).toEqual([]);
  expect(walk.split("\n").length).toBeLessThan(40);
});

test("the code that it shows is what the compiler makes of the script", () => {
  const script = /where `script\.inc` is `(.*)`/.exec(TEXT)?.[1] ?? "";
  const shown = /compiler\/compile\.ts +(.*)/.exec(TEXT)?.[1];
  const source = { name: "script.inc", text: `${script}\n`, directory: new Uint8Array() };
  const parsed = parse(source, tokenize(source));
  if (!parsed.ok) throw new Error(`it does not parse: ${script}`);
  const compiled = compile(source, parsed.program, "main", { find: () => undefined, names: [] });
  if (!compiled.ok) throw new Error(`it does not compile: ${script}`);
  // Without what is there for an error's place.
  expect(compiled.unit.text.replaceAll(/\n\/\*.*?\*\//g, "")).toContain(shown);
});

test("after each invariant stands the test that holds it", () => {
  const part = TEXT.slice(TEXT.indexOf("## Invariants"), TEXT.indexOf("## What the executable's build"));
  const invariants = part.split(/^\d+\. /m).slice(1);
  expect(invariants.length).toBeGreaterThan(5);
  for (const invariant of invariants) expect(invariant).toMatch(/Tests?:[^*]*\.test\.ts\)/);
});

test("each folder that it names is one", () => {
  const folders = [...TEXT.matchAll(/(?<=`)[\w./-]+(?=\/`)/g)].map(([folder]) => folder);
  expect(folders.length).toBeGreaterThan(30);
  // What a build makes need not be there.
  const made = new Set(["dist", "build"]);
  expect(folders.filter((folder) => !made.has(folder) && !existsSync(join(ROOT, folder)))).toEqual([]);
});

test("no room has more files than one looks through at a glance", () => {
  const sizes = Map.groupBy(
    FILES.filter((file) => /^src\/.*\.ts$/.test(file)),
    (file) => posix.dirname(file),
  );
  expect([...sizes].filter(([, { length }]) => length > 16).map(([room]) => room)).toEqual([]);
});

test("each room of the tables is described", () => {
  for (const row of TEXT.match(/^\| `[\w/-]+\/` \|.*$/gm) ?? [])
    expect(row.split("|")[2]?.trim(), posix.basename(row)).not.toBe("");
});
