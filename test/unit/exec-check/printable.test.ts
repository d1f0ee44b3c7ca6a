import * as fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "../../../src/exec-check/exec-check.ts";

// biome-ignore format: one row a character.
test.each([
  ["plain text",                 "caf\u00e9 \u{1f600} a\\b",  "caf\u00e9 \u{1f600} a\\b"],
  ["line ends and tabs",         "a\nb\rc\td",                String.raw`a\nb\rc\td`],
  ["an escape sequence",         "\x1b[2J",                   String.raw`\x1b[2J`],
  ["NUL and DEL",                "\0\x7f",                    String.raw`\x00\x7f`],
  ["a control beyond ASCII",     "\x9b",                      String.raw`\u{9b}`],
  ["line separators",            "\u2028\u2029",              String.raw`\u{2028}\u{2029}`],
  ["a direction override",       "a\u202etxt.\u2066",         String.raw`a\u{202e}txt.\u{2066}`],
  ["a lone surrogate",           "\ud800",                    String.raw`\u{d800}`],
])("%s", (_, text, shown) => {
  expect(printable(text)).toBe(shown);
});

// biome-ignore format: one row a sequence.
test.each([
  ["a byte that is no UTF-8",    [0x61, 0xe9, 0x62],          String.raw`a\xe9b`],
  ["a sequence that is cut off", [0xe2, 0x82],                String.raw`\xe2\x82`],
  ["an overlong sequence",       [0xc0, 0xaf],                String.raw`\xc0\xaf`],
  ["a surrogate in UTF-8",       [0xed, 0xa0, 0x80],          String.raw`\xed\xa0\x80`],
  ["beyond Unicode",             [0xf4, 0x90, 0x80, 0x80],    String.raw`\xf4\x90\x80\x80`],
  ["two bytes",                  [0xc3, 0xa9],                "\u00e9"],
  ["four bytes",                 [0xf0, 0x9f, 0x98, 0x80],    "\u{1f600}"],
  ["a control in two bytes",     [0xc2, 0x9b],                String.raw`\u{9b}`],
  ["a line separator",           [0xe2, 0x80, 0xa8],          String.raw`\u{2028}`],
])("bytes: %s", (_, bytes, shown) => {
  expect(printable(Uint8Array.from(bytes))).toBe(shown);
});

test("a text and its UTF-8 are shown alike", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printable(Buffer.from(text))).toBe(printable(text));
    }),
  );
});

test("whatever the bytes, nothing that is shown controls a terminal or ends a line", () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(printable(bytes)).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e]/u);
    }),
  );
});
