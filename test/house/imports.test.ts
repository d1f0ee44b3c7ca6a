/** The import rules, which are the tables of ARCHITECTURE.md, and that each of them bites. */
import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";
import { complaints } from "./check-imports.ts";
import { findCycle } from "./find-cycle.ts";
import { type Allowance, ANY_PACKAGE, ROOT, type Rule, readImportRules } from "./import-rules.ts";
import { readImports, type SourceFile } from "./read-imports.ts";

const RULES = readImportRules();
const ROOMS = RULES.map(({ of }) => of).filter((of) => !of.endsWith(".ts"));
const TREE = ["src", "packaging", "bench", "scripts", "demo"].flatMap(sourceFiles);

test("each import is allowed", () => {
  expect(complaints(TREE, RULES)).toEqual([]);
});

test("each row is needed, and each name in it", () => {
  const isNeeded = (rules: readonly Rule[]) => complaints(TREE, rules).length > 0;
  const idle = RULES.flatMap((rule) => {
    const others = RULES.filter((each) => each !== rule);
    const without = (name: Allowance) => rule.allows.filter((each) => each !== name);
    const isIdle = (name: Allowance) => !isNeeded([...others, { ...rule, allows: without(name) }]);
    const forTypes = (name: Allowance) =>
      !isNeeded([...others, { ...rule, allows: [...without(name), { ...name, typesOnly: true }] }]);
    return [
      ...(isNeeded(others) ? [] : [`the row ${rule.of}`]),
      ...rule.allows.filter(isIdle).map(({ target }) => `${target} in the row ${rule.of}`),
      ...rule.allows
        .filter((name) => !name.typesOnly && forTypes(name))
        .map(({ target }) => `more than types of ${target} in the row ${rule.of}`),
    ];
  });
  expect(idle).toEqual([]);
});

test("no file imports itself through others, by types or at run time", () => {
  expect(findCycle(new Map(TREE.map((file) => [file.path, targets(file)])))).toBeUndefined();
});

test("rooms import each other one way, but for a folder and the one that it lies in", () => {
  const inside = (a: string, b: string) => a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
  const roomOf = (name: string) => (name.endsWith(".ts") ? posix.dirname(name) : name);
  const graph = new Map<string, string[]>(ROOMS.map((room) => [room, []]));
  for (const { of, allows } of RULES)
    for (const room of allows.map(({ target }) => roomOf(target)).filter((target) => !inside(of, target)))
      graph.get(roomOf(of))?.push(room);
  expect(findCycle(graph)).toBeUndefined();
});

describe("an import against the rules", () => {
  const allowed = (from: string, target: string) =>
    RULES.some(({ of, allows }) => of === from && allows.some((each) => each.target === target));
  const offend = (room: string, specifier: string) =>
    complaints([readImports(`${room}/offending.ts`, `import "${specifier}";`)], RULES);

  test("from each room of each other one is a complaint", () => {
    const pairs = ROOMS.flatMap((from) => ROOMS.map((to) => [from, to] as const)).filter(
      ([from, to]) => from !== to && !allowed(from, to),
    );
    expect(pairs.length).toBeGreaterThan(500);
    for (const [from, to] of pairs)
      expect(offend(from, `./${posix.relative(from, to)}/offended.ts`), `${from} imports ${to}`).toEqual([
        expect.stringContaining(`${from}/offending.ts:1 imports ${to}/offended.ts; it may import `),
      ]);
  });

  test("from each room of each package is a complaint", () => {
    const named = RULES.flatMap(({ allows }) => allows.map(({ target }) => target)).filter(isPackage);
    const packages = new Set([...named, "node:worker_threads", "node:inspector", "vm", "leftpad"]);
    for (const room of ROOMS.filter((room) => !allowed(room, ANY_PACKAGE)))
      for (const name of packages)
        expect(offend(room, name), `${room} imports ${name}`).toHaveLength(allowed(room, name) ? 0 : 1);
  });

  test.each([
    `import { x } from "../parser/x.ts";`,
    `import type { X } from "../parser/x.ts";`,
    `import { type X } from "../parser/x.ts";`,
    `import "../parser/x.ts";`,
    `export { x } from "../parser/x.ts";`,
    `export * from "../parser/x.ts";`,
    `export type { X } from "../parser/x.ts";`,
    `const x = await import("../parser/x.ts");`,
    `let x: import("../parser/x.ts").X;`,
    `let x: typeof import("../parser/x.ts");`,
    `const x = require("../parser/x.ts");`,
    `const x = createRequire(import.meta.url)("../parser/x.ts");`,
    `const x = process.getBuiltinModule("node:vm");`,
    "const name = String(1); const x = await import(name);",
  ])("%s", (statement) => {
    const text = `/** A first line. */\n${statement}\n`;
    expect(complaints([readImports("src/lexer/offending.ts", text)], RULES)).toEqual([
      expect.stringMatching(
        /^src\/lexer\/offending\.ts:2 imports .*(src\/parser\/x\.ts|node:vm|\?); it may import src\/diagnostics, chevrotain$/,
      ),
    ]);
  });

  test("of more than types, where types alone are allowed", () => {
    const from = "src/conformance/requirements/offending.ts";
    const file = (words: string) =>
      readImports(from, `${words} { Mode } from "../../exec-check/exec-check.ts";`);
    expect(complaints([file("import type")], RULES)).toEqual([]);
    expect(complaints([file("import")], RULES)).toHaveLength(1);
  });

  test("of a file behind a room's public face", () => {
    expect(offend("src/inc", "../exec-check/exec-check.ts")).toEqual([]);
    expect(offend("src/inc", "../exec-check/admit.ts")).toHaveLength(1);
  });

  test("of what one file alone may import", () => {
    const koffi = (path: string) => complaints([readImports(path, `import "koffi";`)], RULES);
    expect(koffi("src/linux/libc.ts")).toEqual([]);
    expect(koffi("src/linux/other.ts")).toHaveLength(1);
  });

  test("in a room without a row", () => {
    expect(complaints([readImports("src/new-room/empty.ts", "")], RULES)).toEqual([
      "src/new-room/ has no row in the tables of ARCHITECTURE.md",
    ]);
  });
});

test.each([
  [`import { b } from "./b.ts";`, `import { a } from "./a.ts";`],
  [`import type { B } from "./b.ts";`, `import type { A } from "./a.ts";`],
  [`let b: import("./b.ts").B;`, `export { a } from "./a.ts";`],
])("a cycle is found: %s %s", (a, b) => {
  const files = [readImports("a.ts", a), readImports("b.ts", b), readImports("c.ts", a)];
  expect(findCycle(new Map(files.map((file) => [file.path, targets(file)])))).toEqual([
    "a.ts",
    "b.ts",
    "a.ts",
  ]);
});

function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => posix.join(folder, name))
    .map((path) => readImports(path, readFileSync(join(ROOT, path), "utf8")));
}

const targets = ({ imports }: SourceFile): string[] => imports.map(({ target }) => target);
const isPackage = (name: string): boolean => !name.includes("/") || name.startsWith("node:");
