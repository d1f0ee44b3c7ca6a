import type { Span } from "../diagnostics/diagnostic.ts";
import { canonical, INTEGER_RANGE, MAX_DIGITS, MAX_INTEGER } from "../values/integer.ts";
import type { Integer } from "./ast.ts";
import type { Problem } from "./problem.ts";

/** Up to so many digits, a number is exact as a JavaScript number. */
const FEW_DIGITS = 15;

/**
 * The node of a literal. 2^63 is not reported here, because a minus may stand before it: the caller asks `isTooLarge` when
 * it knows.
 */
export function integerLiteral(digits: string, at: Span, problem: (problem: Problem) => void): Integer {
  const value = digits.length <= FEW_DIGITS ? Number(digits) : valueOfMany(digits);
  if (value > MAX_INTEGER + 1n) problem(tooLarge(at));
  return { kind: "integer", value, start: at.start, end: at.end };
}

function valueOfMany(digits: string): number | bigint {
  const significant = digits.replace(/^0+(?=.)/, "");
  // To convert a million digits would take long.
  const value = significant.length > MAX_DIGITS ? MAX_INTEGER + 2n : BigInt(significant);
  return canonical(value) ?? value;
}

/** Whether a literal is 2^63, which is an integer only after a minus. */
export function isTooLarge(literal: Integer): boolean {
  return literal.value > MAX_INTEGER;
}

export function tooLarge(at: Span): Problem {
  return { start: at.start, end: at.end, message: "this integer is too large", hint: INTEGER_RANGE };
}
