import { type Compiled, type CompiledUnit, compile, type Earlier } from "../compiler/compile.ts";
import { MAX_DEPTH } from "../compiler/function.ts";
import type { UnitKind } from "../compiler/unit.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { parse } from "../parser/parse.ts";
import { BadCode, ScriptError } from "../values/script-error.ts";
import { aTypeOf, type Slots, type Value } from "../values/value.ts";
import { createBuiltins, functionValue } from "./builtins.ts";
import { type Counter, createHelpers, type UnitHelpers } from "./helpers.ts";
import { type LoadedUnit, loadUnit } from "./loaded-unit.ts";
import { createModules, type Modules } from "./modules.ts";
import type { World } from "./world.ts";

/** What all the code of a process shares: the counter, the modules, the units that were loaded. */
export interface Machine {
  /** Every error of a source that can be seen without running it. */
  check(source: SourceText): readonly Diagnostic[];
  /** Makes a unit of a source that a trace would call `title`. @throws BadCode */
  prepare(source: SourceText, kind: UnitKind, title: string, earlier?: Earlier): CompiledUnit;
  /** Runs a unit; gives the value of its last expression, undefined if it has none. */
  execute(unit: CompiledUnit, place: Placement): Value | undefined;
  /** A unit that may be on a stack. */
  unitOf(number: number): LoadedUnit | undefined;
  readonly modules: Modules;
  /** Names that every program can use. */
  readonly names: readonly string[];
}

/** Where a unit runs: its variables, how deep the calls are, what a trace calls it. */
export interface Placement {
  readonly slots: Slots;
  readonly depth: number;
  readonly title: string;
  readonly how: LoadedUnit["how"];
}

/** What the parser and the host take on the stack to bring in code, in words: a call deeper than this has no room for it. */
const CODE_RESERVE = 500;

export function createMachine(world: World): Machine {
  const state: Counter = { counter: 0 };
  const helpers = createHelpers(world, state);
  const builtins = createBuiltins(world);
  const units = new Map<number, LoadedUnit>();
  let lastUnit = 0;

  function analyse(source: SourceText, kind: UnitKind, earlier?: Earlier): Compiled {
    const parsed = parse(source);
    return parsed.ok ? compile(source, parsed.program, kind, builtins.names, earlier) : parsed;
  }

  function deeper(depth: number): number {
    if (depth + CODE_RESERVE > MAX_DEPTH) helpers.deep();
    return depth + CODE_RESERVE;
  }

  function evaluate(depth: number, text: Value, from: SourceText): Value {
    if (typeof text !== "string") throw new ScriptError(`\`eval\` takes a string, not ${aTypeOf(text)}`);
    const source = { name: "<eval>", text, directory: from.directory };
    const inside = deeper(depth);
    const unit = machine.prepare(source, "eval", "eval");
    const slots: Slots = new Array(unit.slots).fill(undefined);
    return machine.execute(unit, { slots, depth: inside, title: "eval", how: "called" }) ?? null;
  }

  function helpersOf(source: SourceText): UnitHelpers {
    return {
      evaluate: (depth, text) => evaluate(depth, text, source),
      evalFunction: functionValue({
        name: "eval",
        least: 1,
        most: 1,
        run: (depth, text) => evaluate(depth, text as Value, source),
      }),
      use: (depth, path, name) => machine.modules.use(path, name, source, deeper(depth)),
    };
  }

  const machine: Machine = {
    check(source) {
      const generated = analyse(source, "main");
      return generated.ok ? [] : generated.problems;
    },

    prepare(source, kind, title, earlier) {
      const generated = analyse(source, kind, earlier);
      if (!generated.ok)
        throw new BadCode(generated.problems, title, kind === "module" ? "imported" : "called");
      return generated.unit;
    },

    execute(unit, { slots, depth, title, how }) {
      const number = ++lastUnit;
      const { source, text, titles, constants, runs } = unit;
      units.set(number, { source, text, titles, title, how });
      const run = loadUnit(unit, number)(
        helpers,
        state,
        constants,
        runs,
        slots,
        builtins.direct,
        builtins.values,
        helpersOf(source),
      );
      const value = run(depth);
      // No call can come back to a unit without functions, and a loop of evals must not gather units.
      if (titles.length === 1) units.delete(number);
      return value;
    },

    unitOf: (number) => units.get(number),
    modules: createModules(
      world,
      (source, title) => machine.prepare(source, "module", title),
      (unit, place) => machine.execute(unit, place),
    ),
    names: [...builtins.names.names, "counter", "eval"],
  };
  return machine;
}
