import type { Diagnostic, Span, TraceStep } from "./diagnostic.ts";
import { lineStart, positionOf } from "./position.ts";
import { escapeControls } from "./quote-text.ts";
import type { SourceText } from "./source.ts";
import { terminalWidth } from "./terminal-width.ts";

/** How many columns of a line are shown, and how many of them before the span if the line is longer. */
const COLUMNS = 74;
const BEFORE = 46;
/** How much of a message is shown, in UTF-16 units: a name or a key in it can be as long as the source. */
const MESSAGE = 2000;
const FIRST_STEPS = 8;
const LAST_STEPS = 4;

/**
 * A diagnostic as a person reads it: `path:line:column: error: message`, the source line with carets under the span, the
 * hint, and the calls that led there. Ends with a line end.
 */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { source, span, message, hint, trace } = diagnostic;
  const lines = [`${place(source, span)}: error: ${escapeControls(cut(message))}`, ...excerpt(source, span)];
  if (hint !== undefined) lines.push(`  hint: ${escapeControls(cut(hint))}`);
  if (trace) lines.push(...renderTrace(trace));
  return `${lines.join("\n")}\n`;
}

function place(source: SourceText, span: Span): string {
  const { line, column } = positionOf(source, span.start);
  return `${escapeControls(source.name)}:${line}:${column}`;
}

/** The source line and the carets. Tabs become spaces, so that the carets are right on any terminal. */
function excerpt({ text }: SourceText, span: Span): string[] {
  const lineEnd = text.indexOf("\n", span.start);
  let end = lineEnd < 0 ? text.length : lineEnd;
  if (text[end - 1] === "\r" && end > span.start) end--;
  const head = text.slice(lineStart(text, span.start), span.start);
  const tail = text.slice(span.start, end);
  const before = lastColumns(head, COLUMNS - width(firstColumns(tail, COLUMNS - BEFORE)));
  const rest = firstColumns(tail, COLUMNS - width(before));
  const at = rest.slice(0, Math.max(0, span.end - span.start));
  if (before + rest === "") return [];
  const line = show(before) + show(at) + show(rest.slice(at.length));
  const [left, right] = [before === head ? "" : "…", rest === tail ? "" : "…"];
  const carets = "^".repeat(Math.max(1, width(at)));
  return [`    ${left}${line}${right}`.trimEnd(), `    ${" ".repeat(left.length + width(before))}${carets}`];
}

/** As much of a text's beginning as fits. */
function firstColumns(text: string, columns: number): string {
  const characters = Array.from(text.slice(0, 2 * columns).replace(/[\ud800-\udbff]$/, ""));
  let length = characters.length;
  while (length > 0 && width(characters.slice(0, length).join("")) > columns) length--;
  return characters.slice(0, length).join("");
}

/** As much of a text's end as fits. It does not begin with a mark that belongs to the character before it. */
function lastColumns(text: string, columns: number): string {
  const characters = Array.from(text.slice(-2 * columns).replace(/^[\udc00-\udfff]/, ""));
  let from = 0;
  while (from < characters.length && width(characters.slice(from).join("")) > columns) from++;
  while (from > 0 && from < characters.length && width(characters[from] as string) === 0) from++;
  return characters.slice(from).join("");
}

function renderTrace(trace: readonly TraceStep[]): string[] {
  const hidden = trace.length - FIRST_STEPS - LAST_STEPS;
  if (hidden <= 1) return trace.map(renderStep);
  const [first, last] = [trace.slice(0, FIRST_STEPS), trace.slice(-LAST_STEPS)];
  return [...first.map(renderStep), `  … ${hidden} more …`, ...last.map(renderStep)];
}

function renderStep({ entered, how, source, span }: TraceStep): string {
  return `  in ${escapeControls(cut(entered))}, ${how} at ${place(source, span)}`;
}

function cut(text: string): string {
  return text.length > MESSAGE ? `${text.slice(0, MESSAGE).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

function show(text: string): string {
  return escapeControls(text.replaceAll("\t", "    "));
}

/** The columns that a text takes as it is shown. */
function width(text: string): number {
  return terminalWidth(show(text));
}
