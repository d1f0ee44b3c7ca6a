import type { CompiledUnit } from "../compiler/compile.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { evaluateJavaScript } from "../host/host.ts";
import type { IncFunction, Key, Slots, Value } from "../values/value.ts";
import type { Counter, Helpers, UnitHelpers } from "./helpers.ts";

/** Runs a unit: gives the value of its last expression; undefined if it has none. */
export type RunUnit = (depth: number) => Value | undefined;

type Wrapper = (
  k: Helpers,
  w: Counter,
  c: readonly Key[],
  r: CompiledUnit["runs"],
  s: Slots,
  b: readonly IncFunction[],
  q: readonly IncFunction[],
  u: UnitHelpers,
) => RunUnit;

/** What an error's stack needs to be told in terms of the script. */
export interface LoadedUnit {
  readonly source: SourceText;
  /** Its generated code, whose lines tell where they come from. */
  readonly text: string;
  /** What its functions were declared as, by number; null for the top level and for function expressions. */
  readonly titles: readonly (string | null)[];
  /** What a trace says was entered: `eval`, `module util`. */
  readonly title: string;
  readonly how: "called" | "imported";
}

const PREFIX = "inc:";

/** Compiles a unit's code, under a number by which a stack names it. */
export function loadUnit(unit: CompiledUnit, number: number): Wrapper {
  return evaluateJavaScript(unit.text, `${PREFIX}${number}`) as Wrapper;
}

/** The number of the unit that a text on a stack is; undefined for other texts. */
export function unitNumber(text: string | undefined): number | undefined {
  return text?.startsWith(PREFIX) ? Number(text.slice(PREFIX.length)) : undefined;
}
