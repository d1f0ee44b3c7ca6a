import { Script } from "node:vm";
import type { CompiledUnit } from "../compiler/compile.ts";
import type { SourceText } from "../diagnostics/source.ts";
import type { IncFunction, Key, Slots, Value } from "../values/value.ts";
import type { Counter, Helpers, UnitHelpers } from "./helpers.ts";

/**
 * The one place in the program where text becomes JavaScript: what `js` made, and the fixed texts below. Everything
 * else that could is shut (`--disallow-code-generation-from-strings`), and no context of its own is made.
 */

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
  /** Its generated code, whose lines tell their places. */
  readonly text: string;
  /** What its functions were declared as, by number; null for the top level and for function expressions. */
  readonly titles: readonly (string | null)[];
  /** What a trace says was entered: `eval`, `module util`. */
  readonly title: string;
  readonly how: "called" | "imported";
}

const PREFIX = "inc:";

/** Compiles a unit's code, under a number by which a stack names it. */
export function compileUnit(unit: CompiledUnit, number: number): Wrapper {
  const script = new Script(unit.text, { filename: `${PREFIX}${number}` });
  return script.runInThisContext() as Wrapper;
}

/** The number of the unit that a stack's file name means; undefined for other files. */
export function unitNumber(fileName: string | null | undefined): number | undefined {
  return fileName?.startsWith(PREFIX) ? Number(fileName.slice(PREFIX.length)) : undefined;
}

/** Thrown when SIGINT stopped what ran. */
export class Interrupted {}

const entry = Symbol.for("inc.entry");

/**
 * Calls a function so that SIGINT stops it, also in a loop or in a blocked read.
 * @throws Interrupted
 */
export function interruptible<T>(call: () => T): T {
  const holder = globalThis as { [entry]?: () => T };
  const outer = holder[entry];
  holder[entry] = call;
  try {
    // Compiled at each call: the snapshot that the executable starts from cannot hold a script.
    const script = new Script(`globalThis[Symbol.for("inc.entry")]()`, { filename: "inc-entry" });
    return script.runInThisContext({ breakOnSigint: true, displayErrors: false }) as T;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED")
      throw new Interrupted();
    throw error;
  } finally {
    if (outer) holder[entry] = outer;
    else delete holder[entry];
  }
}
