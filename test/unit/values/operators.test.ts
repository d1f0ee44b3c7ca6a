/** The operators on values other than two small integers, called directly: results and exact errors. */
import { describe, expect, test } from "vitest";
import * as ints from "../../../src/values/integer.ts";
import * as operators from "../../../src/values/operators.ts";
import { IncModule, type Integer, type Value } from "../../../src/values/value.ts";
import { runText } from "../../support/in-process.ts";

const { MAX_INTEGER: MAX, MIN_INTEGER: MIN } = ints;
const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

const edges = [
  0n,
  1n,
  2n,
  7n,
  10n,
  2n ** 31n,
  SAFE - 1n,
  SAFE,
  SAFE + 1n,
  2n ** 62n,
  3037000499n,
  MAX - 1n,
  MAX,
]
  .flatMap((x) => [x, -x])
  .concat(MIN, MIN + 1n);
const pairs = edges.flatMap((a) => edges.map((b): [bigint, bigint] => [a, b]));
const whole = (x: bigint) => ints.canonical(x) as Integer;

const MODELS = {
  "+": [operators.add, (a, b) => a + b],
  "-": [operators.subtract, (a, b) => a - b],
  "*": [operators.multiply, (a, b) => a * b],
  "/": [operators.divide, (a, b) => a / b],
  "%": [operators.remainder, (a, b) => a % b],
} satisfies Record<string, [(a: Value, b: Value) => Value, (a: bigint, b: bigint) => bigint]>;

const ORDERS = {
  "<": [operators.less, (a, b) => a < b],
  "<=": [operators.lessOrEqual, (a, b) => a <= b],
  ">": [operators.greater, (a, b) => a > b],
  ">=": [operators.greaterOrEqual, (a, b) => a >= b],
} satisfies Record<string, [(a: Value, b: Value) => boolean, (a: bigint, b: bigint) => boolean]>;

function outcome(compute: () => unknown): unknown {
  try {
    return compute();
  } catch (error) {
    const { message, hint } = error as { message: string; hint?: string };
    return { message, hint };
  }
}

const tooLarge = (operator: string) => ({
  message: `the result of \`${operator}\` does not fit into 64 bits`,
  hint: "integers go from -9223372036854775808 to 9223372036854775807",
});
const byZero = { message: "division by zero", hint: undefined };

function expected(operator: keyof typeof MODELS, a: bigint, b: bigint): unknown {
  if (b === 0n && (operator === "/" || operator === "%")) return byZero;
  const result = MODELS[operator][1](a, b);
  return result < MIN || result > MAX ? tooLarge(operator) : whole(result);
}

describe.each(Object.keys(MODELS) as (keyof typeof MODELS)[])("%s", (operator) => {
  test("of two integers", () => {
    for (const [a, b] of pairs) {
      const given = outcome(() => MODELS[operator][0](whole(a), whole(b)));
      expect(given, `${a} ${operator} ${b}`).toStrictEqual(expected(operator, a, b));
    }
  });

  test("of two integers in generated code: of variables, and with literals", () => {
    const text = pairs
      .map(([a, b]) => [a, b, expected(operator, a, b)] as const)
      .filter(([, , result]) => typeof result !== "object")
      .map(
        ([a, b, result]) =>
          `check(${a}, ${b}, ${result}) ; let a = ${a} ; let b = ${b}
           if a ${operator} ${b} != ${result} or ${a} ${operator} b != ${result} or ${a} ${operator} ${b} != ${result} { print a, b }`,
      )
      .map((line) => `if true { ${line} }\n`)
      .join("");
    const check = `fn check(a, b, c) { if a ${operator} b != c { print a, b } }\n`;
    expect(runText(check + text)).toEqual({ outcome: { kind: "done" }, output: "", errors: "" });
  });
});

describe.each(Object.keys(ORDERS) as (keyof typeof ORDERS)[])("%s", (operator) => {
  const [compute, model] = ORDERS[operator];

  test("of two integers, also in generated code", () => {
    for (const [a, b] of pairs)
      expect(compute(whole(a), whole(b)), `${a} ${operator} ${b}`).toBe(model(a, b));
    const text = pairs.map(([a, b]) => `print c(${a}, ${b}), ${a} ${operator} ${b}\n`).join("");
    const { output } = runText(`fn c(a, b) { return a ${operator} b }\n${text}`);
    expect(output).toBe(pairs.map(([a, b]) => `${model(a, b)} ${model(a, b)}\n`).join(""));
  });

  test("of two strings, by code point", () => {
    const texts = ["", "a", "aa", "b", "é", "\uffff", "\u{10000}", "a\u{10000}", "a\uffff"];
    for (const [i, a] of texts.entries())
      for (const [j, b] of texts.entries()) {
        const order = [0, 1, 2, 5, 6, 7, 8, 4, 3];
        const [x, y] = [BigInt(order[i] as number), BigInt(order[j] as number)];
        expect(compute(a, b), `${a} ${operator} ${b}`).toBe(model(x, y));
      }
  });

  test("of anything else is an error that names them as they stand", () => {
    expect(outcome(() => compute(1, "a"))).toEqual({
      message: `\`${operator}\` compares two integers or two strings, not an integer and a string`,
      hint: undefined,
    });
    expect(outcome(() => compute("a", 1))).toMatchObject({
      message: expect.stringMatching(/not a string and an integer$/),
    });
    expect(outcome(() => compute(null, true))).toMatchObject({
      message: expect.stringMatching(/not nil and a boolean$/),
    });
  });
});

