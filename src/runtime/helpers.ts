import type { Counter, Helpers } from "../compiler/abi.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import * as containers from "../values/containers.ts";
import { addIntegers, isInteger } from "../values/integer.ts";
import { charge } from "../values/memory.ts";
import * as operators from "../values/operators.ts";
import { printed } from "../values/print-value.ts";
import { spanOfRange, wide } from "../values/range.ts";
import { ScriptError, WrongCount } from "../values/script-error.ts";
import { aTypeOf, type IncFunction, type Integer, type Value } from "../values/value.ts";
import { readInteger } from "./input.ts";
import type { World } from "./world.ts";

/** The helpers of generated code. */
export function createHelpers(world: World, state: Counter): Helpers {
  const { output, errors, input } = world;

  function plus(): void {
    const { counter } = state;
    state.counter =
      typeof counter === "number" && counter < Number.MAX_SAFE_INTEGER
        ? counter + 1
        : addIntegers(counter, 1);
    output.write(`${state.counter}\n`);
  }

  return {
    ...operators,
    ...containers,
    trunc: Math.trunc,
    isList: Array.isArray,
    span: spanOfRange,
    wide,

    /** `+` */
    plus,

    /** A run of `+`. */
    plusRun(count: number, spans: readonly Span[]): void {
      let done = 0;
      try {
        for (; done < count; done++) plus();
      } catch (error) {
        if (error instanceof ScriptError) throw new ScriptError(error.message, error.hint, spans[done]);
        throw error;
      }
    },

    /** `?` */
    ask(): void {
      output.flush();
      errors.write("> Enter new number: \n");
      const asked = readInteger(input);
      switch (asked.kind) {
        case "integer":
          state.counter = asked.value;
          break;
        case "too large":
          errors.write("warning: the number does not fit into 64 bits: the counter keeps its value\n");
          break;
        case "none":
          errors.write("warning: no number on standard input: the counter keeps its value\n");
          break;
      }
    },

    /** `print a` */
    line(value: Value): void {
      output.write(`${printed(value)}\n`);
    },

    /** `print a, b` */
    words(values: readonly Value[]): void {
      output.write(`${values.map(printed).join(" ")}\n`);
    },

    whole(value: Value): Integer {
      if (isInteger(value)) return value;
      throw new ScriptError(`the counter can hold only an integer, not ${aTypeOf(value)}`);
    },

    fn(code: IncFunction, title: string | null): IncFunction {
      charge(128);
      code.title = title;
      return code;
    },

    unset(name: string): never {
      throw new ScriptError(`\`${name}\` has no value yet`, "its `let` or `import` has not run");
    },

    wrongCount(title: string | null, count: number): never {
      throw new WrongCount(title, count, count);
    },

    deep: tooDeep,
  };
}

export function tooDeep(): never {
  throw new ScriptError("calls nest too deep", "perhaps a function calls itself without end");
}
