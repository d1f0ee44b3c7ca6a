import type { IToken } from "chevrotain";
import type { Span } from "../diagnostics/diagnostic.ts";

/** A diagnostic without its source. */
export interface Problem extends Span {
  readonly message: string;
  readonly hint?: string;
  /** The bracket that was left open, if the tokens tell which. */
  readonly open?: IToken;
  /** Whether the text ended where more was expected. */
  readonly atEnd?: boolean;
}

/** Thrown by actions of the grammar where a rule cannot go on. */
export class Unparsable {
  readonly problem: Problem;

  constructor(problem: Problem) {
    this.problem = problem;
  }
}
