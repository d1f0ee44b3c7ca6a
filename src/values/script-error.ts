import type { Span } from "../diagnostics/diagnostic.ts";

/**
 * A run-time error of a script. It is an Error for its stack: the place in the script, and the calls that led
 * there, are read from it.
 */
export class ScriptError extends Error {
  readonly hint: string | undefined;
  /** The place, where the line of generated code stands for several. */
  readonly at: Span | undefined;

  constructor(message: string, hint?: string, at?: Span) {
    super(message);
    this.hint = hint;
    this.at = at;
  }
}

/** A call with more or fewer arguments than the function takes. How many it gives is told by its place. */
export class WrongCount extends ScriptError {
  constructor(title: string | null, least: number, most: number) {
    const takes = least === most ? String(least) : `${least} to ${most}`;
    const noun = takes === "1" ? "argument" : "arguments";
    super(`${title === null ? "this function" : `\`${title}\``} takes ${takes} ${noun}`);
  }
}
