import type { UnitHelpers } from "../compiler/abi.ts";
import { MAX_DEPTH } from "../compiler/function.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { EVAL } from "../parser/special-names.ts";
import { ScriptError } from "../values/script-error.ts";
import { aTypeOf, type Value } from "../values/value.ts";
import { functionValue } from "./builtins/builtin.ts";
import { tooDeep } from "./helpers.ts";
import type { Placement } from "./loaded-unit.ts";
import type { Machine } from "./machine.ts";
import type { Modules } from "./modules.ts";
import { runText } from "./run-text.ts";

/** How much of the stack it takes to parse and compile a text, in words. */
const CODE_RESERVE = 500;

/** The helpers that bring in code, for one source. */
export function unitHelpers(source: SourceText, machine: Machine, modules: Modules): UnitHelpers {
  function evaluate(depth: number, text: Value): Value {
    if (typeof text !== "string") throw new ScriptError(`\`eval\` takes a string, not ${aTypeOf(text)}`);
    const evaluated = { name: "<eval>", text, directory: source.directory };
    const placement: Placement = { slots: [], depth: deeper(depth), title: "eval", how: "called" };
    return runText(evaluated, "eval", machine, placement) ?? null;
  }

  return {
    evaluate,
    evalFunction: functionValue({
      name: EVAL,
      least: 1,
      most: 1,
      run: (depth, text) => evaluate(depth, text as Value),
    }),
    use: (depth, path, name) => modules.use(path, name, source, deeper(depth)),
  };
}

function deeper(depth: number): number {
  return depth + CODE_RESERVE > MAX_DEPTH ? tooDeep() : depth + CODE_RESERVE;
}
