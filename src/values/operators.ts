import * as integer from "./integer.ts";
import { joinText } from "./join-text.ts";
import { charge, checkListLength, checkTextLength } from "./memory.ts";
import { ScriptError } from "./script-error.ts";
import { textLess } from "./text.ts";
import { aTypeOf, IncModule, type Integer, type Value } from "./value.ts";

/**
 * The operators on any values. Generated code computes by itself on two small integers, and calls these for all else: large
 * integers, results that are not small, other types, errors.
 */
export function add(a: Value, b: Value): Value {
  if (integer.isInteger(a) && integer.isInteger(b)) return integer.addIntegers(a, b);
  if (typeof a === "string" && typeof b === "string") {
    checkTextLength(a.length + b.length);
    charge(b.length + 32);
    return joinText(a, b);
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    checkListLength(a.length + b.length);
    charge((a.length + b.length) * 8);
    return a.concat(b);
  }
  const hint =
    typeof a === "string" || typeof b === "string" ? "`str(x)` gives the text of a value" : undefined;
  throw new ScriptError(
    `\`+\` takes two integers, two strings or two lists, not ${aTypeOf(a)} and ${aTypeOf(b)}`,
    hint,
  );
}

export function subtract(a: Value, b: Value): Value {
  return onIntegers("-", a, b, integer.subtractIntegers);
}

export function multiply(a: Value, b: Value): Value {
  return onIntegers("*", a, b, integer.multiplyIntegers);
}

export function divide(a: Value, b: Value): Value {
  return onIntegers("/", a, b, integer.divideIntegers);
}

export function remainder(a: Value, b: Value): Value {
  return onIntegers("%", a, b, integer.remainderOfIntegers);
}

function onIntegers(
  symbol: string,
  a: Value,
  b: Value,
  compute: (a: Integer, b: Integer) => Integer,
): Integer {
  if (integer.isInteger(a) && integer.isInteger(b)) return compute(a, b);
  throw new ScriptError(`\`${symbol}\` takes two integers, not ${aTypeOf(a)} and ${aTypeOf(b)}`);
}

export function negate(a: Value): Value {
  if (integer.isInteger(a)) return integer.negateInteger(a);
  throw new ScriptError(`\`-\` takes an integer, not ${aTypeOf(a)}`);
}

export function less(a: Value, b: Value): boolean {
  return isLess("<", a, b, a, b);
}

export function lessOrEqual(a: Value, b: Value): boolean {
  return !isLess("<=", b, a, a, b);
}

export function greater(a: Value, b: Value): boolean {
  return isLess(">", b, a, a, b);
}

export function greaterOrEqual(a: Value, b: Value): boolean {
  return !isLess(">=", a, b, a, b);
}

function isLess(symbol: string, a: Value, b: Value, left: Value, right: Value): boolean {
  if (integer.isInteger(a) && integer.isInteger(b)) return a < b;
  if (typeof a === "string" && typeof b === "string") return textLess(a, b);
  throw new ScriptError(
    `\`${symbol}\` compares two integers or two strings, not ${aTypeOf(left)} and ${aTypeOf(right)}`,
  );
}

/** The error for a condition, or an operand of `and`, `or` or `not`, that is not a boolean. */
export function notBoolean(value: Value): never {
  throw new ScriptError(`a condition must be true or false, not ${aTypeOf(value)}`, hintForCondition(value));
}

function hintForCondition(value: Value): string | undefined {
  if (value === null) return "compare it: `x != nil`";
  if (integer.isInteger(value)) return "compare it: `x != 0`";
  if (typeof value === "string" || Array.isArray(value) || value instanceof Map)
    return "compare its length: `len(x) > 0`";
  return undefined;
}

/** The error for a call of what is not a function. */
export function uncallable(value: Value): never {
  const hint = value instanceof IncModule ? "call one of its functions: `m.name(…)`" : undefined;
  throw new ScriptError(`${aTypeOf(value)} cannot be called`, hint);
}
