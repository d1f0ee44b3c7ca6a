import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import type { Placement } from "./loaded-unit.ts";
import { createMachine, type Machine } from "./machine.ts";
import { createModules } from "./modules.ts";
import { type RunResult, resultOf } from "./run-result.ts";
import { runText, tryToCompile } from "./run-text.ts";
import { createSession, type Session } from "./session.ts";
import { unitHelpers } from "./unit-helpers.ts";
import type { World } from "./world.ts";

/** Runs the programs of a process, which share the counter and the modules. */
export interface Interpreter {
  /** The errors that can be seen without running; none if the source is a good program. */
  check(source: SourceText): readonly Diagnostic[];
  /**
   * Runs a program to its end, in a scope of its own.
   *
   * @param identity The identity that the program's file has as a module: to import it is a cycle.
   */
  run(source: SourceText, identity?: string): RunResult;
  /** A prompt. */
  session(): Session;
}

/** @param world Everything outside that programs can reach. */
export function createInterpreter(world: World): Interpreter {
  const machine: Machine = createMachine(world, (source) => unitHelpers(source, machine, modules));
  const modules = createModules(world, machine);

  function attempt<T>(run: () => T) {
    const result = resultOf(run, world.output, machine);
    // So that a prompt can import them again.
    if (result.kind !== "done") modules.forgetUnfinished();
    return result;
  }

  return {
    check(source) {
      const compiled = tryToCompile(source, "main", machine);
      return compiled.ok ? [] : compiled.problems;
    },
    run(source, identity) {
      const placement: Placement = { slots: [], depth: 0, title: "the program", how: "called" };
      return attempt(() => {
        if (identity !== undefined) modules.isProgram(identity, source);
        runText(source, "main", machine, placement);
      });
    },
    session: () => createSession(machine, attempt),
  };
}
