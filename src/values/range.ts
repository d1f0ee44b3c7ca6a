import { canonical, isInteger } from "./integer.ts";
import { charge, checkListLength } from "./memory.ts";
import { ScriptError } from "./script-error.ts";
import { aTypeOf, type Integer, type Value } from "./value.ts";

/** A `range` before its integers are made. */
export interface RangeSpan {
  readonly start: number;
  readonly step: number;
  readonly count: number;
  /** Start and step, if integers occur that are not exact as numbers; the two above then mean nothing. */
  readonly wide: { readonly start: bigint; readonly step: bigint } | null;
}

/** The range of `range(end)`, `range(start, end)` or `range(start, end, step)`, which does not include the end. */
export function spanOfRange(first: Value, second?: Value, third?: Value): RangeSpan {
  const start = whole(second === undefined ? 0 : first);
  const end = whole(second === undefined ? first : second);
  const step = whole(third === undefined ? 1 : third);
  if (step === 0) throw new ScriptError("the step of a range cannot be 0");
  if (typeof start === "number" && typeof end === "number" && typeof step === "number") {
    const count = countOf(BigInt(start), BigInt(end), BigInt(step));
    return { start, step, count, wide: null };
  }
  const wide = { start: BigInt(start), step: BigInt(step) };
  return { start: 0, step: 0, count: countOf(wide.start, BigInt(end), wide.step), wide };
}

function whole(value: Value): Integer {
  if (isInteger(value)) return value;
  throw new ScriptError(`\`range\` takes integers, not ${aTypeOf(value)}`);
}

function countOf(start: bigint, end: bigint, step: bigint): number {
  const distance = step > 0n ? end - start : start - end;
  const stride = step > 0n ? step : -step;
  return distance <= 0n ? 0 : Number((distance + stride - 1n) / stride);
}

/** One integer of a range whose `wide` is set. */
export function wide(span: RangeSpan, index: number): Integer {
  const { start, step } = span.wide as { start: bigint; step: bigint };
  return canonical(start + step * BigInt(index)) as Integer;
}

/** The list of all integers of a range. */
export function listOfRange(span: RangeSpan): Integer[] {
  checkListLength(span.count);
  charge(span.count * 8 + 32);
  return Array.from({ length: span.count }, (_, i) =>
    span.wide ? wide(span, i) : span.start + span.step * i,
  );
}
