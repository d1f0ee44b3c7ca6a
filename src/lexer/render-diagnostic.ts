import type { Diagnostic, Span, TraceStep } from "./diagnostic.ts";
import type { SourceText } from "./source.ts";

/** How much of a long line is shown around the place. */
const EXCERPT = 100;
const FIRST_STEPS = 8;
const LAST_STEPS = 4;

/** Line and column, both from 1; columns count characters. */
export function positionOf(source: SourceText, offset: number): { line: number; column: number } {
  const { text } = source;
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  const start = lineStart(text, offset);
  return { line, column: countCharacters(text.slice(start, offset)) + 1 };
}

/**
 * A diagnostic as a person reads it: `path:line:column: error: message`, the source line with carets under the
 * place, the hint, and the calls that led there. Ends in a line end.
 */
export function renderDiagnostic(diagnostic: Diagnostic): string {
  const { source, span, message, hint, trace } = diagnostic;
  const lines = [`${place(source, span)}: error: ${escapeControls(message)}`, ...excerpt(source, span)];
  if (hint !== undefined) lines.push(`  hint: ${escapeControls(hint)}`);
  if (trace) lines.push(...renderTrace(trace));
  return `${lines.join("\n")}\n`;
}

function place(source: SourceText, span: Span): string {
  const { line, column } = positionOf(source, span.start);
  return `${escapeControls(source.name)}:${line}:${column}`;
}

/** The line and the carets. Tabs become spaces, so that both agree wherever they are shown. */
function excerpt(source: SourceText, span: Span): string[] {
  const { text } = source;
  const start = lineStart(text, span.start);
  const lineEnd = text.indexOf("\n", span.start);
  let end = lineEnd < 0 ? text.length : lineEnd;
  if (text[end - 1] === "\r" && end > span.start) end--;
  const from = safeCut(text, Math.max(start, span.start - EXCERPT));
  const to = safeCut(text, Math.min(end, span.start + EXCERPT));
  const spanEnd = Math.min(Math.max(span.end, span.start), to);
  const before = show((from > start ? "…" : "") + text.slice(from, span.start));
  const at = show(text.slice(span.start, spanEnd));
  const after = show(text.slice(spanEnd, to)) + (to < end ? "…" : "");
  if (before + at + after === "") return [];
  const carets = "^".repeat(Math.max(1, width(at)));
  return [`    ${before}${at}${after}`.trimEnd(), `    ${" ".repeat(width(before))}${carets}`];
}

function renderTrace(trace: readonly TraceStep[]): string[] {
  const lines = trace.map(
    (step) => `  in ${escapeControls(step.entered)}, ${step.how} at ${place(step.source, step.span)}`,
  );
  const hidden = lines.length - FIRST_STEPS - LAST_STEPS;
  if (hidden <= 1) return lines;
  return [...lines.slice(0, FIRST_STEPS), `  … ${hidden} more …`, ...lines.slice(-LAST_STEPS)];
}

function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** Does not cut a character of two units in half. */
function safeCut(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff ? offset - 1 : offset;
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function show(text: string): string {
  return escapeControls(text.replaceAll("\t", "    "));
}

/** Text that shows on a terminal as it is: what could move the cursor or turn the text is written as an escape. */
export function escapeControls(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character === "\u200d" ? character : `\\u{${(character.codePointAt(0) as number).toString(16)}}`,
  );
}

/** Columns that a text takes on a terminal. */
function width(text: string): number {
  let columns = 0;
  for (const character of text) columns += characterWidth(character.codePointAt(0) as number, character);
  return columns;
}

function characterWidth(point: number, character: string): number {
  if (point < 0x300) return 1;
  if (/^(?:\p{Mn}|\p{Me}|\u200d)$/u.test(character)) return 0;
  return isWide(point) || /^\p{Emoji_Presentation}$/u.test(character) ? 2 : 1;
}

/** The blocks that Unicode's East Asian Width property calls wide or full-width. */
function isWide(point: number): boolean {
  return (
    (point >= 0x1100 && point <= 0x115f) ||
    (point >= 0x2e80 && point <= 0x303e) ||
    (point >= 0x3041 && point <= 0xa4cf) ||
    (point >= 0xa960 && point <= 0xa97f) ||
    (point >= 0xac00 && point <= 0xd7a3) ||
    (point >= 0xf900 && point <= 0xfaff) ||
    (point >= 0xfe30 && point <= 0xfe6f) ||
    (point >= 0xff00 && point <= 0xff60) ||
    (point >= 0xffe0 && point <= 0xffe6) ||
    (point >= 0x17000 && point <= 0x18cff) ||
    (point >= 0x1b000 && point <= 0x1b2ff) ||
    (point >= 0x20000 && point <= 0x3fffd)
  );
}
