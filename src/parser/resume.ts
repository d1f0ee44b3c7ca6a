import type { IToken, TokenType } from "chevrotain";
import * as t from "../lexer/tokens.ts";

/** What a line end says depends on these alone: inside ( and [ none is left among the tokens. */
type Brace = "block" | "map";

/** What stands before the `{` of a map; before that of a block a complete expression or a word ends. */
const beforeMap: ReadonlySet<TokenType> = new Set([
  ...[t.Assign, t.LeftParen, t.LeftBracket, t.Comma, t.Colon, t.Return, t.In, t.Print, t.Not, t.Or, t.And],
  ...[t.Equal, t.NotEqual, t.Plus],
]);

/**
 * Where to go on after a syntax error: the tokens after the next line end that ends a statement. Closing braces
 * whose blocks began before the error are left out, so that they are no errors of their own.
 * @param tokens those that the error was found in
 * @param offset of the error
 */
export function resume(tokens: readonly IToken[], offset: number): IToken[] {
  const open: Brace[] = [];
  let i = 0;
  for (; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    const ends = token.tokenType === t.LineEnd || token.tokenType === t.Semicolon;
    if (ends && token.startOffset >= offset && open.at(-1) !== "map") break;
    follow(token, tokens[i - 1], open);
  }
  return withoutClosing(tokens.slice(i + 1), open.filter((bracket) => bracket === "block").length);
}

function follow(token: IToken, previous: IToken | undefined, open: Brace[]): void {
  switch (token.tokenType) {
    case t.LeftBrace:
      open.push(previous === undefined || beforeMap.has(previous.tokenType) ? "map" : "block");
      break;
    case t.RightBrace:
      open.pop();
      break;
  }
}

/** Leaves out the closing braces of `count` blocks, each with the rest of its line (`} else {`). */
function withoutClosing(tokens: readonly IToken[], count: number): IToken[] {
  const kept: IToken[] = [];
  let missing = count;
  let balance = 0;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as IToken;
    if (token.tokenType === t.LeftBrace) balance++;
    if (token.tokenType === t.RightBrace && balance === 0 && missing > 0) {
      missing--;
      for (; i + 1 < tokens.length && tokens[i + 1]?.tokenType !== t.LineEnd; i++) {
        if (tokens[i + 1]?.tokenType === t.LeftBrace) missing++;
        if (tokens[i + 1]?.tokenType === t.RightBrace && missing > 0) missing--;
      }
      continue;
    }
    if (token.tokenType === t.RightBrace && balance > 0) balance--;
    kept.push(token);
  }
  return kept;
}
