/** What is printed from a tree parses to the same tree. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize } from "../../../src/lexer/tokenize.ts";
import { parse } from "../../../src/parser/parse.ts";
import { source } from "../../support/in-process.ts";
import { anyStatement, printSource } from "../../support/print-source.ts";

/** A tree without positions. */
function bare(node: unknown): unknown {
  return JSON.stringify(node, (key, value) => {
    if (["start", "end", "at", "pathSpan"].includes(key)) return undefined;
    return typeof value === "bigint" ? `${value}` : value;
  });
}

test("print, then parse", () => {
  fc.assert(
    fc.property(fc.array(anyStatement, { maxLength: 4 }), (statements) => {
      const text = printSource(statements);
      const parsed = parse(source(text), tokenize(source(text)));
      expect(
        parsed.ok ? bare(parsed.program.statements) : parsed.problems.map(({ message }) => message),
        text,
      ).toEqual(bare(statements));
    }),
    { numRuns: 2000 },
  );
});
