import type { Span } from "../diagnostics/diagnostic.ts";
import type { Integer } from "./ast.ts";
import type { Problem } from "./problem.ts";

const MAX = 2n ** 63n - 1n;

/**
 * The node of a literal. 2^63 is let through, because a minus may stand before it: what holds it in the end is
 * found by `isTooLarge`.
 */
export function integerLiteral(digits: string, at: Span, problem: (problem: Problem) => void): Integer {
  const value = digits.length < 16 ? Number(digits) : canonical(digits);
  const node: Integer = { kind: "integer", value, start: at.start, end: at.end };
  if (typeof value === "bigint" && value > MAX + 1n) problem(tooLarge(at));
  return node;
}

function canonical(digits: string): number | bigint {
  const significant = digits.replace(/^0+(?=.)/, "");
  // Nobody's number has 20 digits, and to convert a million of them takes long.
  const value = significant.length > 19 ? MAX + 2n : BigInt(significant);
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Whether a literal is 2^63, which only a minus makes an integer. */
export function isTooLarge(literal: Integer): boolean {
  return literal.value > MAX;
}

export function tooLarge(at: Span): Problem {
  const hint = "integers go from -9223372036854775808 to 9223372036854775807";
  return { start: at.start, end: at.end, message: "this integer is too large", hint };
}
