import type { Span } from "../diagnostics/diagnostic.ts";

/**
 * A run-time error of a script. It is an Error because of its stack, from which the span in the source, and the calls that
 * led there, are read.
 */
export class ScriptError extends Error {
  readonly hint: string | undefined;
  /** The span, if the line of generated code comes from several. */
  readonly at: Span | undefined;

  constructor(message: string, hint?: string, at?: Span) {
    super(message);
    this.hint = hint;
    this.at = at;
  }
}

/** A call with a wrong number of arguments. That number is not in its message: the line of the call tells it. */
export class WrongCount extends ScriptError {
  constructor(title: string | null, least: number, most: number) {
    const takes = least === most ? String(least) : `${least} to ${most}`;
    const noun = takes === "1" ? "argument" : "arguments";
    super(`${title === null ? "this function" : `\`${title}\``} takes ${takes} ${noun}`);
  }
}
