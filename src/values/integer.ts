import { ScriptError } from "./script-error.ts";
import type { Integer } from "./value.ts";

/**
 * Signed 64-bit integers, exact. Up to 2^53-1 they are JavaScript numbers, and generated code computes on them by itself;
 * what leaves that range comes here. A result of more than 64 bits is an error and never wraps.
 */
export const MAX_INTEGER = 2n ** 63n - 1n;
export const MIN_INTEGER = -(2n ** 63n);
/** How many decimal digits the largest integer has. */
export const MAX_DIGITS = String(MAX_INTEGER).length;
/** A hint. */
export const INTEGER_RANGE = `integers go from ${MIN_INTEGER} to ${MAX_INTEGER}`;

const SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** The form in which an integer is kept: a number where that is exact. Undefined if it has more than 64 bits. */
export function canonical(value: bigint): Integer | undefined {
  if (value <= SAFE && value >= -SAFE) return Number(value);
  return value >= MIN_INTEGER && value <= MAX_INTEGER ? value : undefined;
}

function checked(value: bigint, operation: string): Integer {
  const result = canonical(value);
  if (result === undefined) {
    throw new ScriptError(`the result of \`${operation}\` does not fit into 64 bits`, INTEGER_RANGE);
  }
  return result;
}

export function isInteger(value: unknown): value is Integer {
  return typeof value === "number" || typeof value === "bigint";
}

export function addIntegers(a: Integer, b: Integer): Integer {
  return checked(BigInt(a) + BigInt(b), "+");
}

export function subtractIntegers(a: Integer, b: Integer): Integer {
  return checked(BigInt(a) - BigInt(b), "-");
}

export function multiplyIntegers(a: Integer, b: Integer): Integer {
  return checked(BigInt(a) * BigInt(b), "*");
}

/** Rounds toward zero. */
export function divideIntegers(a: Integer, b: Integer): Integer {
  if (b === 0) throw new ScriptError("division by zero");
  return checked(BigInt(a) / BigInt(b), "/");
}

/** The result has the sign of the dividend. */
export function remainderOfIntegers(a: Integer, b: Integer): Integer {
  if (b === 0) throw new ScriptError("division by zero");
  if (typeof a === "number" && typeof b === "number") return (a % b) + 0;
  return canonical(BigInt(a) % BigInt(b)) as Integer;
}

export function negateInteger(a: Integer): Integer {
  return checked(-BigInt(a), "-");
}

/** Reads an optional sign and decimal digits. Undefined if the text is something else, or has more than 64 bits. */
export function parseInteger(text: string): Integer | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const digits = text.replace(/^([+-]?)0+(?=[0-9])/, "$1");
  if (digits.length > MAX_DIGITS + "-".length) return undefined;
  return canonical(BigInt(digits));
}
