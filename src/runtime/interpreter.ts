import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { SourceText } from "../diagnostics/source.ts";
import { createMachine } from "./machine.ts";
import { type RunResult, resultOf } from "./run-result.ts";
import { createSession, type Session } from "./session.ts";
import type { World } from "./world.ts";

/** What runs the programs of a process: they share the counter and the modules. */
export interface Interpreter {
  /** Every error that can be seen without running; none if the source is a good program. */
  check(source: SourceText): readonly Diagnostic[];
  /**
   * Runs a program to its end, in a scope of its own.
   * @param identity the program's own, as the module loader would give it: to import it is a cycle
   */
  run(source: SourceText, identity?: string): RunResult;
  /** A prompt. */
  session(): Session;
}

/** @param world everything outside that programs can reach */
export function createInterpreter(world: World): Interpreter {
  const machine = createMachine(world);
  return {
    check: machine.check,
    run(source, identity) {
      return resultOf(world, machine, () => {
        const unit = machine.prepare(source, "main", "the program");
        if (identity !== undefined) machine.modules.isProgram(identity, source);
        const slots = new Array(unit.slots).fill(undefined);
        machine.execute(unit, { slots, depth: 0, title: "the program", how: "called" });
      });
    },
    session: () => createSession(world, machine),
  };
}
