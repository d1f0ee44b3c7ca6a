import { EOF, type IParserErrorMessageProvider, type IToken, type TokenType, tokenLabel } from "chevrotain";
import * as t from "../lexer/tokens.ts";
import type { Problem } from "./problem.ts";

/** What a rule wants, where its next token alone would tell a person too little. */
const WANTED: Readonly<Record<string, string>> = {
  statement: "a statement",
  operand: "a value",
  if: "`if` or `{`",
  list: "`,` or `]`",
  call: "`,` or `)`",
  parameters: "`,` or `)`",
};

function found(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the text";
  if (token.tokenType === t.Name) return `the name \`${token.image}\``;
  return tokenLabel(token.tokenType);
}

/** `expected ")", found the end of the line`: Chevrotain's own wording reaches nobody. */
export function expected(wanted: string, actual: IToken): string {
  return `expected ${wanted}, found ${found(actual)}`;
}

function isClosing(type: TokenType): boolean {
  return type === t.RightParen || type === t.RightBracket;
}

export const syntaxMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage({ expected: type, actual, ruleName }) {
    const wanted = isClosing(type) ? (WANTED[ruleName] ?? tokenLabel(type)) : tokenLabel(type);
    return expected(wanted, actual);
  },
  buildNotAllInputParsedMessage({ firstRedundant }) {
    return expected("a statement", firstRedundant);
  },
  buildNoViableAltMessage({ actual, ruleName }) {
    return expected(WANTED[ruleName] ?? "something else", actual[0] as IToken);
  },
  buildEarlyExitMessage({ actual, ruleName }) {
    return expected(WANTED[ruleName] ?? "something else", actual[0] as IToken);
  },
};

/** What to tell a person who met this token where it was not expected. */
function syntaxHint(actual: IToken, previous: IToken | undefined): string | undefined {
  const type = actual.tokenType;
  if (previous?.tokenType === t.Plus && type !== EOF && type !== t.LineEnd) {
    return "`+` at the beginning of a statement stands alone: it adds 1 to the counter and prints it";
  }
  if (type === t.Assign) return "`=` assigns; the comparison is `==`";
  if (type === t.Else) return "`else` stands on the line of the `}` before it";
  if (type === t.LineEnd && previous && previous.tokenType.CATEGORIES?.includes(t.BinaryOperator)) {
    return "a line end ends the statement, also after an operator; inside ( ) it does not count";
  }
  return undefined;
}

/** A problem at a token; the end of the text is just after what stands before it. */
export function problemAt(actual: IToken, previous: IToken | undefined, message: string): Problem {
  const hint = syntaxHint(actual, previous);
  const rest = { message, ...(hint ? { hint } : {}) };
  const isEnd = actual.tokenType === EOF;
  if (!isEnd) return { start: actual.startOffset, end: actual.startOffset + actual.image.length, ...rest };
  const end = previous ? previous.startOffset + previous.image.length : 0;
  return { start: end, end, atEnd: true, ...rest };
}
