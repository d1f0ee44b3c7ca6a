import type { SourceText } from "./source.ts";

/** Offsets into a source's text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One step of the calls that led to a run-time error, innermost first. */
export interface TraceStep {
  /** What was entered: `half`, `eval`, `module util`. */
  readonly entered: string;
  readonly how: "called" | "imported";
  readonly source: SourceText;
  readonly span: Span;
}

/** Something to tell a person: data only, worded here and laid out by `renderDiagnostic`. */
export interface Diagnostic {
  readonly source: SourceText;
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
  readonly trace?: readonly TraceStep[];
}
