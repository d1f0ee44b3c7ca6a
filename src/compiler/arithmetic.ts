import type * as ast from "../parser/ast.ts";
import { HELPER } from "./abi.ts";
import { type Js, js } from "./js.ts";

/** Two operands, as code that can be used more than once, and their values where they are literals. */
export interface Operands {
  readonly a: Js;
  readonly b: Js;
  readonly aLiteral: number | undefined;
  readonly bLiteral: number | undefined;
  /** A temporary that holds the result while its range is checked. */
  readonly result: Js;
}

const MAX = js`${Number.MAX_SAFE_INTEGER}`;

/** `a + b` and the like. The code computes by itself on two small integers, and calls src/values/operators.ts otherwise. */
export function arithmetic(operator: ast.Arithmetic, operands: Operands, at: Js): Js {
  const { a, b, result: r } = operands;
  const numbers = areNumbers(operands);
  const call = CALLS[operator];
  switch (operator) {
    case "+": {
      const range = inRange(r, js`${a} + ${b}`, sign(operands.aLiteral) ?? sign(operands.bLiteral));
      return js`(${numbers}${range} ? ${r} : ${at}${call}(${a}, ${b}))`;
    }
    case "-": {
      const range = inRange(r, js`${a} - ${b}`, sign(operands.bLiteral && -operands.bLiteral));
      return js`(${numbers}${range} ? ${r} : ${at}${call}(${a}, ${b}))`;
    }
    case "*":
      // `+ 0` makes 0 of -0.
      return js`(${numbers}${inRange(r, js`${a} * ${b}`, undefined)} ? ${r} + 0 : ${at}${call}(${a}, ${b}))`;
    case "/":
      // The quotient of integers below 2^53 is never rounded up to an integer, so `trunc` is exact. `+ 0` makes 0 of -0.
      return js`(${numbers}${b} !== 0 ? ${HELPER.trunc}(${a} / ${b}) + 0 : ${at}${call}(${a}, ${b}))`;
    case "%":
      return js`(${numbers}${a} >= 0 && ${b} > 0 ? ${a} % ${b} : ${at}${call}(${a}, ${b}))`;
  }
}

const CALLS: Readonly<Record<ast.Arithmetic, Js>> = {
  "+": HELPER.add,
  "-": HELPER.subtract,
  "*": HELPER.multiply,
  "/": HELPER.divide,
  "%": HELPER.remainder,
};

/** The same as a call only, which is shorter. */
export function arithmeticCall(operator: ast.Arithmetic, { a, b }: Operands, at: Js): Js {
  return js`${at}${CALLS[operator]}(${a}, ${b})`;
}

/** `a < b` and the like. */
export function comparison(operator: ast.BinaryOperator, operands: Operands, at: Js): Js {
  const { a, b } = operands;
  const numbers = areNumbers(operands);
  switch (operator) {
    case "<":
      return js`(${numbers}true ? ${a} < ${b} : ${at}${HELPER.less}(${a}, ${b}))`;
    case "<=":
      return js`(${numbers}true ? ${a} <= ${b} : ${at}${HELPER.lessOrEqual}(${a}, ${b}))`;
    case ">":
      return js`(${numbers}true ? ${a} > ${b} : ${at}${HELPER.greater}(${a}, ${b}))`;
    case ">=":
      return js`(${numbers}true ? ${a} >= ${b} : ${at}${HELPER.greaterOrEqual}(${a}, ${b}))`;
    default:
      throw new Error(`no comparison of order: ${operator}`);
  }
}

/** `typeof a === "number" && typeof b === "number" && `, without what is known of literals. */
function areNumbers({ a, b, aLiteral, bLiteral }: Operands): Js {
  const first = aLiteral === undefined ? js`typeof ${a} === "number" && ` : js``;
  const second = bLiteral === undefined ? js`typeof ${b} === "number" && ` : js``;
  return js`${first}${second}`;
}

type Side = "up" | "down";

/** At which end a sum with a literal can leave the small integers. */
function sign(literal: number | undefined): Side | undefined {
  if (literal === undefined) return undefined;
  return literal >= 0 ? "up" : "down";
}

function inRange(r: Js, code: Js, side: Side | undefined): Js {
  switch (side) {
    case "up":
      return js`(${r} = ${code}) <= ${MAX}`;
    case "down":
      return js`(${r} = ${code}) >= -${MAX}`;
    case undefined:
      return js`(${r} = ${code}) <= ${MAX} && ${r} >= -${MAX}`;
  }
}
