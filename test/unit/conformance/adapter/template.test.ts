/** The placeholders: filled in, found misspelt, and all of them told of where an author reads. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { JOINED, SUM } from "../../../../src/conformance/adapter/marker.ts";
import { fill, misspelt, PLACEHOLDERS } from "../../../../src/conformance/adapter/template.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const inBraces = (text: string) => new Set([...text.matchAll(/\{([a-z]+)\}/g)].map(([, name]) => name));

test("what is known is filled in, and other braces stay", () => {
  expect(fill("{file} {file} {main} {x} {}", { file: "F" })).toBe("F F {main} {x} {}");
});

test("a word in braces that is not a placeholder is misspelt", () => {
  expect(misspelt("{file} {flie} { file } {toString} {1}")).toEqual(["{flie}"]);
  expect(misspelt(Object.keys(PLACEHOLDERS).join(" "))).toEqual([]);
});

describe("the words in braces", () => {
  const descriptions = [...read("adapters/adapter.schema.json").matchAll(/"description": "([^"]*)"/g)];
  const guide = read("docs/write-an-adapter.md");
  const placeholders = Object.keys(PLACEHOLDERS);

  test("of the schema are the placeholders and those of a program, and no others", () => {
    const named = inBraces(descriptions.map(([, text]) => text).join("\n"));
    expect([...named].sort()).toEqual([...placeholders, ...SUM, ...JOINED].sort());
  });

  test("of the guide are these, too, apart from what it gets wrong on purpose", () => {
    const named = inBraces(guide.replaceAll("{flie}", ""));
    expect([...named].sort()).toEqual([...placeholders, ...SUM, ...JOINED].sort());
  });

  test("stand in the guide's table, with what they are replaced by", () => {
    const rows = [...guide.matchAll(/^\| `\{(\w+)\}` +\| (.*?) +\|$/gm)].map(([, name, text]) => [
      name,
      text,
    ]);
    expect(Object.fromEntries(rows)).toEqual(PLACEHOLDERS);
    expect(rows).toHaveLength(placeholders.length);
  });
});
