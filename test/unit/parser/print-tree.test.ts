/** `--ast`: a tree with every kind of node, as people read it. */
import { expect, test } from "vitest";
import { tokenize } from "../../../src/lexer/tokenize.ts";
import { parse } from "../../../src/parser/parse.ts";
import { printTree } from "../../../src/parser/print-tree.ts";
import { source } from "../../support/in-process.ts";

function linesOf(text: string): string[] {
  const parsed = parse(source(text), tokenize(source(text)));
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message);
  return [...printTree(parsed.program)].map((line) => line.replaceAll("  ", "."));
}

test.each([
  ["+", ["increment"]],
  ["?", ["ask"]],
  ["print 1, true, nil", ["print", ".1", ".true", ".nil"]],
  ["let a = -1", ["let a", ".-1"]],
  ["let a = not b", ["let a", ".not", "..b"]],
  ["a = 1 + 2", ["assign", ".a", ".+", "..1", "..2"]],
  ["m.b[0] = x", ["assign", ".index", "..member b", "...m", "..0", ".x"]],
  ["if a { + }", ["if", ".a", ".then", "..increment"]],
  ["while a { break }", ["while", ".a", ".do", "..break"]],
  ["for i in a { continue }", ["for i", ".a", ".do", "..continue"]],
  ["fn f(n, k) { return }", ["fn f(n, k)", ".return"]],
  ["let f = fn (x) { return x }", ["let f", ".fn(x)", "..return", "...x"]],
  ['f(1, "t\\n")', ["call", ".f", ".1", '."t\\n"']],
  ['import "lib/m.inc"', ['import "lib/m.inc" as m']],
  ["print [1, {2: 3}]", ["print", ".list", "..1", "..map", "...entry", "....2", "....3"]],
])("%s", (text, lines) => {
  expect(linesOf(`${text}\n`).map((line) => line.trimEnd())).toEqual(lines);
});

test("the arms of an if stand side by side", () => {
  const lines = linesOf("if a { + } else if b { ? } else { }\n").map((line) => line.trimEnd());
  expect(lines).toEqual(["if", ".a", ".then", "..increment", ".else if", "..b", "..then", "...ask", ".else"]);
});

test("a long sum is as deep as it is long, and its lines stop moving to the right", () => {
  const lines = linesOf(`print ${"1+".repeat(5000)}1\n`);
  expect(lines).toHaveLength(10_002);
  expect(Math.max(...lines.map((line) => line.lastIndexOf(".") + 1))).toBe(40);
});
