import type { Counter, UnitHelpers, Wrapper } from "../compiler/abi.ts";
import type { CompiledUnit } from "../compiler/compile.ts";
import type { BuiltinNames } from "../compiler/unit.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { evaluateJavaScript } from "../host/host.ts";
import type { Value } from "../values/value.ts";
import { createBuiltins } from "./builtins/builtins.ts";
import { createHelpers } from "./helpers.ts";
import { type LoadedUnit, type Placement, unitName } from "./loaded-unit.ts";
import type { World } from "./world.ts";

/** What all the code of a process shares: the counter, the built-in functions, the units that were loaded. */
export interface Machine {
  readonly builtins: BuiltinNames;
  /** Runs a unit. Gives the value of its last expression; undefined if it has none. */
  execute(unit: CompiledUnit, placement: Placement): Value | undefined;
  /** A unit that may be on a stack, by its number. */
  unitOf(number: number): LoadedUnit | undefined;
}

/** @param unitHelpers Makes the helpers of a source. What its code evaluates or imports runs on this machine. */
export function createMachine(world: World, unitHelpers: (source: SourceText) => UnitHelpers): Machine {
  const counter: Counter = { counter: 0 };
  const helpers = createHelpers(world, counter);
  const builtins = createBuiltins(world);
  const units = new Map<number, LoadedUnit>();
  let lastNumber = 0;
  return {
    builtins: builtins.names,
    execute(unit, { slots, depth, title, how }) {
      const { source, text, titles } = unit;
      while (slots.length < unit.slots) slots.push(undefined);
      const number = ++lastNumber;
      units.set(number, { source, text, titles, title, how });
      const wrapper = evaluateJavaScript(text, unitName(number)) as Wrapper;
      const run = wrapper({
        k: helpers,
        w: counter,
        c: unit.constants,
        r: unit.runs,
        s: slots,
        b: builtins.direct,
        q: builtins.values,
        u: unitHelpers(source),
      });
      const value = run(depth);
      // A unit without functions cannot be called again. Kept, the units of a loop with `eval` would fill the memory.
      if (titles.length === 1) units.delete(number);
      return value;
    },
    unitOf: (number) => units.get(number),
  };
}
