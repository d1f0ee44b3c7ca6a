import type { IToken } from "chevrotain";
import type { Span } from "../diagnostics/diagnostic.ts";

/** A diagnostic that does not know its source yet. */
export interface Problem extends Span {
  readonly message: string;
  readonly hint?: string;
  /** The bracket that was left open, where the tokens tell. */
  readonly open?: IToken;
  /** The text ended where more was expected. */
  readonly atEnd?: boolean;
}

/** Thrown by the grammar's actions where a rule cannot go on. */
export class Unparsable {
  readonly problem: Problem;

  constructor(problem: Problem) {
    this.problem = problem;
  }
}
