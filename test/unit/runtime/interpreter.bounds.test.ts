/** The bounds of a source, each on both sides. The large ones are in test/system/language/limits.test.ts. */
import { describe, expect, test } from "vitest";
import { type Outside, runText } from "../../support/in-process.ts";

/** What a program prints; or `line:column: message` of its first error, and the hint. */
function result(text: string, outside?: Outside): string {
  const { outcome, output } = runText(text, outside);
  if (outcome.kind !== "failed") return output;
  const { source, span, message, hint } = outcome.problems[0] as (typeof outcome.problems)[number];
  const before = source.text.slice(0, span.start).split("\n");
  return `${before.length}:${(before.at(-1) as string).length + 1}: ${message}${hint ? ` (${hint})` : ""}`;
}

const INTEGERS = "integers go from -9223372036854775808 to 9223372036854775807";

test.each([
  ["9223372036854775807", "9223372036854775807\n"],
  ["-9223372036854775808", "-9223372036854775808\n"],
  [`${"0".repeat(30)}1`, "1\n"],
  ["9223372036854775808", `1:7: this integer is too large (${INTEGERS})`],
  ["9223372036854775809", `1:7: this integer is too large (${INTEGERS})`],
  ["99999999999999999999", `1:7: this integer is too large (${INTEGERS})`],
])("the literal %s", (literal, expected) => {
  expect(result(`print ${literal}\n`)).toBe(expected);
});

test("nesting of 100", () => {
  const nested = (depth: number) => `print ${"(".repeat(depth)}1${")".repeat(depth)}\n`;
  expect(result(nested(100))).toBe("1\n");
  expect(result(nested(101))).toBe("1:107: this nests deeper than 100 levels");
});

test("255 arguments and parameters", () => {
  const call = (count: number) => `eprint(${Array.from({ length: count }, () => 1).join(",")})\n`;
  expect(result(call(255))).toBe("");
  expect(result(call(256))).toBe(`1:${call(256).length - 1}: more than 255 arguments (use a list)`);
  const names = Array.from({ length: 256 }, (_, i) => `a${i}`).join(",");
  expect(result(`fn f(${names}) { }\n`)).toBe(`1:${6 + names.length}: more than 255 parameters (use a list)`);
});

test("10000 variables of a function, and of the blocks of the top level", () => {
  const variables = Array.from({ length: 10_001 }, (_, i) => `let v${i} = 1\n`).join("");
  const hint = "(keep the values in a list or a map)";
  expect(result(`fn f() {\n${variables}}\n`)).toBe(
    `1:1: this function has more than 10000 variables ${hint}`,
  );
  expect(result(`if true {\n${variables}}\n`)).toContain(
    `the blocks of the top level have more than 10000 variables ${hint}`,
  );
  // At the top level itself there may be any number.
  expect(result(`${variables}print v10000\n`)).toBe("1\n");
});

test("a thousand errors of syntax, and then no more is looked for", () => {
  const { outcome } = runText("let = 1\n".repeat(2000));
  expect(outcome).toMatchObject({ kind: "failed", more: expect.any(Number) });
  if (outcome.kind !== "failed") throw new Error();
  expect(outcome.problems.length + (outcome.more ?? 0)).toBeLessThan(1100);
});

test("of many unknown names, the first get a hint", () => {
  const { outcome } = runText(`let apple = 1\n${"print appel\n".repeat(150)}`);
  if (outcome.kind !== "failed") throw new Error(outcome.kind);
  expect(outcome.problems[0]?.hint).toBe("did you mean `apple`?");
  expect(outcome.more).toBe(130);
});

test("a name of more than 100 characters gets none", () => {
  const name = "x".repeat(101);
  expect(result(`let ${name} = 1\nprint ${name}x\n`)).toBe(`2:7: \`${name}x\` is not declared`);
});

test("a message shows the first 60 characters of a text", () => {
  expect(result(`print int("${"x".repeat(100)}")\n`)).toBe(
    `1:7: "${"x".repeat(59)}… is not a 64-bit integer`,
  );
});

