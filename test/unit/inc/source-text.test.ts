/** Where admitted code becomes text, and that this is one place. */
import { expect, test } from "vitest";
import { admit } from "../../../src/exec-check/exec-check.ts";
import { NotText, sourceText } from "../../../src/inc/source-text.ts";
import { sources } from "../program/sources.ts";

const snippet = (text: string | Uint8Array) =>
  admit({ from: "snippet", name: "-c", text }, { securebits: 0 });

test.each([
  ["s.inc", ""],
  ["folder/s.inc", "folder"],
  ["/s.inc", "/"],
  ["/a/b/s.inc", "/a/b"],
  ["a//s.inc", "a/"],
])("imports of %s start from %j", (path, directory) => {
  const source = sourceText(snippet("print 1\n"), Buffer.from(path));
  expect(source).toMatchObject({ name: "-c", text: "print 1\n" });
  expect(Buffer.from(source.directory).toString()).toBe(directory);
});

test("what is not text is named, and where", () => {
  const notText = (bytes: Uint8Array) => () => sourceText(snippet(bytes));
  expect(notText(Buffer.from("+\xff", "latin1"))).toThrow(NotText);
  expect(notText(Buffer.from("+\xff", "latin1"))).toThrow("-c: this is not valid UTF-8, at byte 1");
  expect(notText(Buffer.from("++\0"))).toThrow("-c: a NUL byte, at byte 2");
});

test("nothing else of inc reads the bytes of admitted code", () => {
  const inc = sources().filter(({ file }) => file.startsWith("src/inc/"));
  const readers = inc.filter(({ code }) => /\.bytes\b|\bbytes\s*[,}].*=/.test(code));
  expect(readers.map(({ file }) => file)).toEqual(["src/inc/source-text.ts"]);
});
