import type { SourceText } from "./source.ts";

/** Line and column, both from 1; columns count characters. */
export function positionOf(source: SourceText, offset: number): { line: number; column: number } {
  const { text } = source;
  const start = lineStart(text, offset);
  return { line: lineOf(text, start), column: countCharacters(text.slice(start, offset)) + 1 };
}

/** The offset at which the line that holds `offset` begins. */
export function lineStart(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** The last line that was asked for. Errors come in the order of the text, so the next count begins here. */
let counted = { text: "", start: 0, line: 1 };

function lineOf(text: string, start: number): number {
  if (text !== counted.text || start < counted.start) counted = { text, start: 0, line: 1 };
  let { line } = counted;
  for (let at = text.indexOf("\n", counted.start); at >= 0 && at < start; at = text.indexOf("\n", at + 1))
    line++;
  counted = { text, start, line };
  return line;
}

function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