test("a value that prints longer than one piece is all there", () => {
  const text = "let r = []\nfor i in range(30000) { push(r, i) }\nprint r\n";
  const numbers = Array.from({ length: 30_000 }, (_, i) => i);
  expect(result(text)).toBe(`[${numbers.join(", ")}]\n`);
});

test("a trace of many calls shows the first eight and the last four", () => {
  const { errors } = runText('fn f(n) {\nif n == 0 { fail("bottom") }\nf(n - 1)\n}\nf(30)\n');
  const steps = errors.split("\n").filter((line) => /^ {2}(in|…)/.test(line));
  expect(steps).toEqual([
    ...Array.from({ length: 8 }, () => "  in f, called at test.inc:3:1"),
    "  … 19 more …",
    ...Array.from({ length: 3 }, () => "  in f, called at test.inc:3:1"),
    "  in f, called at test.inc:5:1",
  ]);
});

describe("a script's own names stand before the built-in ones", () => {
  test.each([
    ["fn push(a, b) { return 7 }\nprint push([], 1)\n", "7\n"],
    ["fn range(a) { return [9] }\nfor i in range(3) { print i }\n", "9\n"],
    ["fn len(a) { return 7 }\nprint len([])\n", "7\n"],
  ])("%j", (text, expected) => expect(result(text)).toBe(expected));
});

describe("a chain of a thousand operations and more", () => {
  const chain = (first: string, ...parts: string[]) => first + parts.join("").repeat(1001);

  /** In whole numbers, as JavaScript computes small ones. */
  function products(): number {
    let x = 7;
    for (let i = 0; i < 1001; i++) x = Math.floor((x * 30) / 4) % 1009;
    return x;
  }

  test.each([
    ["sums", chain("7", " + 8", " - 3"), 7 + 5 * 1001],
    ["products", chain("7", " * 30", " / 4", " % 1009"), products()],
    ["sums of large integers", chain("1001", " + 4611686018427387904", " - 4611686018427387905"), 0],
    ["texts", `len(${chain('"x"', ' + "yz"')})`, 2003],
  ])("%s", (_, code, expected) => expect(result(`print ${code}\n`)).toBe(`${expected}\n`));

  test.each([
    [
      chain("9223372036854775807", " + 0"),
      "+ 1",
      `the result of \`+\` does not fit into 64 bits (${INTEGERS})`,
    ],
    [chain("1", " * 1"), "/ 0", "division by zero"],
    [chain("1", " - 1"), "- nil", "`-` takes two integers, not an integer and nil"],
  ])("an error stands at its operator", (before, last, error) =>
    expect(result(`print ${before} ${last}\n`)).toBe(`1:${before.length + 8}: ${error}`),
  );
});

describe("functions look at the number of their arguments", () => {
  test.each([
    ["fn f(a, b) { return b }\nprint f(nil, nil)\n", "nil\n"],
    ["fn f() { }\nf(1)\n", "2:1: `f` takes 0 arguments, not 1"],
    ["fn f(a) { return f() }\nf(1)\n", "1:18: `f` takes 1 argument, not 0"],
    ["fn f(a, b) { }\nlet l = [f]\nl[0](1, 2, 3,\n  4, 5)\n", "3:1: `f` takes 2 arguments, not 5"],
    ["print (fn (a, b, c) { })(nil)\n", "1:8: this function takes 3 arguments, not 1"],
    ["fn f(a) { return fn () { return a } }\nf()\n", "2:1: `f` takes 1 argument, not 0"],
  ])("%j", (text, expected) => expect(result(text)).toBe(expected));
});

describe("built-in functions look at the number of their arguments", () => {
  test.each([
    ["for i in range(1, 2, 3, 4) { }\n", "1:10: `range` takes 1 to 3 arguments, not 4"],
    ["let a = range\na()\n", "2:1: `range` takes 1 to 3 arguments, not 0"],
    ["let a = slice\na(1)\n", "2:1: `slice` takes 3 arguments, not 1"],
    ["exit()\n", "1:1: `exit` takes 1 argument, not 0"],
    ["push([], 1, 2)\n", "1:1: `push` takes 2 arguments, not 3"],
  ])("%j", (text, expected) => expect(result(text)).toBe(expected));
});
