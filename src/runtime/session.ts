import type { Earlier } from "../compiler/compile.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { tokenize } from "../lexer/tokenize.ts";
import { RESERVED_WORDS } from "../lexer/tokens.ts";
import { parse } from "../parser/parse.ts";
import { COUNTER, EVAL } from "../parser/special-names.ts";
import { shown } from "../values/print-value.ts";
import { IncModule, type Slots, type Value } from "../values/value.ts";
import type { Placement } from "./loaded-unit.ts";
import type { Machine } from "./machine.ts";
import type { RunResult, Stop } from "./run-result.ts";
import { compileText } from "./run-text.ts";

/** The result of an input at a prompt. */
export type InputResult =
  | Stop
  /** Nothing ran, because the input lacks a line. */
  | { readonly kind: "incomplete" }
  /** `shown` is the value of the input, if it is an expression that is not nil. */
  | { readonly kind: "done"; readonly shown: string | undefined };

/** A prompt: all its inputs share a scope, in which a name may be declared again. */
export interface Session {
  /** Runs an input; its last statement may be any expression. */
  enter(input: SourceText): InputResult;
  /** Runs a source, such as a startup file, in the same scope. */
  run(source: SourceText): RunResult;
  /** The words and names that an input can use; with `of`, those of the module of that name. For completion. */
  names(of?: string): string[];
}

/** @param attempt Makes a call, and tells how it ended. */
export function createSession(
  machine: Machine,
  attempt: <T>(run: () => T) => { readonly kind: "done"; readonly value: T } | Stop,
): Session {
  const slots: Slots = [];
  const placement: Placement = { slots, depth: 0, title: "the prompt", how: "called" };
  let earlier: Earlier = { scope: { outer: undefined, names: new Map() }, slots: 0 };

  function run(source: SourceText, kind: "prompt" | "startup"): Value | undefined {
    const unit = compileText(source, kind, machine, placement, earlier);
    const names = new Map([...earlier.scope.names, ...unit.scope.names]);
    earlier = { scope: { outer: undefined, names }, slots: unit.slots };
    return machine.execute(unit, placement);
  }

  const namesIn = (value: Value | undefined) =>
    value instanceof IncModule ? [...value.slotOf.keys()].sort() : [];

  return {
    enter(input) {
      const parsed = parse(input, tokenize(input));
      if (!parsed.ok && parsed.incomplete) return { kind: "incomplete" };
      const result = attempt(() => {
        const value = run(input, "prompt");
        return value === undefined || value === null ? undefined : shown(value);
      });
      return result.kind === "done" ? { kind: "done", shown: result.value } : result;
    },
    run: (source) => attempt(() => void run(source, "startup")),
    names(of) {
      if (of !== undefined) return namesIn(slots[earlier.scope.names.get(of)?.storage.number ?? -1]);
      const names = [
        ...earlier.scope.names.keys(),
        ...machine.builtins.names,
        COUNTER,
        EVAL,
        ...RESERVED_WORDS,
      ];
      return [...new Set(names)].sort();
    },
  };
}
