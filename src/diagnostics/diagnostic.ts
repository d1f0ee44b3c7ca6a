import type { SourceText } from "./source.ts";

/** Offsets into a source's text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One of the calls that led to a run-time error. */
export interface TraceStep {
  /** What was entered: `half`, `eval`, `module util`. */
  readonly entered: string;
  readonly how: "called" | "imported";
  readonly source: SourceText;
  readonly span: Span;
}

/** An error as data. `renderDiagnostic` makes text of it. */
export interface Diagnostic {
  readonly source: SourceText;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
  readonly trace?: readonly TraceStep[];
}
