import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Placement } from "./loaded-unit.ts";

/** Thrown for code with errors that can be seen without running it: the program, or code that it brings in. */
export class BadCode extends Error {
  readonly problems: readonly Diagnostic[];
  readonly placement: Placement;

  constructor(problems: readonly Diagnostic[], placement: Placement) {
    super("bad code");
    this.problems = problems;
    this.placement = placement;
  }
}
