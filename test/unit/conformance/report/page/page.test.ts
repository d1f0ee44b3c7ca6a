/** The page, read by a parser that forgives nothing. */
import { spawnSync } from "node:child_process";
import { expect, type TestContext, test } from "vitest";
import { htmlReport } from "../../../../../src/conformance/report/page/page.ts";
import { HARD_REPORT } from "../../../../support/hard-report.ts";
import { skipWithReason } from "../../../../support/skip.ts";

/** Python's reader of HTML says what is there; what is not as it is written by the rules is printed, one a line. */
const READER = `
import sys
from html.parser import HTMLParser
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
class Reader(HTMLParser):
    open, ids = [], set()
    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        if len(set(names)) < len(names): print("an attribute twice:", tag)
        for name, value in attributes:
            if name == "id" and value in self.ids: print("an id twice:", value)
            if name == "id": self.ids.add(value)
        if tag not in VOID: self.open.append(tag)
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag: print("not open:", tag)
    def handle_data(self, text):
        if self.open[-1:] not in (["script"], ["style"]) and ("&" in text or "<" in text): print("not escaped:", text)
page = sys.stdin.buffer.read().decode()
for c in page:
    if (ord(c) < 32 or 126 < ord(c) < 160) and c not in "\\t\\n" or 0xFDCF < ord(c) < 0xFDF0 or ord(c) & 0xFFFE == 0xFFFE: print("not a character:", hex(ord(c)))
reader = Reader(convert_charrefs=False)
reader.feed(page)
reader.close()
for tag in reader.open: print("not closed:", tag)
`;

function complaints(context: TestContext, page: string): string[] {
  const { error, stdout, stderr } = spawnSync("python3", ["-c", READER], { input: page, encoding: "utf8" });
  if (error !== undefined) skipWithReason(context, "there is no python3 to read HTML with");
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

test("is well-formed, whatever was printed", (context) => {
  expect(complaints(context, htmlReport(HARD_REPORT))).toEqual([]);
  expect(complaints(context, '<p id="a">1 & 2<b id="a" b b></p>\ufffe')).toEqual([
    "not a character: 0xfffe",
    "not escaped: &",
    "an attribute twice: b",
    "an id twice: a",
    "not open: p",
    "not closed: p",
  ]);
});
