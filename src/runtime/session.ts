import type { Earlier } from "../compiler/compile.ts";
import type { Scope } from "../compiler/scope.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { RESERVED_WORDS } from "../lexer/tokens.ts";
import { parse } from "../parser/parse.ts";
import { shown } from "../values/print-value.ts";
import { IncModule, type Slots, type Value } from "../values/value.ts";
import type { Machine } from "./machine.ts";
import { type RunResult, resultOf, type Stop } from "./run-result.ts";
import type { World } from "./world.ts";

/** What came of a prompt's input. */
export type InputResult =
  | Stop
  /** Nothing ran: another line may make it whole. */
  | { readonly kind: "incomplete" }
  /** `shown` is the value of an input that is an expression, unless it is nil. */
  | { readonly kind: "done"; readonly shown: string | undefined };

/** One scope for input after input; a name may be declared again. */
export interface Session {
  /** Runs an input; its last statement may be any expression. */
  enter(input: SourceText): InputResult;
  /** Runs a source, such as a startup file, in the same scope. */
  run(source: SourceText): RunResult;
  /** The words and names that an input can use, for completion; of a module, if one of that name is given. */
  names(of?: string): string[];
}

export function createSession(world: World, machine: Machine): Session {
  const slots: Slots = [];
  let earlier: Earlier = { scope: { outer: undefined, names: new Map() }, slots: 0 };

  function execute(source: SourceText, kind: "prompt" | "startup"): Value | undefined {
    const unit = machine.prepare(source, kind, "the prompt", earlier);
    while (slots.length < unit.slots) slots.push(undefined);
    const names = new Map([...earlier.scope.names, ...unit.scope.names]);
    earlier = { scope: { outer: undefined, names } satisfies Scope, slots: unit.slots };
    return machine.execute(unit, { slots, depth: 0, title: "the prompt", how: "called" });
  }

  const namesIn = (value: Value | undefined) =>
    value instanceof IncModule ? [...value.slotOf.keys()].sort() : [];

  return {
    enter(input) {
      const parsed = parse(input);
      if (!parsed.ok && parsed.incomplete) return { kind: "incomplete" };
      const outcome = resultOf(world, machine, () => {
        const value = execute(input, "prompt");
        return value === undefined || value === null ? undefined : shown(value);
      });
      return outcome.kind === "done" ? { kind: "done", shown: outcome.value } : outcome;
    },
    run: (source) => resultOf(world, machine, () => void execute(source, "startup")),
    names(of) {
      if (of !== undefined) return namesIn(slots[earlier.scope.names.get(of)?.storage.number ?? -1]);
      return [...new Set([...earlier.scope.names.keys(), ...machine.names, ...RESERVED_WORDS])].sort();
    },
  };
}
