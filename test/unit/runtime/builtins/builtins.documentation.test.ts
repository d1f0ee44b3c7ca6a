/** docs/language.md and the code say the same of the built-in functions, the reserved words and the limits. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { MAX_VARIABLES } from "../../../../src/compiler/function.ts";
import { RESERVED_WORDS } from "../../../../src/lexer/tokens.ts";
import { MAX_ARGUMENTS, MAX_NESTING } from "../../../../src/parser/base-grammar.ts";
import { MAX_PROBLEMS } from "../../../../src/parser/parse.ts";
import { EVAL } from "../../../../src/parser/special-names.ts";
import { createBuiltins } from "../../../../src/runtime/builtins/builtins.ts";
import { MAX_TOLD } from "../../../../src/runtime/run-result.ts";
import type { World } from "../../../../src/runtime/world.ts";
import { MAX_LIST, MAX_MAP, MAX_TEXT } from "../../../../src/values/memory.ts";

const TEXT = readFileSync(join(import.meta.dirname, "../../../../docs/language.md"), "utf8");

/** A built-in function, and how many arguments it takes. */
type Arity = readonly [name: string, least: number, most: number];

/** What a row of the table says: each form of a call stands in its first cell, and `…` for any number of arguments. */
function arityOf(row: string): Arity {
  const forms = [...(row.split(" | ")[0] ?? "").matchAll(/`(\w+)\((.*?)\)`/g)];
  const counts = forms.map(([, , list = ""]) => {
    const names = list.split(", ").filter((name) => name !== "");
    return names.includes("…") ? Number.POSITIVE_INFINITY : names.length;
  });
  return [forms[0]?.[1] ?? "", Math.min(...counts), Math.max(...counts)];
}

/** What the code says. `eval` is made where it is called, and takes one argument. */
function arities(): Arity[] {
  const { names, find } = createBuiltins({ args: [] } as unknown as World).names;
  return names.map((name) => [name, find(name)?.least ?? 0, find(name)?.most ?? 0]);
}

test("the table of built-in functions has all of them, in order, with the arguments that they take", () => {
  const [, table = ""] = /## Built-in functions\n(.*?)\n## /s.exec(TEXT) ?? [];
  const documented = [...table.matchAll(/^\| (`.*)$/gm)].map(([, row = ""]) => row);
  expect(documented.map(arityOf)).toEqual([...arities(), [EVAL, 1, 1]]);
});

test("the reserved words are those of the lexer", () => {
  const [, words] = /The reserved words are `(.*)`/.exec(TEXT) ?? [];
  expect(new Set(words?.split(" "))).toEqual(RESERVED_WORDS);
});

test.each([
  ["nesting of brackets, blocks, `not` and unary `-`", [MAX_NESTING]],
  ["parameters, arguments of one call", [MAX_ARGUMENTS]],
  ["a string", [MAX_TEXT]],
  ["a list, a map", [MAX_LIST, MAX_MAP]],
  ["variables and intermediate values of one function", [MAX_VARIABLES]],
  ["errors of syntax and of names at once", [MAX_TOLD, MAX_PROBLEMS]],
])("the limit of %s", (what, limits) => {
  const row = TEXT.split("\n").find((line) => line.startsWith(`| ${what} |`)) ?? "";
  const numbers = (row.split(" | ")[1] ?? "").replace("UTF-16", "").match(/\d[\d,]*/g) ?? [];
  expect(numbers.map((number) => Number(number.replaceAll(",", "")))).toEqual(limits);
});
