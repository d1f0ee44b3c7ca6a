/** What was typed ahead: the line editor gets it up to an Enter, a program as a terminal gives lines. */
import { expect, test } from "vitest";
import { createTypeAhead } from "../../../../src/inc/prompt/type-ahead.ts";

function typed(text: string) {
  const ahead = createTypeAhead();
  ahead.put(Buffer.from(text));
  return ahead;
}

const all = (next: () => Uint8Array | undefined) => {
  const pieces: string[] = [];
  for (let piece = next(); piece !== undefined; piece = next()) pieces.push(Buffer.from(piece).toString());
  return pieces;
};

test("the editor's keys come in pieces that end with an Enter, in whatever form that is", () => {
  expect(all(typed("a\rb\r\nc\n\rd\x04").keys)).toEqual(["a\r", "b\r\n", "c\n", "\r", "d\x04"]);
});

test("a program's lines end with LF", () => {
  expect(all(typed("a\rb\nc").line)).toEqual(["a\n", "b\n", "c"]);
});

test("Control-D gives a program what stands before it, or nothing: the end", () => {
  expect(all(typed("ab\x04cd\n\x04e").line)).toEqual(["ab", "cd\n", "", "e"]);
  // Only where it is in the next line.
  expect(all(typed("ab\ncd\x04").line)).toEqual(["ab\n", "cd"]);
});

test("each reader goes on where the other stopped, and what comes later follows", () => {
  const ahead = typed("one\ntwo");
  expect(Buffer.from(ahead.line() ?? "").toString()).toBe("one\n");
  ahead.put(Buffer.from("!\rthree"));
  expect(Buffer.from(ahead.keys() ?? "").toString()).toBe("two!\r");
  ahead.clear();
  expect([ahead.keys(), ahead.line()]).toEqual([undefined, undefined]);
});
