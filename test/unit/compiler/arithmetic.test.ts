/** Integers against BigInt: each operator in generated code, on more than 10^5 pairs. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical, MAX_INTEGER, MIN_INTEGER } from "../../../src/values/integer.ts";
import { memoryWorld, source } from "../../support/in-process.ts";

/** Zero, the ends of 32, 53 and 64 bits, and square roots, each with its neighbours. */
const edges: bigint[] = [
  0n,
  10n,
  2n ** 31n,
  2n ** 32n,
  2n ** 52n,
  2n ** 53n,
  2n ** 62n,
  2n ** 63n,
  3037000499n,
  94906265n,
]
  .flatMap((x) => [x, -x])
  .flatMap((x) => [x - 2n, x - 1n, x, x + 1n, x + 2n])
  .filter((x) => x >= MIN_INTEGER && x <= MAX_INTEGER);

const integer = fc.oneof(
  fc.constantFrom(...edges),
  fc.bigInt({ min: MIN_INTEGER, max: MAX_INTEGER }),
  fc.bigInt({ min: -(2n ** 54n), max: 2n ** 54n }),
  fc.bigInt({ min: -100n, max: 100n }),
);

const random = fc.sample(fc.tuple(integer, integer), { numRuns: 100_000, seed: 20260101 });
const PAIRS: [bigint, bigint][] = [
  ...edges.flatMap((a) => edges.map((b): [bigint, bigint] => [a, b])),
  ...random,
];

const models: Record<string, (a: bigint, b: bigint) => bigint | boolean | undefined> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => (b === 0n ? undefined : a / b),
  "%": (a, b) => (b === 0n ? undefined : a % b),
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

/** What the operator must give as text; undefined where it is an error. */
function expectedOf(operator: string, a: bigint, b: bigint): string | undefined {
  const result = models[operator]?.(a, b);
  if (typeof result === "bigint" && (result < MIN_INTEGER || result > MAX_INTEGER)) return undefined;
  return result === undefined ? undefined : String(result);
}

describe.each(Object.keys(models))("a %s b", (operator) => {
  const cases = PAIRS.map(([a, b]) => ({ a, b, expected: expectedOf(operator, a, b) }));
  const good = cases.filter(({ expected }) => expected !== undefined);
  const bad = cases.filter(({ expected }) => expected === undefined);

  test("is exact where it fits", () => {
    expect(good.length).toBeGreaterThan(operator === "*" ? 20_000 : 50_000);
    // One place in the program for all pairs: V8 compiles it anew for the kinds of values that it has seen.
    const text = `fn f(a, b) { return a ${operator} b }
      let line = read_line()
      while line != nil {
        print f(int(line), int(read_line()))
        line = read_line()
      }`;
    const input = good.map(({ a, b }) => `${a}\n${b}\n`).join("");
    const { interpreter, output } = memoryWorld({ input });
    expect(interpreter.run(source(text)).kind).toBe("done");
    const results = output.text.split("\n").slice(0, -1);
    const wrong = good.filter(({ expected }, i) => results[i] !== expected);
    expect([results.length, wrong.slice(0, 5)]).toEqual([good.length, []]);
  });

  test("is an error at the operator where it does not", () => {
    const { interpreter } = memoryWorld();
    const session = interpreter.session();
    for (const { a, b } of bad.slice(0, 400)) {
      session.enter(source(`let a = ${a}; let b = ${b}`));
      const answer = session.enter(source(`a ${operator} b`));
      expect(answer.kind === "failed" && answer.problems[0]?.span, `${a} ${operator} ${b}`).toEqual({
        start: 2,
        end: 3,
      });
    }
  });

  test("is the same with literals", () => {
    const { interpreter } = memoryWorld();
    const session = interpreter.session();
    for (const [a, b] of fc.sample(fc.tuple(fc.constantFrom(...edges), fc.constantFrom(...edges)), {
      numRuns: 300,
      seed: 7,
    })) {
      const expected = expectedOf(operator, a, b);
      session.enter(source(`let a = ${a}; let b = ${b}`));
      for (const text of [`a ${operator} ${b}`, `${a} ${operator} b`, `${a} ${operator} ${b}`]) {
        const answer = session.enter(source(text));
        expect(answer.kind === "done" ? answer.shown : undefined, text).toBe(expected);
      }
    }
  });
});

test("-a", () => {
  const { interpreter } = memoryWorld();
  const session = interpreter.session();
  for (const a of edges) {
    session.enter(source(`let a = ${a}`));
    const answer = session.enter(source("-a"));
    expect(answer.kind === "done" ? answer.shown : undefined).toBe(
      a === MIN_INTEGER ? undefined : String(-a),
    );
  }
});

test("an integer has one form", () => {
  const isSafe = (a: bigint) => a <= BigInt(Number.MAX_SAFE_INTEGER) && a >= BigInt(Number.MIN_SAFE_INTEGER);
  const wrong = PAIRS.filter(([a]) => {
    const value = canonical(a);
    return (typeof value === "number") !== isSafe(a) || Object.is(value, -0);
  });
  expect(wrong).toEqual([]);
  expect(canonical(MAX_INTEGER + 1n)).toBeUndefined();
  expect(canonical(MIN_INTEGER - 1n)).toBeUndefined();
});
