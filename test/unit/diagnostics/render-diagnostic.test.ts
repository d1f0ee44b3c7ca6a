/** The line that an error shows and the carets under it, as a terminal aligns them. */
import { describe, expect, test } from "vitest";
import { runText } from "../../support/in-process.ts";

/** The source line and the carets of the first error. */
function shown(program: string): [line: string, carets: string] {
  const [, line, carets] = runText(program).errors.split("\n");
  return [line as string, carets as string];
}

/** Where the carets begin, and how many: in columns, behind the indent. */
function carets(program: string): [from: number, count: number] {
  const line = shown(program)[1];
  return [line.indexOf("^") - 4, line.trimStart().length];
}

describe("what stands before the place", () => {
  // Each before `", nope`: the columns that the text between the quotes takes.
  test.each([
    ["nothing", "", 0],
    ["ASCII", "abc", 3],
    ["Latin letters", "añé", 3],
    ["CJK: two columns each", "日本語한글", 10],
    ["half-width kana, full-width Latin", "ｱａ", 3],
    ["combining marks", "e\u0301o\u0302\u0323", 2],
    ["Hangul of single letters", "\u1112\u1161\u11ab", 2],
    ["emoji", "😀🈁", 4],
    ["a family is one picture", "👩\u200d👩\u200d👧\u200d👦", 2],
    ["a skin tone belongs to its hand", "👍🏽", 2],
    ["a flag is two letters", "🇩🇪", 2],
    ["a sign that is asked to be a picture", "❤\ufe0f", 2],
    ["a sign that is not", "❤", 1],
    ["a tab: four spaces", "\t", 4],
    ["a control character, shown as its escape", "\u001b", 6],
    ["a bidirectional override too", "\u202e", 8],
  ])("%s", (_, text, columns) => {
    expect(carets(`print "${text}", nope`)).toEqual([10 + columns, 4]);
  });

  test("the place itself is as wide as it is shown", () => {
    expect(carets('print -"日\u0301本"')).toEqual([6, 1]);
    expect(carets('"日\u0301本"')).toEqual([0, 6]);
  });
});

describe("columns count characters", () => {
  test.each([
    ['print "日本語", nope', 14],
    ['print "😀", nope', 12],
    ['print "e\u0301", nope', 13],
    ["\tprint nope", 8],
  ])("%j", (program, column) => {
    expect(runText(program).errors).toMatch(new RegExp(`^test\\.inc:1:${column}: error: `));
  });
});

describe("a line that is long", () => {
  const isShort = (line: string) => expect(Array.from(line).length).toBeLessThanOrEqual(80);

  test("is cut on both sides of the place", () => {
    const [line, under] = shown(`let x = "${"a".repeat(500)}" + nope + "${"b".repeat(500)}"`);
    expect(line).toMatch(/^ {4}…a+" \+ nope \+ "b+…$/);
    expect(under.indexOf("^")).toBe(line.indexOf("nope"));
    isShort(line);
  });

  test("is cut at one end where the place is near the other", () => {
    isShort(shown(`print nope, "${"b".repeat(500)}"`)[0]);
    const [line] = shown(`print "${"b".repeat(500)}", nope`);
    expect(line).toMatch(/^ {4}…b{50,}", nope$/);
    isShort(line);
  });

  test("is cut between characters, and counts their columns", () => {
    const [line] = shown(`print "${"日".repeat(500)}😀", nope, "${"😀".repeat(500)}"`);
    expect(line.isWellFormed()).toBe(true);
    expect(Array.from(line).length).toBeLessThan(60);
    const marked = shown(`print "${"e\u0301".repeat(500)}", nope`);
    expect(marked[0]).toMatch(/^ {4}…e/);
  });

  test("and so are the carets", () => {
    const [line, under] = shown(`"${"a".repeat(500)}"`);
    expect(under.length).toBe(line.length - 1);
  });
});

test("ends: CRLF, the end of the text, an empty line", () => {
  expect(shown("print 1 1\r\nprint 2\r\n")).toEqual(["    print 1 1", "            ^"]);
  expect(shown("print (1,\r\n")).toEqual(["    print (1,", "            ^"]);
  expect(shown("if true {\n\n")).toEqual(["    if true {", "             ^"]);
});

test("a message with line ends stays on its line", () => {
  expect(runText('fail("one\\ntwo\\u{1b}[31m")').errors.split("\n")[0]).toBe(
    "test.inc:1:1: error: one\\ntwo\\u{1b}[31m",
  );
});

test("of many errors a run tells the first; a check, all", () => {
  const program = "print nope\n".repeat(25);
  const { outcome } = runText(program);
  expect(outcome).toMatchObject({ kind: "failed", more: 5 });
  expect(outcome.kind === "failed" && outcome.problems.length).toBe(20);
});
