import type { Span } from "../diagnostics/diagnostic.ts";
import { type Js, js } from "./js.ts";

/**
 * Where generated code comes from stands in the code itself: a line of it begins with a comment that gives a span of the
 * source. V8 tells the line of each call on an error's stack, so nothing has to be recorded while a program runs.
 */

/** Begins a line of generated code that comes from a span of the source. */
export function comesFrom({ start, end }: Span): Js {
  return js`\n/*${start} ${end - start}*/`;
}

/** As `comesFrom`, for a call: also gives the number of its arguments. */
export function comesFromCall(call: Span & { readonly arguments: ArrayLike<unknown> }): Js {
  return js`\n/*${call.start} ${call.end - call.start} ${call.arguments.length}*/`;
}

/** Begins a line whose errors belong to the call that led there. */
export const COMES_FROM_CALLER: Js = js`\n/*caller*/`;

/** The span that a line of generated code comes from. */
export interface LineSpan extends Span {
  /** The number of arguments that a call gives. */
  readonly given: number | undefined;
}

/**
 * Reads the comments back: gives the span of a line, counted from 1; undefined for a line that has none of its own. The
 * line starts are found once, because a trace asks for thousands of lines.
 */
export function spansOfLines(text: string): (line: number) => LineSpan | undefined {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (line) => {
    const from = starts[line - 1] ?? text.length;
    const found = /^\/\*(\d+) (\d+)(?: (\d+))?\*\//.exec(text.slice(from, from + 40));
    if (found === null) return undefined;
    const [start, length] = [Number(found[1]), Number(found[2])];
    return { start, end: start + length, given: found[3] === undefined ? undefined : Number(found[3]) };
  };
}
