import { SHORT_ESCAPES } from "../diagnostics/quote-text.ts";

const QUOTE = 34;
const BACKSLASH = 92;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Finds the end of the string literal that begins at `offset`: behind its closing quote, or at the end of the line. */
function scan(text: string, offset: number): { end: number; closed: boolean } {
  let i = offset + 1;
  for (; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === QUOTE) return { end: i + 1, closed: true };
    if (unit === LINE_FEED || (unit === CARRIAGE_RETURN && text.charCodeAt(i + 1) === LINE_FEED)) break;
    if (unit === BACKSLASH && i + 1 < text.length && text.charCodeAt(i + 1) !== LINE_FEED) i++;
  }
  return { end: Math.min(i, text.length), closed: false };
}

/** Token pattern: a string literal with its closing quote. Escapes are not checked yet. */
export function matchClosedText(text: string, offset: number): [string] | null {
  if (text.charCodeAt(offset) !== QUOTE) return null;
  const { end, closed } = scan(text, offset);
  return closed ? [text.slice(offset, end)] : null;
}

/** Token pattern: a string literal without a closing quote on its line. */
export function matchOpenText(text: string, offset: number): [string] | null {
  if (text.charCodeAt(offset) !== QUOTE) return null;
  const { end, closed } = scan(text, offset);
  return closed ? null : [text.slice(offset, end)];
}

/** An error in an escape; the offset counts from the beginning of the literal. */
export interface BadEscape {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/**
 * The text that a string literal stands for.
 *
 * @param literal With its quotes.
 * @param problem Called for each invalid escape.
 */
export function unescapeText(literal: string, problem: (bad: BadEscape) => void): string {
  if (!literal.includes("\\")) return literal.slice(1, -1);
  const parts: string[] = [];
  let from = 1;
  for (let at = literal.indexOf("\\"); at >= 0; at = literal.indexOf("\\", from)) {
    parts.push(literal.slice(from, at));
    const short = SHORT_ESCAPES[literal.charAt(at + 1)];
    const unicode =
      short === undefined ? /^u\{([0-9A-Fa-f]{1,6})\}/.exec(literal.slice(at + 1, at + 10)) : null;
    if (short !== undefined) parts.push(short);
    else if (unicode) {
      const value = Number.parseInt(unicode[1] as string, 16);
      if (value === 0 || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
        const message = "this is not the number of a character";
        problem({ offset: at, length: unicode[0].length + 1, message });
      } else parts.push(String.fromCodePoint(value));
    } else {
      const length = String.fromCodePoint(literal.codePointAt(at + 1) as number).length;
      problem({ offset: at, length: 1 + length, message: "there is no such escape" });
    }
    from = at + (unicode ? unicode[0].length + 1 : 2);
  }
  parts.push(literal.slice(from, -1));
  return parts.join("");
}
