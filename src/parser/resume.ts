import type { IToken, TokenType } from "chevrotain";
import * as t from "../lexer/tokens.ts";

/** What a line end means depends on the innermost brace. Inside ( and [ the lexer leaves out line ends. */
type Brace = "block" | "map";

/** Where the parser goes on after a syntax error, as an index of a group's tokens. */
export interface Restart {
  readonly at: number;
  /** How many blocks were open at errors. Their closing braces are not errors. */
  readonly unclosed: number;
}

/** The tokens before the `{` of a map. Before that of a block stands a complete expression or another word. */
const BEFORE_MAP: ReadonlySet<TokenType> = new Set([
  ...[t.Assign, t.LeftParen, t.LeftBracket, t.Comma, t.Colon, t.Return, t.In, t.Print, t.Not, t.Or, t.And],
  ...[t.Equal, t.NotEqual, t.Plus],
]);

/**
 * Where to go on after a syntax error: behind the next line end that ends a statement.
 *
 * @param from Where the parser began.
 * @param offset The offset of the error in the text.
 */
export function resume(tokens: readonly IToken[], from: Restart, offset: number): Restart {
  const open: Brace[] = [];
  let { at, unclosed } = from;
  for (; at < tokens.length; at++) {
    const token = tokens[at] as IToken;
    const ends = token.tokenType === t.LineEnd || token.tokenType === t.Semicolon;
    if (ends && token.startOffset >= offset && open.at(-1) !== "map") break;
    if (token.tokenType === t.RightBrace && open.length === 0 && unclosed > 0) unclosed--;
    else follow(token, tokens[at - 1], open);
  }
  return { at: at + 1, unclosed: unclosed + open.filter((brace) => brace === "block").length };
}

function follow(token: IToken, previous: IToken | undefined, open: Brace[]): void {
  switch (token.tokenType) {
    case t.LeftBrace:
      open.push(previous === undefined || BEFORE_MAP.has(previous.tokenType) ? "map" : "block");
      break;
    case t.RightBrace:
      open.pop();
      break;
    default:
      // A map holds no statements: it was left open.
      if (t.STATEMENT_WORDS.has(token.tokenType)) while (open.at(-1) === "map") open.pop();
  }
}

/**
 * Where to go on after the closing brace of a block that was open at an error: behind the rest of its line, which may be
 * `} else {`.
 */
export function afterClosing(tokens: readonly IToken[], place: Restart): Restart {
  let at = place.at + 1;
  let unclosed = place.unclosed - 1;
  for (; at < tokens.length && tokens[at]?.tokenType !== t.LineEnd; at++) {
    if (tokens[at]?.tokenType === t.LeftBrace) unclosed++;
    if (tokens[at]?.tokenType === t.RightBrace && unclosed > 0) unclosed--;
  }
  return { at, unclosed };
}