describe("+", () => {
  test("joins strings and lists", () => {
    expect(operators.add("a", "b")).toBe("ab");
    const [a, b] = [[1], [2, 3]];
    expect(operators.add(a, b)).toEqual([1, 2, 3]);
    expect([a, b]).toEqual([[1], [2, 3]]);
  });

  test.each([
    [1, "a", "an integer and a string", true],
    ["a", null, "a string and nil", true],
    [[1], new Map(), "a list and a map", false],
    [new Map(), [1], "a map and a list", false],
    [true, 1, "a boolean and an integer", false],
    [1, true, "an integer and a boolean", false],
  ] as [Value, Value, string, boolean][])("%s + %s", (a, b, types, hasHint) => {
    expect(outcome(() => operators.add(a, b))).toEqual({
      message: `\`+\` takes two integers, two strings or two lists, not ${types}`,
      hint: hasHint ? "`str(x)` gives the text of a value" : undefined,
    });
  });

  test("has a limit for each", () => {
    const text = "x".repeat(1 << 27);
    expect((operators.add(text, text) as string).length).toBe(1 << 28);
    expect(outcome(() => operators.add(text + text, "y"))).toMatchObject({
      message: "a string is at most 268435456 UTF-16 units long",
    });
    const list: Value[] = [];
    list.length = 1 << 26;
    expect(outcome(() => operators.add(list, [1]))).toMatchObject({
      message: "a list has at most 67108864 elements",
    });
  });
});

test.each(["-", "*", "/", "%"] as const)("%s takes integers alone", (operator) => {
  for (const [a, b, types] of [
    [1, "a", "an integer and a string"],
    ["a", 1, "a string and an integer"],
    [[], null, "a list and nil"],
  ] as [Value, Value, string][])
    expect(outcome(() => MODELS[operator][0](a, b))).toEqual({
      message: `\`${operator}\` takes two integers, not ${types}`,
      hint: undefined,
    });
});

test("unary minus", () => {
  for (const a of edges)
    expect(outcome(() => operators.negate(whole(a)))).toStrictEqual(a === MIN ? tooLarge("-") : whole(-a));
  expect(outcome(() => operators.negate("1"))).toEqual({
    message: "`-` takes an integer, not a string",
    hint: undefined,
  });
});

test.each([
  [null, "nil", "compare it: `x != nil`"],
  [0, "an integer", "compare it: `x != 0`"],
  [2n ** 60n, "an integer", "compare it: `x != 0`"],
  ["", "a string", "compare its length: `len(x) > 0`"],
  [[], "a list", "compare its length: `len(x) > 0`"],
  [new Map(), "a map", "compare its length: `len(x) > 0`"],
  [() => null, "a function", undefined],
] as [Value, string, string | undefined][])("%s is no condition", (value, type, hint) => {
  expect(outcome(() => operators.notBoolean(value))).toEqual({
    message: `a condition must be true or false, not ${type}`,
    hint,
  });
});

test("what cannot be called", () => {
  const hint = "call one of its functions: `m.name(…)`";
  const module = new IncModule("m", [], new Map());
  expect(outcome(() => operators.uncallable(module))).toEqual({ message: "a module cannot be called", hint });
  expect(outcome(() => operators.uncallable(1))).toEqual({
    message: "an integer cannot be called",
    hint: undefined,
  });
});

describe("integers", () => {
  test("have one form", () => {
    expect(
      [SAFE, SAFE + 1n, -SAFE, -SAFE - 1n, MAX, MAX + 1n, MIN, MIN - 1n, 0n].map(ints.canonical),
    ).toEqual([...[Number(SAFE), SAFE + 1n, -Number(SAFE), -SAFE - 1n, MAX, undefined, MIN, undefined, 0]]);
    expect([MAX, MIN]).toEqual([9223372036854775807n, -9223372036854775808n]);
  });

  test.each([
    ["0", 0],
    ["-0", 0],
    ["+7", 7],
    ["-7", -7],
    ["007", 7],
    ["+007", 7],
    ["-007", -7],
    ["9223372036854775807", MAX],
    ["9223372036854775808", undefined],
    ["-9223372036854775808", MIN],
    ["+9223372036854775807", MAX],
    ["-9223372036854775809", undefined],
    ["-00000000000000000000000000001", -1],
    ["00000000000000000000000000001", 1],
    ["99999999999999999999999999", undefined],
    ["", undefined],
    ["+", undefined],
    ["--1", undefined],
    [" 1", undefined],
    ["1 ", undefined],
    ["1\n", undefined],
    ["0x1", undefined],
    ["1n", undefined],
    ["1.0", undefined],
    ["١", undefined],
  ])("%s as a text", (text, value) => expect(ints.parseInteger(text)).toStrictEqual(value));

  test("are known by their type", () => {
    expect([1, 1n, "1", null, undefined, true].map(ints.isInteger)).toEqual([
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
